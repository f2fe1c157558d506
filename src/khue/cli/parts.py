"""The parts of a running Khuê as services: which there are is decided by the settings."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from khue.gateway import egress
from khue.kernel import database
from khue.kernel.embedded import Postgres
from khue.kernel.fence import Fence
from khue.kernel.supervision import Service, answers, python

if TYPE_CHECKING:
    from khue.gateway.contract import Child

# as which role of the database the processes that serve others connect
ROLE = {database.ROLE_VARIABLE: database.APPLICATION}


def postgres() -> Postgres | None:
    """None when DATABASE_URL names another server."""
    return Postgres(settings.KHUE_HOME) if settings.EMBEDDED_DATABASE else None


def models() -> dict[str, Service]:
    """The model processes that the settings ask for and whose files are here: "runtime", "embeddings"."""
    from khue.gateway import api

    return {child.name: model_service(child) for child in api.children() if not child.missing}


def model_service(child: "Child") -> Service:
    url = urlsplit(child.health_url)
    port = url.port or 80
    return Service(child.name, child.argv, lambda: answers(port, url.path), patience=180, fence=Fence())


def worker() -> Service:
    return Service("worker", worker_command(), environment=ROLE, grace=15, fence=fence())


def worker_command() -> tuple[str, ...]:
    return python("-m", "khue.cli.main", "worker")


def web() -> Service:
    return Service("web", web_command(), is_served, environment=ROLE, patience=60, fence=fence())


def fence() -> Fence:
    """Around what answers people and reads their files: only the ports of the settings' services."""
    return egress.of_settings().fence


def is_served() -> bool:
    host = "127.0.0.1" if settings.KHUE_HOST in {"0.0.0.0", "::"} else settings.KHUE_HOST  # noqa: S104 - compared only
    return answers(settings.KHUE_PORT, "/healthz", host=host, header=settings.ALLOWED_HOSTS[0])


def web_command() -> tuple[str, ...]:
    options = {
        "--interface": "asginl",
        "--host": settings.KHUE_HOST,
        "--port": str(settings.KHUE_PORT),
        "--workers": str(settings.KHUE_WEB_PROCESSES),
        "--log-level": "warning",
        "--workers-kill-timeout": "5",
    }
    flat = [part for pair in options.items() for part in pair]
    return python("-m", "granian", *flat, "--respawn-failed-workers", "khue.config.asgi:application")
