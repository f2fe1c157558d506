"""khue doctor --offline: the proof that nothing leaves but to the services of the settings."""

import json
from dataclasses import asdict
from typing import Any

import typer
from django.conf import settings

from khue.gateway import egress
from khue.kernel import fence, supervision

PARTS = ("web", "worker", "runtime", "embeddings", "postgres")


def prove(*, as_json: bool) -> None:
    """Tries to leave in many ways, from inside the walls that stand around the web and worker processes. Exit 0 only
    when every one was refused."""
    from khue.gateway.egress import probe

    allowed = egress.of_settings()
    egress.fence()
    found = list(probe.tries(allowed))
    parts = {name: supervision.pid(settings.KHUE_HOME, name) for name in PARTS}
    running = {name: fence.stands_around(pid) for name, pid in parts.items() if pid}
    report = {
        "refused": all(tried.refused for tried in found) and all(running.values()),
        "ways": [asdict(tried) | {"refused": tried.refused} for tried in found],
        "allowed": sorted(f"{service.host}:{service.port}" for service in allowed.services),
        "processes": running,
        "limits": probe.limits(allowed),
    }
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else _text(report))
    raise typer.Exit(0 if report["refused"] else 1)


def _text(report: dict[str, Any]) -> str:
    lines = [f"{way['way']:32} {way['target']:22} {_verdict(way)}" for way in report["ways"]]
    lines += [
        f"{name:32} {'':22} {'inside its fence' if fenced else 'NOT FENCED: start it again'}"
        for name, fenced in report["processes"].items()
    ]
    lines.append(f"Allowed, from the settings: {', '.join(report['allowed'])}")
    return "\n".join([*lines, *report["limits"]])


def _verdict(way: dict[str, Any]) -> str:
    return f"refused by the {way['by']}" if way["refused"] else f"NOT REFUSED: {way['said']}"
