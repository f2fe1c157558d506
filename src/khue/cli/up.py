"""khue up: everything on one machine, until Ctrl-C. khue web and khue worker: one part, for a cluster."""

import fcntl
import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import IO, NoReturn

import django
import typer
from django.conf import settings

from khue.cli import parts
from khue.cli.language import gettext as _
from khue.cli.session import give_rights, lock_file, migrate, say, start_database
from khue.gateway import egress
from khue.kernel.supervision import Service, Supervisor, end_leftover, python

NAMES = ("demo", "web", "worker", "embeddings", "runtime", "postgres")


class Ended(BaseException):
    """Ctrl-C, or another request to end."""


class NotSafe(SystemExit):
    """Serving so would let everybody in."""


class AlreadyRunning(SystemExit):
    """Two servers cannot share one state."""


def register(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(web)
    app.command()(worker)


def up() -> None:
    """Start everything, load the demo, serve; Ctrl-C ends every process."""
    began = time.monotonic()
    _raise_on_signals()
    django.setup()
    with suppress(Ended), lock_file("up") as alone, lock_file("use") as users:
        _be_the_only_one(alone)
        _wait_for_others(users)
        _end_leftovers()
        supervisor = Supervisor(settings.KHUE_HOME, say)
        try:
            _start(supervisor)
            ready = {"seconds": f"{time.monotonic() - began:.1f}", "address": address()}
            say(_("Ready in %(seconds)s s: %(address)s   (Ctrl-C stops it)") % ready)
            supervisor.run()
        finally:
            _ignore_signals()
            say(_("Stopping …"))
            supervisor.stop()


def web() -> None:
    """Serve pages only, for an installation whose database and models run elsewhere."""
    egress.fence()
    django.setup()
    migrate()
    give_rights()
    _make_keys()
    _collect_static()
    _become(parts.web_command())


def worker() -> None:
    """Run jobs only."""
    if not settings.AS_APPLICATION:
        _become(parts.worker_command())
    egress.fence()
    django.setup()
    from khue.kernel import jobs

    jobs.work(at_once=settings.KHUE_WORKER_JOBS)


def _leave_database() -> None:
    """Whoever watches the parts needs it no more, and is its owner."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def _become(command: tuple[str, ...]) -> NoReturn:
    """As the role of the database that web and worker have."""
    os.execve(command[0], command, os.environ | parts.ROLE)  # noqa: S606 - the program's own command


def address() -> str:
    host = f"[{settings.KHUE_HOST}]" if ":" in settings.KHUE_HOST else settings.KHUE_HOST
    return f"http://{host}:{settings.KHUE_PORT}"


def _start(supervisor: Supervisor) -> None:
    start_database(supervisor)
    migrate()
    give_rights()
    _refuse_published_passwords()
    _make_keys()
    _collect_static()
    _fetch_models()
    for service in (*parts.models().values(), parts.worker(), parts.web()):
        supervisor.start(service)
    supervisor.wait_until_ready("web")
    _leave_database()
    if not settings.SERVES_OTHERS:
        demo = python("-m", "khue.cli.main", "demo", "load")
        supervisor.start(Service("demo", demo, once=True, shown=True, fence=parts.fence()))


def _refuse_published_passwords() -> None:
    from khue.domains.people import api as people

    if settings.SERVES_OTHERS and people.has_open_demo_accounts():
        raise NotSafe(
            _("The settings (KHUE_HOST=%(host)s, KHUE_HTTPS, KHUE_PROXIES) let other machines in, and there "
              "are demo accounts whose passwords everybody knows. Close them with: khue demo remove   or serve this "
              "machine only: KHUE_HOST=127.0.0.1")
            % {"host": settings.KHUE_HOST}
        )  # fmt: skip


def _make_keys() -> None:
    from khue.domains.academy import api as academy

    academy.make_keys()


def _fetch_models() -> None:
    """Without the network the rest still serves: evidence and quotations need no chat model."""
    from khue.gateway import api

    if not any(child.missing for child in api.children()):
        return
    # in a process of its own: it alone may reach the models' publishers
    if subprocess.run(python("-m", "khue.cli.main", "models", "pull"), check=False).returncode:  # noqa: S603
        say(_("Going on without it; the next start tries again. KHUE_MODEL=none does without on purpose."))


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def _be_the_only_one(alone: IO[str]) -> None:
    for _attempt in range(5):  # another verb may look at the lock this very moment
        with suppress(BlockingIOError):
            fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(0.1)
    where = {"home": settings.KHUE_HOME, "address": address()}
    raise AlreadyRunning(_("Khuê is already running with this state (%(home)s): %(address)s") % where)


def _end_leftovers() -> None:
    for name in NAMES:
        if end_leftover(settings.KHUE_HOME, name):
            say(_("Ended the %(name)s process that an earlier run had left behind") % {"name": name})


def _wait_for_others(users: IO[str]) -> None:
    """Another verb may have a database of its own running for its duration."""
    with lock_file("start") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(_("Another khue command is at work with this state; waiting until it ends …"))
            fcntl.flock(users, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)


def _raise_on_signals() -> None:
    def end(*_rest: object) -> None:
        raise Ended

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN or number is signal.SIGINT:
            signal.signal(number, end)


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
