"""khue check: what can be said of the installation's code without starting it for good."""

import typer

from khue.cli.session import session


def register(app: typer.Typer) -> None:
    app.command()(check)


def check() -> None:
    """Django's system checks, and that no model lacks a migration. Brings the database up to date first."""
    with session():
        from django.core.management import call_command

        call_command("check", fail_level="WARNING")
        call_command("makemigrations", check=True, dry_run=True)
