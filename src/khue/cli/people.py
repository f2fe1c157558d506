"""khue people: accounts, from the server's own console."""

import typer

from khue.cli.session import session

group = typer.Typer(no_args_is_help=True, help="Accounts, from the server's own console.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="people")


@group.command("create-administrator")
def create_administrator(
    username: str = typer.Option(..., prompt=True),
    full_name: str = typer.Option(..., prompt="Full name"),
    organisation: str = typer.Option(..., prompt=True, help="Short name of one that exists, or the name of a new one."),
    email: str = typer.Option("", help="Also opens the account, and links it to the sign-in service."),
) -> None:
    """Make the first account of a real installation, with a temporary password to change at the first sign-in."""
    with session():
        from khue.domains.academy import api as academy
        from khue.domains.people import api as people
        from khue.kernel.errors import UserError

        try:
            password = people.create_administrator(
                username=username, full_name=full_name, email=email, organisation=organisation
            )
            academy.make_keys()
        except UserError as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
    typer.echo(f"{username}: {password}")
    typer.echo("Temporary: shown once, valid for 7 days; another is asked for at the first sign-in.", err=True)
