"""khue privacy: what the filter finds in a text, and whether hiding and putting back leaves it as it was."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

group = typer.Typer(no_args_is_help=True, help="Personal data: find it, hide it, put it back.")
FILE = typer.Argument(help="A text file in UTF-8, or - for standard input.")


@group.callback()
def privacy() -> None:
    pass


@group.command()
def scan(
    file: Annotated[str, FILE],
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Lists the personal data in a text; places count characters. Exit 0: it was checked; 1: it could not be; 2: wrong
    use."""
    text = _content(file).decode(errors="replace")
    _prepare()
    from khue.gateway import privacy

    try:
        found = privacy.scan(text)
    except privacy.DetectorFailed as failure:
        typer.echo(f"{failure} ({failure.detector})", err=True)
        raise typer.Exit(1) from failure
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
    else:
        for each in found:
            typer.echo(f"{each.start:>8} {each.end:>8}  {each.type:<18} {each.score:.2f}  {each.text}")


@group.command()
def roundtrip(file: Annotated[str, FILE]) -> None:
    """Hides a text and puts it back. Exit 0 only if not a byte differs."""
    content = _content(file)
    _prepare()
    from khue.gateway import privacy

    mask = privacy.Mask.open(None)
    try:
        hidden = mask.hide(content.decode(errors="surrogateescape"))
    except privacy.DetectorFailed as failure:
        typer.echo(f"{failure} ({failure.detector})", err=True)
        raise typer.Exit(1) from failure
    same = mask.restore(hidden).encode(errors="surrogateescape") == content
    counts = ", ".join(f"{type_} {count}" for type_, count in sorted(mask.counts.items())) or "nothing"
    typer.echo(f"Hidden: {counts}. {'Byte-identical.' if same else 'NOT the same.'}")
    raise typer.Exit(0 if same else 1)


def _content(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        typer.echo(f"{file}: {problem.strerror}", err=True)
        raise typer.Exit(2) from problem


def _prepare() -> None:
    import django

    django.setup()


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="privacy")
