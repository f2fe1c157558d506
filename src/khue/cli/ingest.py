"""khue ingest: brings files and folders into a collection."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from khue.cli import session
from khue.cli.language import gettext as _
from khue.cli.language import said

_SKIPPED = {"__pycache__", "node_modules", "__MACOSX"}


class Class(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class Kind(StrEnum):
    FILES = "files"
    PROCEDURES = "procedures"


@dataclass
class Result:
    collection: str
    added: int = 0
    duplicates: int = 0
    passages: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)
    # names that were there before with other content: kept beside the new ones
    changed: list[str] = field(default_factory=list)


def ingest(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="Files, and folders with all that is in them.")],
    collection: Annotated[str, typer.Option(help="Its name; made when it is not there.")],
    kind: Annotated[Kind, typer.Option(help="What the files hold: documents, or records of the portal.")] = Kind.FILES,
    data_class: Annotated[Class, typer.Option("--class", help="Data class of a collection made now.")] = Class.INTERNAL,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Brings files into a collection. Exit 0: all of them; 1: some could not be read; 2: wrong use."""
    files = sorted(set(_files(paths)))
    if not files:
        typer.echo(_("There is no file in what you named."), err=True)
        raise typer.Exit(2)
    with session.session():
        result = _ingest(files, collection, kind, data_class)
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False))
    else:
        _say(result)
    raise typer.Exit(1 if result.failed else 0)


def _ingest(files: list[Path], name: str, kind: Kind, data_class: Class) -> Result:
    from khue.domains.knowledge import api

    by, place = _place(name, data_class)
    result = Result(place.name)
    bring = _bring_procedures if kind is Kind.PROCEDURES else _bring_files
    with _progress() as progress:
        bring(files, place.id, by, result, progress)
        # found by words from now on; vectors follow in the background
        api.follow_index()
    return result


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inner in path.rglob("*"):
            hidden = any(part.startswith(".") or part in _SKIPPED for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden:
                yield inner


def _bring_files(files: list[Path], place: UUID, by: Any, result: Result, progress: Progress) -> None:
    from khue.domains.knowledge import api
    from khue.kernel.errors import UserError

    task = progress.add_task("", total=len(files))
    with api.Sandbox() as sandbox:
        for file in files:
            progress.update(task, description=file.name[:40])
            try:
                _count(result, file, api.bring_file(place, file, by=by, sandbox=sandbox))
            except (UserError, OSError) as problem:
                _fail(result, progress, str(file), problem)
            progress.advance(task)


def _bring_procedures(files: list[Path], place: UUID, by: Any, result: Result, progress: Progress) -> None:
    from khue.domains.knowledge import api
    from khue.domains.procedures import api as procedures

    for file in files:
        task = progress.add_task(file.name[:40], total=None)
        try:
            ingested = procedures.ingest(file, collection=place, by=by, progress=partial(_advance, progress, task))
        except (ValueError, OSError) as problem:
            _fail(result, progress, str(file), problem)
            continue
        result.added += ingested.added
        result.duplicates += ingested.duplicates
        result.passages += api.passage_count(ingested.documents) if ingested.added else 0
        for refused in ingested.refused:
            _fail(result, progress, f"{file}:{refused.line}", refused.reason)


def _advance(progress: Progress, task: TaskID, line: int) -> None:
    progress.update(task, completed=line)


def _fail(result: Result, progress: Progress, file: str, problem: object) -> None:
    words = said(problem)
    result.failed.append({"file": file, "error": words})
    progress.console.print(f"{file}: {words}", markup=False, highlight=False)


def _place(name: str, data_class: Class) -> tuple[Any, Any]:
    """Who acts, and the collection, made when it is not there."""
    from khue.domains.knowledge import api
    from khue.domains.people import api as people
    from khue.kernel.errors import UserError

    try:
        by = people.operator()
    except people.NoMembership as problem:
        words = _("There is nobody here yet: khue up loads the demo; khue people makes an administrator.")
        typer.echo(words, err=True)
        raise typer.Exit(2) from problem
    try:
        wanted = api.DataClass[data_class.name]
        place = api.collection(name, by=by, organisation_id=by.organisation_id)
        return by, place or api.create_collection(name, by=by, data_class=wanted)
    except UserError as problem:
        typer.echo(said(problem), err=True)
        raise typer.Exit(2) from problem


def _count(result: Result, file: Path, brought: Any) -> None:
    duplicates = sum(1 for one in brought.added if one.duplicate)
    result.duplicates += duplicates
    result.added += len(brought.added) - duplicates
    result.passages += brought.passages
    if brought.replaces_name:
        result.changed.append(str(file))


def _progress() -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _say(result: Result) -> None:
    counts = asdict(result) | {"failed": len(result.failed)}
    words = _("%(collection)s: %(added)s added, %(duplicates)s there before, %(failed)s failed, %(passages)s passages.")
    typer.echo(words % counts)
    for name in result.changed:
        both = _("%(name)s: another document of this name was there before; both are kept.")
        typer.echo(both % {"name": name}, err=True)


def register(app: typer.Typer) -> None:
    app.command()(ingest)
