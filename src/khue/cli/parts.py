"""The parts of a running Khuê as services: which there are is decided by the settings."""

from importlib.util import find_spec

from django.conf import settings

from khue.kernel.embedded import Postgres
from khue.kernel.supervision import Service, answers, python

RUNTIME = "khue.gateway.providers.runtime"
EMBEDDINGS = "khue.gateway.providers.embeddings"


def postgres() -> Postgres | None:
    """None when DATABASE_URL names another server."""
    return Postgres(settings.KHUE_HOME) if settings.EMBEDDED_DATABASE else None


def runtime() -> Service | None:
    """The chat model; none with KHUE_MODEL=none or when KHUE_MODEL_URL names another server."""
    if settings.KHUE_MODEL == "none" or settings.KHUE_MODEL_URL or not find_spec(RUNTIME):
        return None
    port = settings.KHUE_RUNTIME_PORT
    return Service("runtime", python("-m", RUNTIME), lambda: answers(port, "/health"), patience=180)


def embeddings() -> Service | None:
    if settings.KHUE_EMBED_URL or not find_spec(EMBEDDINGS):
        return None
    port = settings.KHUE_EMBED_PORT
    return Service("embeddings", python("-m", EMBEDDINGS), lambda: answers(port, "/health"), patience=120)


def worker() -> Service:
    return Service("worker", python("-m", "khue.cli.main", "worker"), grace=15)


def web() -> Service:
    return Service("web", web_command(), is_served, patience=60)


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
