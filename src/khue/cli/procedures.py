"""khue procedures …: looks at the parsing of portal records."""

import json
from pathlib import Path
from typing import Annotated, Any

import django
import typer
from rich.console import Console
from rich.table import Table

group = typer.Typer(no_args_is_help=True, help="Administrative procedures of the national portal.")


@group.callback()
def procedures() -> None:
    pass


@group.command()
def report(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON lines, .gz allowed.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Share of the records that is parsed without loss, for each field."""
    django.setup()
    from khue.domains.procedures import api

    try:
        found = api.loss_report(path)
    except ValueError as error:
        typer.echo(f"{path}: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        Console().print(_as_table(found))


def _as_json(found: Any) -> dict[str, Any]:
    return {
        "procedures": found.procedures,
        "without_loss": found.without_loss,
        "fields": {
            field.field: {
                "records": field.records,
                "without_loss": field.without_loss,
                "share": round(field.share, 4),
                "lost_characters": field.lost_characters,
            }
            for field in found.fields
        },
        "rows": {name: {"rows": rows, "typed": found.typed[name]} for name, rows in found.rows.items()},
    }


def _as_table(found: Any) -> Table:
    table = Table("field", "records", "without loss", "share", "characters lost")
    for field in found.fields:
        table.add_row(
            field.field, str(field.records), str(field.without_loss), f"{field.share:.2%}", str(field.lost_characters)
        )
    return table


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="procedures")
