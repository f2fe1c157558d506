"""khue synthesise: many reports, one that can be checked."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from khue.cli.session import say, session

if TYPE_CHECKING:
    from khue.domains.people.api import Actor

READ = {".docx", ".docm", ".pdf", ".xlsx", ".xls", ".ods", ".csv", ".txt", ".md", ".html"}


def register(app: typer.Typer) -> None:
    app.command()(synthesise)


def synthesise(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Reports, or folders of reports.")],
    outline: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Points of the report, one a line; none: themes.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Where the report goes: REPORT.docx.")] = None,
    title: Annotated[str, typer.Option(help="What the report is on.")] = "tổng hợp báo cáo của các đơn vị",
    units: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Units that ought to report, one a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Synthesise reports: figures by unit, contradictions, who is silent, every sentence with document and page.
    Exit 0: done; 1: no report could be read, or the work failed; 2: wrong use."""
    if out is not None and out.suffix.lower() != ".docx":
        _end(f"{out}: the name must end in .docx")
    files = list(_files(paths))
    with session(model=True, embeddings=True):
        from khue.domains.synthesis import api
        from khue.kernel.errors import UserError

        with _somebody() as by:
            try:
                made = api.synthesise(
                    files, by=by, title=title, outline=_text(outline), expected=_text(units).splitlines(), told=_told
                )
            except UserError as refusal:
                _end(str(refusal))
            if out is not None:
                out.write_bytes(api.docx(made["id"], by=by))
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
    else:
        for line in _lines(made):
            typer.echo(line)
    read = [one for one in made["reports"] if one["state"] == "read"]
    raise typer.Exit(0 if read and made["stage"] == "done" else 1)


@contextmanager
def _somebody() -> Iterator["Actor"]:
    """Who works at this console; where nobody has an account yet, somebody for the while, of whom nothing is kept."""
    from khue.domains.people import api as people
    from khue.domains.synthesis import api

    try:
        by = people.operator()
    except people.NoMembership:
        with people.scratch_actor() as by:
            try:
                yield by
            finally:
                api.forget([by.organisation_id])
    else:
        yield by


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix.lower() in READ)
        else:
            yield path


def _text(path: Path | None) -> str:
    return path.read_text(encoding="utf-8-sig") if path else ""


def _told(stage: str, done: int, of: int) -> None:
    say(f"{stage}: {done}/{of}")


def _lines(made: dict[str, Any]) -> Iterator[str]:
    for one in made["reports"]:
        yield f"{one['place'] or '–'}: {one['file']}, {one['error'] or one['pages']}"
    yield f"{len(made['table']['rows'])} figures by unit, {len(made['contradictions'])} contradictions"
    for one in made["contradictions"]:
        said = " ≠ ".join(f"{f['written']} (p. {f['page'] or '–'})" for f in one["said"])
        yield f"  {one['place']}, {one['indicator']}, {one['period']}: {said} ({one['between']})"
    if made["missing"]:
        yield f"no report: {', '.join(made['missing'])}"
    for section in made["sections"]:
        yield f"\n{section['title']}"
        for one in section["sentences"]:
            where = "; ".join(f"{c['place']}, p. {c['page'] or '–'}" for c in one["citations"][:6])
            yield f"  {'=' if one['state'] == 'merged' else '“'} {one['text']} ({where})"


def _end(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
