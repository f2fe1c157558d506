"""khue assistant …: assistants as files, their test, their publication."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="Assistants: bring one from a file, test it, publish it.")

Name = Annotated[str, typer.Argument(help="Its short name, as in its address.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="assistant")


@group.command(name="import")
def bring(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A YAML file.")], as_json: AsJson = False
) -> None:
    """Bring an assistant from a file; one of the same short name gets what the file says."""
    with session():
        from khue.domains.assistants import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            made = api.bring(path.read_bytes(), by=people.operator())
        except api.UnreadableFile as error:
            for place, fault in error.faults:
                typer.echo(f"{path}: {place + ': ' if place else ''}{fault}", err=True)
            raise typer.Exit(2) from error
        except UserError as refusal:
            _end(str(refusal))
        if as_json:
            result = {"slug": made.slug, "id": str(made.id), "state": made.state, "questions": made.questions}
            typer.echo(json.dumps(result, ensure_ascii=False))
        else:
            typer.echo(f"{made.name} ({made.slug}): {made.questions} test questions")


@group.command()
def test(name: Name, as_json: AsJson = False) -> None:
    """Ask all test questions. Exit 0: all went well; 1: some did not, or it broke off."""
    with session(model=True, embeddings=True):
        from khue.domains.assistants import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            done = api.test(name, by=people.operator())
        except api.NoSuchAssistant:
            _end(f"There is no assistant {name!r} that you may see.")
        except UserError as refusal:
            _end(str(refusal))
    if as_json:
        result = {
            "assistant": name,
            "version": done.version,
            "state": done.state,
            "totals": done.totals,
            "rows": done.rows,
        }
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        _say(done)
    if done.error:
        typer.echo(done.error, err=True)
    raise typer.Exit(0 if done.state == "done" and all(row["passed"] for row in done.rows) else 1)


def _say(done: Any) -> None:
    for row in done.rows:
        typer.echo(f"{'ok  ' if row['passed'] else 'FAIL'} {row['kind']:<10} {row['question']}")
        if not row["passed"]:
            typer.echo(f"     {row['answer'][:200]}")
    for label, value in done.totals.items():
        typer.echo(f"{label}: {'–' if value is None else round(value, 3)}")


@group.command()
def publish(
    name: Name,
    override: Annotated[str, typer.Option(help="A data steward's reason to publish in spite of the gate.")] = "",
    username: Annotated[str, typer.Option("--as", help="Who publishes; default: the first administrator.")] = "",
) -> None:
    """Publish the draft as it stands. Exit 1: the gate is shut; what is missing is said."""
    with session():
        from khue.domains.assistants import api
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            number = api.publish(name, by=people.operator(username), override=override)
        except api.NoSuchAssistant:
            _end(f"There is no assistant {name!r} that you may see.")
        except api.GateShut as shut:
            for check in shut.checks:
                typer.echo(f"{check.label}: {check.detail}", err=True)
            raise typer.Exit(1) from shut
        except UserError as refusal:
            _end(str(refusal))
        typer.echo(f"Version {number} is published.")


def _end(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)
