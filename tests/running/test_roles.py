"""Web and worker of a running Khuê connect as a role that cannot change the ledger; everything works all the same."""

import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from tests.running.installation import Installation, eventually

from khue.kernel.embedded import Postgres
from khue.kernel.supervision import Supervisor

pytestmark = pytest.mark.slow
SESSIONS = "select distinct usename from pg_stat_activity where datname = 'khue' and pid <> pg_backend_pid()"
WORKERS = "select count(*) from procrastinate_workers"


def check_roles(server, installation):
    """Once everything runs and the commands of the start are over: nobody but the role is connected."""
    installation.wait_for("Ready in")
    with server.connect() as connection:
        assert eventually(lambda: connection.execute(WORKERS).fetchone() != (0,))
        assert eventually(installation.serves)
        assert eventually(lambda: connection.execute(SESSIONS).fetchall() == [("khue_app",)], 120)
        for privilege in ("update", "delete", "truncate", "insert"):
            asked = f"select has_table_privilege('khue_app', 'gateway_entry', '{privilege}')"
            assert connection.execute(asked).fetchone() == (False,)


CALLS = """
from khue.cli.session import session
with session():
    from khue.gateway.api import Caller, DataClass
    from khue.gateway.ledger import Outcome, Task, begin
    for number in range(150):
        asked = {"caller": Caller(None, None, "ask"), "data_class": DataClass.PUBLIC, "inputs": [str(number)]}
        entry = begin(Task.CHAT, provider="", model="", **asked)
        entry.finish(Outcome.DONE)
"""


def test_the_embedded_database_also_after_a_restore(tmp_path):
    installation = Installation(tmp_path / "home").up()
    try:
        check_roles(Postgres(installation.home), installation)
        installation.python(CALLS)
        assert installation.khue("ledger", "checkpoint", "--out", str(tmp_path / "held")).returncode == 0
        assert installation.khue("backup", str(tmp_path / "khue.tar")).returncode == 0
    finally:
        installation.stop()

    assert installation.khue("restore", str(tmp_path / "khue.tar"), "--force").returncode == 0
    checked = installation.khue("ledger", "verify", "--checkpoint", str(tmp_path / "held"))
    assert checked.returncode == 0, checked.stdout
    assert "in order" in checked.stdout and not checked.stdout.startswith("0 ")
    installation.up()
    try:
        check_roles(Postgres(installation.home), installation)
    finally:
        installation.stop()


@pytest.fixture
def server():
    """PostgreSQL as an institution runs it: not ours to start, and it asks the role for its password."""
    folder = Path(tempfile.mkdtemp(prefix="khue-server-"))
    server, supervisor = Postgres(folder), Supervisor(folder, print)
    server.prepare()
    access = server.data / "pg_hba.conf"
    access.write_text("local all postgres trust\nlocal all all scram-sha-256\n")
    supervisor.start_and_wait(server.service)
    server.create_database()
    yield server
    supervisor.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_server_of_the_institution(server, tmp_path):
    url = f"postgresql://postgres@/khue?host={server.sockets}"
    installation = Installation(tmp_path / "home", DATABASE_URL=url).up()
    try:
        check_roles(server, installation)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(server.sockets), dbname="khue", user="khue_app", password="")
    finally:
        installation.stop()


def test_a_role_that_an_administrator_made(server, tmp_path):
    """The owner of the tables may not make roles."""
    with server.connect() as connection:
        connection.execute("create extension vector")
        connection.execute("create role owner login password 'o'")
        connection.execute("create role clerk login password 'c'")
        connection.execute("grant all on schema public to owner")
    at = f"/khue?host={server.sockets}"
    refused = Installation(tmp_path / "home", DATABASE_URL=f"postgresql://owner:o@{at}").khue("up")
    assert refused.returncode == 1
    assert "DATABASE_APP_URL" in refused.stderr

    installation = Installation(
        tmp_path / "other", DATABASE_URL=f"postgresql://owner:o@{at}", DATABASE_APP_URL=f"postgresql://clerk:c@{at}"
    ).up()
    try:
        with server.connect() as connection:
            assert eventually(lambda: connection.execute(SESSIONS).fetchall() == [("clerk",)])
            connection.execute("set session authorization clerk")
            with pytest.raises(InsufficientPrivilege):
                connection.execute("delete from gateway_entry")
    finally:
        installation.stop()
