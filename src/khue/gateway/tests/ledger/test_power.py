"""The process, or the database, is killed between a call's beginning and its end."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from khue.gateway import api
from khue.gateway.ledger import reading, store
from khue.gateway.ledger.verification import verify
from khue.kernel.embedded import Postgres
from khue.kernel.supervision import Supervisor

CALL = """
import django, sys
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from django.conf import settings
settings.KHUE_MODEL, settings.KHUE_MODEL_URL, settings.KHUE_MODEL_NAME = "local", sys.argv[2], "fake"
from khue.gateway.api import Caller, DataClass, Turn, chat
stream = chat([Turn("user", "câu hỏi")], caller=Caller(None, None, "ask"), data_class=DataClass.PUBLIC)
print("begun", flush=True)
for piece in stream:
    print("piece", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_mid_call_leaves_its_beginning(model_server, monkeypatch):
    model_server.failure = "hang"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "khue.config.settings",
    }
    command = [sys.executable, "-c", CALL, connection.settings_dict["NAME"], model_server.url]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGKILL)
    [row] = api.calls()
    assert (row.outcome, row.tool, row.output_digest) == ("started", "ask", "")
    monkeypatch.setattr(reading, "INTERRUPTED_AFTER", reading.INTERRUPTED_AFTER * 0)
    assert api.calls()[0].outcome == "interrupted"
    assert verify().ok


@pytest.fixture
def server():
    """A database that waits for the disk, unlike that of the other tests."""
    folder = Path(tempfile.mkdtemp(prefix="khue-power-"))
    server, supervisor = Postgres(folder), Supervisor(folder, print)
    server.prepare()
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_writer_delay": "10s"}
    (server.data / "postgresql.auto.conf").write_text("")
    service = server.service
    options = [part for name, value in durable.items() for part in ("-c", f"{name}={value}")]
    service = service.__class__(**{**vars(service), "command": (*service.command, *options)})
    yield server, supervisor, service
    supervisor.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.django_db
def test_an_entry_outlives_a_database_that_is_killed_the_moment_after(server):
    """What was told to be on record is; what is appended without waiting for the disk need not be."""
    postgres, supervisor, service = server
    supervisor.start_and_wait(service)
    with postgres.connect("postgres") as there:
        for statement in _definitions():
            there.execute(statement)
        there.execute("call gateway_record(%s, null)", [[store.canonical({"kind": "test", "at": 1})]])
        pid = int((postgres.data / "postmaster.pid").read_text().split()[0])
        with pytest.raises(psycopg.OperationalError):
            os.kill(pid, signal.SIGKILL)
            for _ in range(1000):
                there.execute("select pg_sleep(0.01)")
    supervisor.stop()
    supervisor.start_and_wait(service)
    with postgres.connect("postgres") as there:
        assert there.execute("select seq from gateway_entry").fetchall() == [(1,)]


def _definitions():
    from importlib import import_module

    first = import_module("khue.gateway.migrations.0002_ledger_of_entries")
    later = import_module("khue.gateway.migrations.0010_entries_by_zone")
    return first.TABLES, first.APPEND, later.COLUMNS, later.RECORD
