"""khue cohort …: people of a cohort, from a spreadsheet."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from khue.cli.session import session

if TYPE_CHECKING:
    from khue.domains.academy.api import Enrolled

group = typer.Typer(no_args_is_help=True, help="Cohorts: enrol people from a spreadsheet.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="cohort")


@group.callback()
def _group() -> None:
    """Without this typer would make the only verb the group itself."""


@group.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="XLSX or CSV.")],
    programme: Annotated[str, typer.Option(help="Id of the programme.")],
    cohort: Annotated[str, typer.Option(help="Short name of the cohort; default: the one that begins last.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
) -> None:
    """Enrol the rows that are right and say why the others are not. Exit 0: all rows; 1: some were refused."""
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        try:
            done = api.enrol_from_list(
                file.read_bytes(), name=file.name, programme=programme, cohort=cohort, by=None, dry_run=dry_run
            )
        except (UserError, api.UnknownCohort) as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(2) from None
        typer.echo(json.dumps(_as_json(done), ensure_ascii=False) if as_json else _in_words(done, dry_run))
        raise typer.Exit(1 if done.refused else 0)


def _as_json(done: "Enrolled") -> dict[str, Any]:
    return {
        "cohort": done.cohort,
        "rows": done.rows,
        "accepted": [{"row": row.row, "name": row.name, "email": row.email} for row in done.accepted],
        "updated": [{"row": row.row, "name": row.name, "changed": list(row.changed)} for row in done.updated],
        "unchanged": done.unchanged,
        "refused": [{"row": row.row, "name": row.name, "reasons": list(row.reasons)} for row in done.refused],
        "remarks": [{"row": row.row, "name": row.name, "reasons": list(row.reasons)} for row in done.remarks],
    }


def _in_words(done: "Enrolled", dry_run: bool) -> str:
    head = f"{done.cohort}: {len(done.accepted)} new, {len(done.updated)} updated, {done.unchanged} unchanged, "
    head += f"{len(done.refused)} refused" + (" (nothing is stored)" if dry_run else "")
    rows = [f"  row {row.row}, {row.name or '–'}: {' '.join(row.reasons)}" for row in (*done.refused, *done.remarks)]
    return "\n".join([head, *rows])
