"""khue eval retrieval: does the passage that answers come first?"""

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


def retrieval(
    passages: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSON lines, .gz allowed.")],
    queries: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="JSON lines, .gz allowed.")],
    plain: Annotated[bool, typer.Option("--without-diacritics", help="Ask as typed without diacritics.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Searches for each question as the pages do, in a scratch collection that is dropped afterwards."""
    try:
        records, asked = _read(passages), _read(queries)
    except (OSError, ValueError) as problem:
        typer.echo(f"This is not a file of JSON lines: {problem}", err=True)
        raise typer.Exit(2) from problem
    with session(embeddings=True):
        from khue.kernel.errors import UserError

        try:
            figures = _measure(records, asked, plain=plain)
        except UserError as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(2) from problem
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


def _measure(records: list[dict[str, Any]], asked: list[dict[str, Any]], *, plain: bool) -> dict[str, float]:
    from khue.domains.knowledge import api
    from khue.domains.people.api import scratch_actor

    if plain:
        asked = [question | {"text": api.without_diacritics(question["text"])} for question in asked]
    questions = api.retrieval_questions(asked)
    with Progress(console=Console(stderr=True), transient=True) as progress, scratch_actor() as by:
        reading = progress.add_task("passages", total=None)
        searching = progress.add_task("questions", total=len(questions))
        trial = api.retrieval_trial(
            by,
            records,
            questions,
            indexed=lambda done: progress.update(reading, completed=done),
            searched=lambda done: progress.update(searching, completed=done),
        )
    return trial.figures()


def _table(figures: dict[str, float]) -> Table:
    table = Table("figure", "value")
    for name, value in figures.items():
        table.add_row(name, str(value))
    return table


def register(app: typer.Typer) -> None:
    group.command("retrieval")(retrieval)
