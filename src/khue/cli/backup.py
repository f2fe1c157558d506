"""khue backup and khue restore: the whole state in one file."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from khue import __version__
from khue.cli import archive
from khue.cli.session import is_up, lock_file, migrate, say, session
from khue.kernel.embedded import binaries

ARCHIVE = Annotated[Path, typer.Argument(help="The archive, a .tar file.", dir_okay=False)]
# what the restored database must not find there already
EMPTY = "drop schema public cascade; create schema public;"


class NotPossible(SystemExit):
    """Nothing was changed; the text says why and what to do."""


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(file: ARCHIVE) -> None:
    """Write the whole state to FILE: database, uploaded files, keys. Khuê may be running meanwhile.

    The file can open every account and every document: keep it as safe as the server itself.
    """
    target = file.expanduser().resolve()
    if not target.parent.is_dir():
        raise NotPossible(f"There is no folder {target.parent}.")
    with session(), Workspace(settings.KHUE_HOME) as space:
        (space / "files").mkdir()
        archive.hold(settings.KHUE_HOME, space / "files")
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={space / 'dump'}")
        archive.hold(settings.KHUE_HOME, space / "files")
        manifest = archive.Manifest(version=__version__, migrations=_newest_migrations())
        archive.write(target, dump=space / "dump", files=space / "files", manifest=manifest)
    say(f"{target}: {len(manifest.digests)} files, {target.stat().st_size / 1e6:,.1f} MB")


def restore(
    file: Annotated[Path, typer.Argument(help="The archive.", exists=True, dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Put the state of FILE in place of this one. Khuê must not be running. All or nothing."""
    manifest = archive.verified(file)
    if is_up():
        raise NotPossible("Khuê is running with this state: stop it first (Ctrl-C). Nothing was changed.")
    with lock_file("up") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        with session(alone=True), Workspace(settings.KHUE_HOME) as space:
            _refuse_newer(manifest)
            if not force and (found := _what_is_there()):
                raise NotPossible(f"There is state already: {found}. --force replaces it. Nothing was changed.")
            _replace(file, space)
    say(f"Restored the state of {manifest.version}. Search is made ready again at the next start.")


def _replace(file: Path, space: Path) -> None:
    """The database in one transaction; then the folders, by renaming."""
    home = settings.KHUE_HOME
    (space / "files").mkdir()
    from django.db import connections

    archive.unpack(file, dump=space / "dump", files=space / "files")
    script = space / "script"
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(space / "dump"), connect=False)
    _run("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
         f"--command={EMPTY}", f"--file={script}")  # fmt: skip
    for path in list(home.iterdir()):
        if path != space and path.name not in archive.RUNNING:
            path.rename(space / f"old-{path.name}")
    for path in (space / "files").iterdir():
        path.rename(home / path.name)
    connections.close_all()
    migrate()


def _what_is_there() -> str:
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.count()
    files = sum(1 for path in archive.state_files(settings.KHUE_HOME) if path.name != "secret-key")
    return f"{people} accounts, {files} files" if people or files else ""


def _newest_migrations() -> dict[str, str]:
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder.Migration.objects.order_by("app", "name").values_list("app", "name")
    return dict(applied)


def _refuse_newer(manifest: archive.Manifest) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known = MigrationLoader(connection).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known]
    if manifest.format > archive.FORMAT or unknown:
        raise NotPossible(
            f"The backup was made by a newer Khuê ({manifest.version}; here {__version__}). Restore it with that "
            "one. Nothing was changed."
        )


class Workspace(tempfile.TemporaryDirectory[str]):
    """A private folder in KHUE_HOME: on the same disk, so that renaming and linking work."""

    def __init__(self, home: Path) -> None:
        for left in home.glob(".backup-*"):
            shutil.rmtree(left, ignore_errors=True)
        super().__init__(prefix=".backup-", dir=home)

    def __enter__(self) -> Path:  # type: ignore[override]
        return Path(super().__enter__())


def _run(program: str, *arguments: str, connect: bool = True) -> None:
    """One of PostgreSQL's own programs, with the password in the environment and not on the command line."""
    known = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    options = {f"PG{name.upper()}": str(value) for name, value in known["OPTIONS"].items() if name.startswith("ssl")}
    environment = os.environ | {name: str(known[key]) for name, key in names.items() if known.get(key)} | options
    done = subprocess.run(  # noqa: S603 - the wheel's own program
        [str(binaries() / program), *arguments],
        env=environment if connect else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotPossible(f"{program} failed; the state is as it was:\n{done.stderr.strip()[-1000:]}")
