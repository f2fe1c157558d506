"""A pytest plugin that starts one embedded PostgreSQL for the run, before Django reads its settings, and ends it after.

KHUE_TEST_DATABASE_URL names another server instead."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from khue.kernel.embedded import SETTINGS, Postgres
from khue.kernel.supervision import Supervisor

_folder = Path(tempfile.mkdtemp(prefix="khue-test-"))
_home = _folder / "home"
os.environ["KHUE_HOME"] = str(_home)
_supervisor = Supervisor(_home, print)

if "KHUE_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["KHUE_TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)
    # nothing of a test run must outlive a power cut
    SETTINGS.update(fsync="off", synchronous_commit="off", full_page_writes="off")
    _server = Postgres(_home)
    _server.prepare()
    _supervisor.start_and_wait(_server.service)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Temporary folders of this run's own: another run beside it closes the common one to the database's account."""
    config.option.basetemp = config.option.basetemp or str(_folder / "tmp")


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> None:
    """Between tests, what refuses to be emptied is emptied all the same: its triggers are off for that moment."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        shut = [table for table in ("gateway_entry", "gateway_subtree", "gateway_checkpoint") if table in tables]
        off, on = ([f"alter table {table} {word} trigger user" for table in shut] for word in ("disable", "enable"))
        return [*off, *flush(self, style, tables, **how), *on] if tables else []

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    _supervisor.stop()
    shutil.rmtree(_folder, ignore_errors=True)
