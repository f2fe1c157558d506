"""khue eval grounding: does it answer what the library holds, and only that?"""

import gzip
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from khue.cli.evaluate import group
from khue.cli.session import session


def grounding(
    passages: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSON lines, .gz allowed.")],
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSON lines, .gz allowed.")],
    limit: Annotated[int | None, typer.Option(min=1, help="Ask this many, chosen by the seed.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed, another sample.")] = 1,
    withhold: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the answerable questions asked without their article.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
    details: Annotated[Path | None, typer.Option(help="Also write each question and answer here, JSON lines.")] = None,
) -> None:
    """Asks each question as the Ask page does, in a scratch library that is dropped afterwards."""
    try:
        texts, asked = _read(passages), _read(queries)
    except (OSError, ValueError, KeyError) as problem:
        typer.echo(f"This is not a file of JSON lines: {problem}", err=True)
        raise typer.Exit(2) from problem
    with session(model=True, embeddings=True):
        figures = _measure(texts, asked, limit=limit, seed=seed, withhold=withhold, details=details)
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        Console().print(_table(figures))


def _read(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    lines = (gzip.decompress(content) if path.suffix == ".gz" else content).decode().splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    for record in records:
        if not isinstance(record, dict) or not {"id", "text"} <= record.keys():
            raise ValueError(f"{path.name}: each line needs an id and a text")
    return records


def _measure(
    texts: list[dict[str, Any]],
    records: list[dict[str, Any]],
    *,
    limit: int | None,
    seed: int,
    withhold: float,
    details: Path | None,
) -> dict[str, Any]:
    from khue.domains.knowledge import api
    from khue.domains.people.api import scratch_actor

    questions = api.grounding_questions(records, limit=limit, seed=seed, withhold=withhold)
    found = []
    with Progress(console=Console(stderr=True), transient=True) as progress, scratch_actor() as by:
        reading = progress.add_task("passages", total=len(texts))
        with api.scratch_library(by, texts, progress=lambda done: progress.update(reading, completed=done)) as library:
            asking = progress.add_task("questions", total=len(questions))
            for question in questions:
                found.append(api.ask_in(by, question, library))
                progress.advance(asking)
    if details:
        details.write_text("".join(_line(q, a) for q, a in zip(questions, found, strict=True)), encoding="utf-8")
    return api.grounding_figures(found)


def _line(question: Any, asked: Any) -> str:
    return json.dumps({"question": question.text, **vars(asked)}, ensure_ascii=False) + "\n"


def _table(figures: dict[str, Any]) -> Table:
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, "-" if value is None else str(value))
    return table


def register(app: typer.Typer) -> None:
    group.command("grounding")(grounding)
