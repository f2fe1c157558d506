"""khue ledger …: checks the record of model calls, proves what stands in it, and signs it for others to hold.

Exit 0: in order, done. 1: the ledger is not what was written, or a proof cannot be given. 2: wrong input.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Annotated, NoReturn
from uuid import UUID

import django
import typer

from khue.cli.session import say, session

group = typer.Typer(no_args_is_help=True, help="The record of model calls.")
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write to this file.", dir_okay=False)]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="ledger")


@group.command()
def verify(
    checkpoint: Annotated[list[Path] | None, typer.Option("--checkpoint", help="One that was given away.")] = None,
    witness: Annotated[list[str] | None, typer.Option(help="Public key of who must have countersigned it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read every entry and say what is not as it was written."""
    with _ledger() as (api, notes):
        given = [_note(notes, path) for path in checkpoint or []]
        witnesses = [_read(notes.verifier, text, "--witness") for text in witness or []]
        report = api.verify_ledger(given, witnesses)
    if as_json:
        problems = [vars(problem) | {"message": problem.message} for problem in report.problems]
        typer.echo(json.dumps({"entries": report.entries, "ok": report.ok, "problems": problems}, ensure_ascii=False))
    else:
        for problem in report.problems:
            typer.echo(f"{problem.kind:11} {problem.message}")
        typer.echo(f"{report.entries:,} entries: {'in order' if report.ok else 'NOT in order'}")
    raise typer.Exit(0 if report.ok else 1)


@group.command()
def prove(
    what: Annotated[str, typer.Argument(help="Number of an entry, or identifier of a call.")] = "",
    since: Annotated[Path | None, typer.Option("--since", help="An older checkpoint: prove growth instead.")] = None,
    out: Out = None,
) -> None:
    """Write a proof that docs/verify_proof.py checks without Khuê."""
    if bool(what) == bool(since):
        _refuse("Give the number of an entry or the identifier of a call, or --since CHECKPOINT.")
    with _ledger() as (api, notes):
        try:
            proof = api.prove_growth(_note(notes, since)) if since else api.prove_entry(_number(what))
        except api.NoSuchEntry:
            _refuse(f"There is no entry {what}.")
    _write(json.dumps(proof, ensure_ascii=False, indent=1) + "\n", out)


@group.command()
def checkpoint(out: Out = None) -> None:
    """Sign how many entries there are and the hash over them."""
    with _ledger() as (api, _):
        _write(api.checkpoint(), out)


@group.command()
def countersign(
    file: Annotated[Path, typer.Argument(help="The checkpoint; it gets one signature more.", exists=True)],
    key: Annotated[Path, typer.Option("--key", help="The private key of the second body.", exists=True)],
    of: Annotated[str, typer.Option("--of", help="The ledger's public key: countersign nothing else.")] = "",
    out: Out = None,
) -> None:
    """As a second body: say that one has seen a checkpoint, and when. Needs no database."""
    _, notes = _gateway()
    note = _note(notes, file)
    if of and not _read(notes.verifier, of, "--of").has_signed(note):
        _refuse(f"{file} is not signed by {of}. Nothing was countersigned.", code=1)
    signer = _read(notes.signer, key.read_text(), str(key))
    _write(signer.countersigned(note).text, out or file)


@group.command()
def key(
    new: Annotated[Path | None, typer.Option("--new", help="Make a private key for a second body here.")] = None,
    name: Annotated[str, typer.Option("--name", help="The second body's name, without spaces.")] = "",
) -> None:
    """Show the public key that checkpoints are checked with; or make a second body's key and show its public part."""
    api, notes = _gateway()
    if new is None:
        return typer.echo(api.ledger_key())
    signer = notes.Signer(_read(notes.checked_name, name, "--name"), os.urandom(32))
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(signer.text + "\n")
    except OSError as error:
        _refuse(f"{new}: {error.strerror}. Nothing was written.")
    return typer.echo(signer.verifier(notes.COSIGNATURE).text)


def _gateway() -> tuple[ModuleType, ModuleType]:
    """Without the database."""
    django.setup()
    from khue.gateway import api
    from khue.gateway.ledger import notes

    return api, notes


@contextmanager
def _ledger() -> Iterator[tuple[ModuleType, ModuleType]]:
    with session():
        api, notes = _gateway()
        try:
            yield api, notes
        except api.LedgerDamaged as damage:
            _refuse(f"The ledger is not what was written: {damage}. khue ledger verify says more.", code=1)


def _note(notes: ModuleType, path: Path):  # type: ignore[no-untyped-def]
    """With a checkpoint in it."""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        _refuse(f"{path} cannot be read: {error}")
    note = _read(notes.read, text, str(path))
    _read(lambda _: note.checkpoint, text, str(path))
    return note


def _read(reader, text: str, where: str):  # type: ignore[no-untyped-def]
    try:
        return reader(text)
    except ValueError as error:
        _refuse(f"{where}: {error}.")


def _number(text: str) -> int | UUID:
    if text.isdecimal():
        return int(text)
    try:
        return UUID(text)
    except ValueError:
        _refuse(f"{text} is neither the number of an entry nor the identifier of a call.")


def _write(text: str, out: Path | None) -> None:
    if out is None:
        return typer.echo(text, nl=False)
    new = out.with_name(out.name + ".part")
    try:
        new.write_bytes(text.encode())
        new.replace(out)
    except OSError as error:
        _refuse(f"{out}: {error.strerror}. Nothing was written.")
    return say(str(out))


def _refuse(message: str, *, code: int = 2) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
