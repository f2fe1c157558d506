"""A pytest plugin that starts one embedded PostgreSQL for the run, before Django reads its settings, and ends it after.

KHUE_TEST_DATABASE_URL names another server instead. A run that passed leaves its migrated, empty database in the cache:
the next run of the same migrations begins with it."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from khue.kernel.embedded import SETTINGS, Postgres
from khue.kernel.supervision import Supervisor

REPOSITORY = Path(__file__).resolve().parent.parent
KEPT = 6
PASSED = pytest.StashKey[bool]()
_folder = Path(tempfile.mkdtemp(prefix="khue-test-"))
_home = _folder / "home"
os.environ["KHUE_HOME"] = str(_home)
_supervisor = Supervisor(_home, print)


def _of_these_migrations() -> Path:
    """The folder in the cache of a database with the migrations of this tree and of its packages."""
    known = hashlib.sha256()
    for path in sorted([REPOSITORY / "requirements.lock", *(REPOSITORY / "src").glob("**/migrations/*.py")]):
        known.update(path.name.encode() + path.read_bytes())
    cache = Path(os.environ.get("KHUE_CACHE") or "~/.cache/khue").expanduser()
    return cache / "tests" / f"postgres-{known.hexdigest()[:16]}"


def _copy(source: Path, target: Path) -> None:
    """With its owner, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=target.parent))
    subprocess.run(["cp", "-a", source, made / "made"], check=True)
    with contextlib.suppress(OSError):  # another run was quicker
        (made / "made").rename(target)
    shutil.rmtree(made)


def _keep(data: Path) -> None:
    kept = _of_these_migrations()
    _copy(data, kept)
    for old in sorted(kept.parent.glob("postgres-*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


_server: Postgres | None = None
if "KHUE_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["KHUE_TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)
    # nothing of a test run must outlive a power cut
    SETTINGS.update(fsync="off", synchronous_commit="off", full_page_writes="off")
    _server = Postgres(_home)
    if _of_these_migrations().exists():
        _copy(_of_these_migrations(), _server.data)
    _server.prepare()
    _supervisor.start_and_wait(_server.service)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders of this run's own: another run beside it closes the common one to the database's account."""
    config.option.basetemp = config.option.basetemp or str(_folder / "tmp")
    config.option.reuse_db = _server is not None
    config.pluginmanager.register(OneName())


class OneName:
    """Each process has a server of its own: its database needs no name of its own."""

    @pytest.fixture(scope="session")
    @classmethod
    def django_db_modify_db_settings_xdist_suffix(cls) -> None: ...


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[PASSED] = exitstatus == 0 and session.testscollected > 0


# Truncating every table costs a second; the few that hold rows are emptied in hundredths. No trigger runs meanwhile:
# neither those that tie tables together nor those that refuse to let records go.
EMPTY = """do $$
declare name text; filled boolean;
begin
  set local session_replication_role = replica;
  foreach name in array array[{names}] loop
    execute format('select exists (select from %I)', name) into filled;
    if filled then execute format('delete from %I', name); end if;
  end loop;
end $$"""


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly() -> None:
    from django.db.backends.postgresql.operations import DatabaseOperations

    def sql_flush(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        return [EMPTY.format(names=", ".join(f"'{table}'" for table in tables))] if tables else []

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign, assignment]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    _supervisor.stop()
    if _server and config.stash.get(PASSED, False) and not _of_these_migrations().exists():
        _keep(_server.data)
    shutil.rmtree(_folder, ignore_errors=True)
