"""The model processes that the settings ask for, as command lines for the supervisor."""

import os
import sys
from pathlib import Path

from django.conf import settings

from khue.gateway.contract import Child
from khue.gateway.providers import registry
from khue.gateway.weights import catalogue, pull


def children() -> list[Child]:
    wanted = needed_models()
    return [
        *([_embeddings()] if registry.EMBEDDING_MODEL in wanted else []),
        *([_runtime()] if registry.chat_entry() in wanted else []),
    ]


def needed_models() -> list[str]:
    chat = not settings.KHUE_MODEL_URL and settings.KHUE_MODEL != "none"
    return [
        *([] if settings.KHUE_EMBED_URL else [registry.EMBEDDING_MODEL]),
        *([registry.chat_entry()] if chat else []),
    ]


def _embeddings() -> Child:
    folder = catalogue.entry(registry.EMBEDDING_MODEL).ready_path
    argv = _python("khue.gateway.providers.embedding_server", port=settings.KHUE_EMBED_PORT, model=folder)
    return Child(
        name="embeddings",
        argv=(*argv, f"--yield-to={registry.generation_lock()}"),
        health_url=f"http://127.0.0.1:{settings.KHUE_EMBED_PORT}/health",
        missing="" if pull.is_ready(registry.EMBEDDING_MODEL) else registry.EMBEDDING_MODEL,
    )


def _runtime() -> Child:
    entry = registry.chat_entry()
    file = catalogue.entry(entry).ready_path
    return Child(
        name="runtime",
        argv=(
            *_python("khue.gateway.providers.runtime", port=settings.KHUE_RUNTIME_PORT, model=file),
            f"--parallel={registry.embedded_slots()}",
        ),
        health_url=f"http://127.0.0.1:{settings.KHUE_RUNTIME_PORT}/health",
        missing="" if pull.is_ready(entry) else entry,
    )


def _python(module: str, *, port: int, model: Path) -> tuple[str, ...]:
    options = {"port": port, "model": model, "threads": settings.KHUE_MODEL_THREADS, "parent": os.getpid()}
    return (sys.executable, "-m", module, *(f"--{name}={value}" for name, value in options.items()))
