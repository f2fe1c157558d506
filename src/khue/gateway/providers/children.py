"""The model processes that the settings ask for, as command lines for the supervisor."""

import sys
from pathlib import Path

from django.conf import settings

from khue.gateway.contract import Child
from khue.gateway.providers import registry


def children() -> list[Child]:
    wanted = []
    if not settings.KHUE_EMBED_URL:
        wanted.append(_embeddings())
    if not settings.KHUE_MODEL_URL and settings.KHUE_MODEL != "none":
        wanted.append(_runtime())
    return wanted


def model_file(entry: str) -> Path:
    """What `khue models pull` leaves in the cache: a GGUF file, or the folder of the embedding model."""
    folder = Path(settings.KHUE_CACHE) / "models"
    return folder / entry if entry == registry.EMBEDDING_MODEL else folder / f"{entry}.gguf"


def _embeddings() -> Child:
    folder = model_file(registry.EMBEDDING_MODEL)
    argv = _python("khue.gateway.providers.embedding_server", port=settings.KHUE_EMBED_PORT, model=folder)
    return Child(
        name="embeddings",
        argv=(*argv, "--yield-to", str(registry.generation_lock())),
        health_url=f"http://127.0.0.1:{settings.KHUE_EMBED_PORT}/health",
        missing="" if (folder / "model.onnx").exists() else registry.EMBEDDING_MODEL,
    )


def _runtime() -> Child:
    entry = registry.chat_entry()
    file = model_file(entry)
    return Child(
        name="runtime",
        argv=_python("khue.gateway.providers.runtime", port=settings.KHUE_RUNTIME_PORT, model=file),
        health_url=f"http://127.0.0.1:{settings.KHUE_RUNTIME_PORT}/health",
        missing="" if file.exists() else entry,
    )


def _python(module: str, *, port: int, model: Path) -> tuple[str, ...]:
    threads = ("--threads", str(settings.KHUE_MODEL_THREADS))
    return (sys.executable, "-m", module, "--port", str(port), "--model", str(model), *threads)
