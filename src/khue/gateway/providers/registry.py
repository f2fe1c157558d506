"""Which server answers calls of each kind, from the settings."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from khue.gateway.contract import ProviderInfo
from khue.gateway.errors import NoModel

CHAT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
EMBEDDING_MODEL = "multilingual-e5-small"


@dataclass(frozen=True)
class Provider:
    """A server of OpenAI's protocol; `base` ends in /v1."""

    info: ProviderInfo
    base: str
    key: str = ""

    @property
    def root(self) -> str:
        return self.base.removesuffix("/v1")


def chat_provider(alias: str = "default") -> Provider:
    """Raises NoModel where none is switched on. `alias` is for the policy of later: today all lead to one model."""
    if settings.KHUE_MODEL_URL:
        return _provider("chat", "server", settings.KHUE_MODEL_NAME, settings.KHUE_MODEL_URL, settings.KHUE_MODEL_KEY)
    if settings.KHUE_MODEL == "none":
        raise NoModel
    return _provider("chat", "embedded", chat_entry(), f"http://127.0.0.1:{settings.KHUE_RUNTIME_PORT}")


def embedding_provider() -> Provider:
    if settings.KHUE_EMBED_URL:
        return _provider("embed", "server", EMBEDDING_MODEL, settings.KHUE_EMBED_URL)
    return _provider("embed", "embedded", EMBEDDING_MODEL, f"http://127.0.0.1:{settings.KHUE_EMBED_PORT}")


def chat_entry() -> str:
    """The catalogue entry that the embedded runtime serves."""
    return CHAT_MODEL if settings.KHUE_MODEL == "local" else str(settings.KHUE_MODEL)


def generation_lock() -> Path:
    return Path(settings.KHUE_HOME) / "run" / "generating"


def _provider(kind: str, name: str, model: str, url: str, key: str = "") -> Provider:
    base = url.rstrip("/")
    base = base if base.endswith("/v1") else f"{base}/v1"
    info = ProviderInfo(kind=kind, name=name, model=model, url=base, is_local=name == "embedded")  # type: ignore[arg-type]
    return Provider(info, base, key)


def providers() -> list[Provider]:
    try:
        return [chat_provider(), embedding_provider()]
    except NoModel:
        return [embedding_provider()]
