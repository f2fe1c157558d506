"""khue certificates … and khue credential …: giving certificates to a cohort, and checking one from its file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import django
import typer

from khue.cli.session import session

giving = typer.Typer(no_args_is_help=True, help="Certificates: give them to a whole cohort.")
checking = typer.Typer(no_args_is_help=True, help="Signed certificates: check one from its file, without the network.")
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JSON, PNG badge or PDF.")]


def register(app: typer.Typer) -> None:
    app.add_typer(giving, name="certificates")
    app.add_typer(checking, name="credential")


@giving.callback()
def _giving() -> None:
    """Without this typer would make the only verb the group itself."""


@checking.callback()
def _checking() -> None:
    """Likewise."""


@giving.command()
def issue(
    cohort: Annotated[str, typer.Option(help="Short name of the cohort.")],
    as_json: AsJson = False,
) -> None:
    """Give a certificate to everybody who meets the rule and has none; again, it gives what is missing.

    Exit 0: done, whoever was refused; 2: nothing could be given.
    """
    with session():
        from khue.domains.academy import api
        from khue.kernel.errors import UserError

        try:
            done = api.issue_certificates(cohort, by=None)
        except (UserError, api.UnknownCohort) as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(2) from None
    refused = [{"person": person, "missing": list(missing)} for person, missing in done.refused]
    if as_json:
        said = {"eligible": done.eligible, "issued": done.issued, "already": done.already, "refused": refused}
        typer.echo(json.dumps(said, ensure_ascii=False))
    else:
        typer.echo(f"{done.cohort}: {done.issued} issued, {done.already} had one already, {len(refused)} refused")
        for person, missing in done.refused:
            typer.echo(f"  {person}: {', '.join(api.missing_in_words(missing))}")


@checking.command()
def verify(
    file: File,
    issuers: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="issuers.json of the institution, instead of the keys here."),
    ] = None,
    status: Annotated[
        list[Path] | None, typer.Option("--status", exists=True, dir_okay=False, help="Its status list, as a file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a certificate is as it was signed and holds. Nothing is fetched; without --issuers it is checked
    with the keys and lists of this installation. Exit 0: valid; 1: not; 2: wrong input."""
    with _keys(here=issuers is None):
        from khue.domains.academy import api

        try:
            known = json.loads(issuers.read_bytes()) if issuers else None
            lists = [path.read_bytes() for path in status or []]
            found = api.check_credential(file.read_bytes(), issuers=known, status_lists=lists)
        except ValueError as error:
            typer.echo(f"{issuers}: {error}", err=True)
            raise typer.Exit(2) from None
    problems = [{"code": code, "message": message} for code, message in found.problems]
    if as_json:
        typer.echo(
            json.dumps({"valid": found.valid, "revoked": found.revoked, "problems": problems}, ensure_ascii=False)
        )
    else:
        typer.echo(f"{'valid' if found.valid else 'NOT valid'}: {found.number} {found.holder}".rstrip())
        for _code, message in found.problems:
            typer.echo(f"  {message}")
    raise typer.Exit(0 if found.valid else 1)


@contextmanager
def _keys(*, here: bool) -> Iterator[None]:
    """With the database, or without where other keys are given."""
    if not here:
        django.setup()
        yield
        return
    with session():
        yield
