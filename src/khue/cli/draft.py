"""khue draft …: documents of Decree 30/2020/NĐ-CP from data, checked, mended."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import django
import typer

from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="Administrative documents: compile, check, fix, schema.")

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A Word file (.docx).")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="draft")


@group.command(name="compile")
def compile_(
    spec: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A document as JSON.")],
    out: Annotated[Path, typer.Argument(help="OUT.docx or OUT.pdf.")],
) -> None:
    """Make a DOCX or a PDF of a document. Exit 2: the document is not valid; what is wrong is said."""
    django.setup()
    from pydantic import ValidationError

    from khue.domains.drafting import api

    if out.suffix.lower() not in {".docx", ".pdf"}:
        _end(f"{out}: the name must end in .docx or .pdf")
    try:
        made = api.compiled(spec.read_bytes(), as_pdf=out.suffix.lower() == ".pdf")
    except ValidationError as error:
        for one in error.errors():
            typer.echo(": ".join([str(spec), *filter(None, [".".join(map(str, one["loc"]))]), one["msg"]]), err=True)
        raise typer.Exit(2) from error
    except ValueError as error:
        _end(f"{spec}: {error}")
    out.write_bytes(made.octets)
    for name in made.lacking:
        typer.echo(f"{spec}: {name} is empty", err=True)


@group.command()
def check(
    path: File,
    as_json: AsJson = False,
    library: Annotated[bool, typer.Option("--library", help="Look citations up in the library.")] = False,
    data_class: Annotated[
        str, typer.Option("--class", help="public, internal, confidential: personal data above it are found.")
    ] = "",
) -> None:
    """List every departure from the decree. Exit 0: none; 1: some; 2: the file cannot be read."""
    if library:
        with session():
            _check(path, as_json, True, data_class)
    else:
        django.setup()
        _check(path, as_json, False, data_class)


def _check(path: Path, as_json: bool, library: bool, data_class: str) -> None:
    from khue.domains.drafting import api

    try:
        found = api.check(path.read_bytes(), library=library, data_class=data_class)
    except api.UnreadableDocument as problem:
        _end(f"{path}: {api.unreadable(problem.reason)}")
    except KeyError:
        _end(f"{data_class}: none of public, internal, confidential")
    if as_json:
        typer.echo(json.dumps({"findings": found}, ensure_ascii=False))
    else:
        for one in found:
            typer.echo(_line(one))
    raise typer.Exit(1 if found else 0)


def _line(one: dict[str, Any]) -> str:
    place = f"  {one['where']}" if one["where"] else ""
    return f"{one['severity']:<8} {one['cell']:<6} {one['rule']}: {one['found']} → {one['expected']}{place}"


@group.command()
def fix(path: File, out: Annotated[Path, typer.Argument(help="Where the mended file goes.")]) -> None:
    """Mend what is layout, without touching a word. What is left is said; exit 1 when there is any."""
    django.setup()
    from khue.domains.drafting import api

    try:
        octets, left = api.fix(path.read_bytes())
    except api.UnreadableDocument as problem:
        _end(f"{path}: {api.unreadable(problem.reason)}")
    out.write_bytes(octets)
    for one in left:
        typer.echo(_line(one), err=True)
    raise typer.Exit(1 if left else 0)


@group.command()
def schema(type_: Annotated[str, typer.Argument(metavar="TYPE", help="quyet-dinh, cong-van …")]) -> None:
    """Print the JSON schema of a type."""
    django.setup()
    from khue.domains.drafting import api

    try:
        typer.echo(json.dumps(api.schema(type_), ensure_ascii=False, indent=1))
    except KeyError:
        _end(f"{type_}: none of {', '.join(api.types())}")


def _end(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
