"""khue doctor --offline: the proof that nothing leaves but to the services of the settings."""

import json
from dataclasses import asdict
from typing import Any

import typer
from django.conf import settings

from khue.cli.language import gettext as _
from khue.gateway import egress
from khue.kernel import fence, supervision

PARTS = ("web", "worker", "runtime", "embeddings", "postgres")
WAYS = {
    "HTTP client (httpx)": _("HTTP client (httpx)"),
    "HTTP client (urllib)": _("HTTP client (urllib)"),
    "TCP": _("TCP"),
    "TCP, asynchronous": _("TCP, asynchronous"),
    "TCP over IPv6": _("TCP over IPv6"),
    "UDP": _("UDP"),
    "UDP, connected": _("UDP, connected"),
    "raw packets": _("raw packets"),
    "name server": _("name server"),
    "name server, older call": _("name server, older call"),
    "name given to a socket": _("name given to a socket"),
    "another program here": _("another program here"),
    "local socket": _("local socket"),
    "TCP by native code": _("TCP by native code"),
    "TCP by a native library (libpq)": _("TCP by a native library (libpq)"),
    "raw packets by native code": _("raw packets by native code"),
    "child process of Khuê": _("child process of Khuê"),
    "child process of anybody": _("child process of anybody"),
}
LIMITS = {
    "no ports": _("This kernel cannot hold native code to ports (Landlock, Linux 6.7): use the host's firewall too."),
    "ports": _("Native code may reach any address by the services' ports: %(which)s."),
    "names": _("Native code may ask name servers, because services are called by name."),
}


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
        "limits": [asdict(limit) for limit in probe.limits(allowed)],
    }
    typer.echo(json.dumps(report, ensure_ascii=False) if as_json else _text(report))
    raise typer.Exit(0 if report["refused"] else 1)


def _text(report: dict[str, Any]) -> str:
    lines = [f"{WAYS[way['way']]:32} {way['target']:22} {_verdict(way)}" for way in report["ways"]]
    lines += [
        f"{name:32} {'':22} {_('inside its fence') if fenced else _('NOT FENCED: start it again')}"
        for name, fenced in report["processes"].items()
    ]
    lines.append(_("Allowed, from the settings: %(services)s") % {"services": ", ".join(report["allowed"])})
    return "\n".join([*lines, *(LIMITS[limit["what"]] % limit for limit in report["limits"])])


def _verdict(way: dict[str, Any]) -> str:
    if not way["refused"]:
        return _("NOT REFUSED: %(said)s") % {"said": way["said"]}
    return _("refused by the guard") if way["by"] == "guard" else _("refused by the kernel")
