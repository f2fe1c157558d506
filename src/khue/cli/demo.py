"""khue demo: the demonstration that comes with the source."""

import typer
from django.conf import settings

from khue.cli.session import session

group = typer.Typer(
    no_args_is_help=True, help="The demonstration: organisations, accounts, programmes, library, assistants."
)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="demo")


@group.command()
def load() -> None:
    """Load what is missing; a second time changes nothing. Refused unless the server listens on loopback."""
    with session():
        from khue.cli import demo_library
        from khue.domains.academy import api as academy
        from khue.domains.analysis import api as analysis
        from khue.domains.assistants import api as assistants
        from khue.domains.drafting import api as drafting
        from khue.domains.people import api as people
        from khue.domains.prototypes import api as prototypes
        from khue.kernel.errors import UserError

        try:
            accounts = people.load_demo(settings.CONTENT / "demo")
        except UserError as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(1) from None
        for account in accounts:
            typer.echo(
                f"{account.username:8} {account.password:18} {', '.join(account.roles):14} {account.organisation}"
            )
        learnt = academy.load_demo(settings.CONTENT / "demo", settings.CONTENT / "programmes")
        typer.echo(f"academy: {learnt.programmes} programmes, {learnt.added} added.", err=True)
        library = demo_library.load(settings.CONTENT / "demo")
        typer.echo(f"drafting: {drafting.load_demo(settings.CONTENT / 'demo')} drafts added.", err=True)
        data = analysis.load_demo(by=people.operator("binh"))
        typer.echo(f"data: {data} datasets added.", err=True)
        typer.echo(f"assistants: {assistants.load_demo(settings.CONTENT / 'demo' / 'assistants')} added.", err=True)
        typer.echo(f"prototypes: {prototypes.load_demo(settings.CONTENT / 'demo' / 'tools')} added.", err=True)
        # the last line: whoever waits for the demonstration waits for it
        typer.echo(f"library: {library.collections} collections, {library.added} documents added.", err=True)


@group.command()
def remove() -> None:
    """Close the demo accounts for good, before others are let in; what they made stays."""
    with session():
        from khue.domains.people import api as people

        typer.echo(f"{people.close_demo()} demo accounts closed.")
