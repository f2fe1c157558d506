"""khue models: the catalogue, and fetching from it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Annotated, NoReturn

import typer

from khue.cli.language import gettext as _
from khue.cli.language import said

group = typer.Typer(no_args_is_help=True, help="The models of the catalogue.")
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="models")


@group.command("list")
def list_(as_json: AsJson = False) -> None:
    """What the catalogue holds and what is here."""
    api = _gateway()
    rows = [
        {"name": entry.name, "title": entry.title, "use": entry.use, "licence": entry.licence,
         "size": entry.size, "sha256": entry.sha256, "ready": api.is_ready(entry.name),
         "path": str(entry.ready_path), "sources": [str(source) for source in entry.sources]}
        for entry in api.models()
    ]  # fmt: skip
    if as_json:
        return typer.echo(json.dumps(rows, ensure_ascii=False))
    for row in rows:
        state = _("ready") if row["ready"] else _("not here")
        typer.echo(f"{row['name']:40} {row['use']:6} {row['size'] / MEGABYTE:8,.0f} MB  {row['licence']:11} {state}")


@group.command()
def pull(
    name: Annotated[str, typer.Argument(help="A catalogue entry; without it, all that the settings need.")] = "",
    as_json: AsJson = False,
) -> None:
    """Fetch, check and prepare models; what has arrived is kept and the next try goes on from there."""
    api = _gateway()
    from khue.gateway.weights.catalogue import UnknownModel
    from khue.gateway.weights.pull import ConversionFailed, PullFailed

    pulled = []
    try:
        for each in [name] if name else api.needed_models():
            with _reporting(each) as report:
                pulled.append(api.pull(each, report))
    except UnknownModel as error:
        _fail(said(error), name, ", ".join(entry.name for entry in api.models()), code=2)
    except PullFailed as error:
        _fail(said(error), *error.reasons, code=1)
    except ConversionFailed as error:
        _fail(said(error), error.said, code=1)
    if as_json:
        typer.echo(json.dumps([{**vars(each), "path": str(each.path)} for each in pulled], ensure_ascii=False))


def _fail(*lines: str, code: int) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(code)


def _gateway() -> ModuleType:
    import django

    django.setup()
    from khue.gateway import api

    return api


WORDS = {
    "fetch": _("fetching from"),
    "check": _("checking SHA-256"),
    "convert": _("preparing for this machine, about 20 s:"),
    "failed-source": _("source failed:"),
    "wrong-digest": _("refused, wrong SHA-256, from"),
    "ready": _("ready:"),
}


class _Lines:
    """Progress as lines, for logs: each step once, and every tenth."""

    def __init__(self, name: str) -> None:
        self.name, self.step, self.tenth = name, "", 0

    def __call__(self, step: str, about: str, done: int, total: int) -> None:
        tenth = 10 * done // total
        if about or step != self.step:
            typer.echo(f"{self.name}: {WORDS[step]} {about}".rstrip(), err=True)
        elif tenth > self.tenth:
            typer.echo(f"{self.name}: {tenth * 10}%", err=True)
        self.step, self.tenth = step, tenth


@contextmanager
def _reporting(name: str) -> "Iterator[_Lines | _Bar]":
    if not sys.stderr.isatty():
        yield _Lines(name)
        return
    bar = _Bar(name)
    with bar.progress:
        yield bar


class _Bar:
    """Progress as a bar, for people; what is worth keeping stays above it."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        self.name = name
        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.task = self.progress.add_task(name, total=None)

    def __call__(self, step: str, about: str, done: int, total: int) -> None:
        if about:
            self.progress.console.print(f"{self.name}: {WORDS[step]} {about}", highlight=False, soft_wrap=True)
        self.progress.update(self.task, description=f"{self.name}: {WORDS[step]}", completed=done, total=total)
