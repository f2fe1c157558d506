"""khue data databases, khue data copy."""

import json
from typing import Annotated, NoReturn

import typer

from khue.cli.session import session


def register(group: typer.Typer) -> None:
    group.command()(databases)
    group.command()(copy)


def databases() -> None:
    """The databases that may be read, and their tables."""
    with session():
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            found = api.databases(people.operator())
        except UserError as refusal:
            _end(str(refusal), 1)
    for name, title, tables in found:
        typer.echo(f"{name}: {title}")
        for table in tables:
            typer.echo(f"  {table}")


def copy(
    database: Annotated[str, typer.Argument(help="Its name in the file of databases.")],
    tables: Annotated[list[str], typer.Argument(help="schema.table, one or several.")],
    name: Annotated[str, typer.Option(help="Short name: small letters, digits, hyphens.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Copy tables of a database as data; of the same name again. Exit 1: it cannot be read; 2: no such database."""
    with session():
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            made = api.copy(database, tables, by=people.operator(), name=name)
        except api.NoSuchDatabase:
            _end(f"There is no database {database!r} that may be read.", 2)
        except UserError as refusal:
            _end(str(refusal), 1)
    if as_json:
        typer.echo(json.dumps(made.profile, ensure_ascii=False))
    else:
        for table in made.profile["tables"]:
            typer.echo(f"{table['name']} ({table['title']}): {table['rows']} rows")


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
