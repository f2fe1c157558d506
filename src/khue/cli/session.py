"""What every verb needs to work, whether or not `khue up` is running: the database, and model processes if asked."""

import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import django
from django.conf import settings

from khue.cli import parts
from khue.cli.language import gettext as _
from khue.kernel.supervision import Service, ServiceFailed, Supervisor


@contextmanager
def session(*, model: bool = False, embeddings: bool = False, alone: bool = False) -> Iterator[None]:
    """Uses what `khue up` or another verb has running, starts the rest for the duration and stops what it started.
    `alone`: waits until no other verb is at work; the caller holds the lock of `khue up`. From the main thread only."""
    django.setup()
    supervisor = Supervisor(settings.KHUE_HOME, say)
    try:
        with lock_file("use") as users:
            with lock_file("start") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
                _reach_database(supervisor, alone=alone)
                migrate()
                _start_models(supervisor, model=model, embeddings=embeddings)
            yield
    finally:
        _finish(supervisor)


def say(line: str) -> None:
    """Progress and news go to standard error; standard output belongs to the result."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def start_database(supervisor: Supervisor) -> None:
    """Starts the embedded server, or nothing if it answers already or is elsewhere."""
    server = parts.postgres()
    if server is None:
        return
    if not server.is_ready():
        server.prepare()
        supervisor.start_and_wait(server.service)
    server.create_database()


def is_up() -> bool:
    """Whether `khue up` runs with this state; it alone then starts and restarts its parts."""
    with lock_file("up") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def wait_for(service: Service) -> None:
    deadline = time.monotonic() + service.patience
    while not service.is_ready():
        if time.monotonic() > deadline:
            raise ServiceFailed(
                _("%(name)s of the running Khuê does not answer. khue doctor says more.") % {"name": service.name}
            )
        time.sleep(0.1)


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def give_rights() -> None:
    """What web and worker may do in the database, after whatever migrations brought."""
    from khue.gateway.ledger.rights import RIGHTS
    from khue.kernel import roles

    roles.give(RIGHTS)


@contextmanager
def lock_file(name: str) -> Iterator[IO[str]]:
    """A file to lock with flock; whatever lock is on it ends with the block, or with the process.

    "start": one process at a time decides what to start. "use": shared by all that use the database, exclusive for
    the one that stops it. "up": held by `khue up`.
    """
    path = settings.KHUE_HOME / "run" / f"{name}.lock"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a") as file:
        yield file


def _reach_database(supervisor: Supervisor, *, alone: bool) -> None:
    server = parts.postgres()
    if server and not alone and is_up():
        wait_for(server.service)
    else:
        start_database(supervisor)


def _start_models(supervisor: Supervisor, *, model: bool, embeddings: bool) -> None:
    here = parts.models() if model or embeddings else {}
    wanted = [here.get(name) for name, asked in (("embeddings", embeddings), ("runtime", model)) if asked]
    missing = [service for service in wanted if service and not service.is_ready()]
    if is_up():
        for service in missing:
            wait_for(service)
        return
    for service in missing:
        supervisor.start(service)
    for service in missing:
        supervisor.wait_until_ready(service.name)


def _finish(supervisor: Supervisor) -> None:
    """Others may have found what this process started: it stays until they have gone."""
    from django.db import connections

    connections.close_all()
    if supervisor.children:
        with lock_file("use") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            supervisor.stop()
