"""khue data forecast, khue data release."""

import json
from typing import Annotated, Any, NoReturn

import typer

from khue.cli.session import session

Name = Annotated[str, typer.Argument(help="Its short name.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def register(group: typer.Typer) -> None:
    group.command()(forecast)
    group.command()(release)


def forecast(
    name: Name,
    time: Annotated[str, typer.Option(help="Column of years, months or dates.")],
    value: Annotated[str, typer.Option(help="Column of numbers.")],
    horizon: Annotated[int, typer.Option(help="How many periods ahead.", min=1)],
    by: Annotated[list[str] | None, typer.Option(help="Column of places; several from the largest down.")] = None,
    mean: Annotated[bool, typer.Option("--mean", help="Rows of one period are averaged, not added up.")] = False,
    as_json: AsJson = False,
) -> None:
    """Test models on the past, then look ahead. Exit 1: these columns do not allow it; 2: wrong use."""
    with session():
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        columns = {"time": time, "value": value, "places": by or []}
        combine = "mean" if mean else "sum"
        try:
            made = api.forecast(name, by=people.operator(), horizon=horizon, combine=combine, **columns)
        except api.NoSuchDataset:
            _end(f"There are no data {name!r} that you may read.", 2)
        except UserError as refusal:
            _end(str(refusal), 1)
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
        return
    typer.echo(made["reading"])
    typer.echo("\t".join(made["columns"]))
    for row in made["rows"]:
        typer.echo("\t".join(_shown(value) for value in row))


def release(
    name: Name,
    k: Annotated[int, typer.Option(help="At least so many people must look alike.", min=2)] = 5,
    l: Annotated[int, typer.Option(help="At least so many sensitive values among them.", min=1)] = 1,  # noqa: E741
    quasi: Annotated[list[str] | None, typer.Option(help="Column that others may know of somebody.")] = None,
    sensitive: Annotated[list[str] | None, typer.Option(help="Column that nobody should learn.")] = None,
    drop: Annotated[list[str] | None, typer.Option(help="Column that names people.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make rows of people safe to show. Without columns named they are proposed from what the columns hold. Exit 1: not
    possible; 2: wrong use."""
    with session():
        from khue.domains.analysis import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        roles = {"quasi": quasi, "sensitive": sensitive, "drop": drop}
        try:
            made = api.release(name, by=people.operator(), k=k, l=l, **roles)
        except api.NoSuchDataset:
            _end(f"There are no data {name!r} that you may read.", 2)
        except UserError as refusal:
            _end(str(refusal), 1)
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
        return
    typer.echo(f"{made['dataset']} ({made['data_class']})")
    typer.echo(f"before: {made['before']}\nafter: {made['after']}")
    for line in made["words"]:
        typer.echo(f"- {line}")


def _shown(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
