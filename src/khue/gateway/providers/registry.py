"""Which server answers calls of each kind, from the settings."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from khue.gateway.contract import ProviderInfo
from khue.gateway.errors import NoModel

CHAT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
EMBEDDING_MODEL = "multilingual-e5-small"
EMBEDDED_SLOTS = 2


@dataclass(frozen=True)
class Provider:
    """A server of OpenAI's protocol; `base` ends in /v1. `slots`: how many calls it takes at once, 0 for any number."""

    info: ProviderInfo
    base: str
    key: str = ""
    slots: int = 0

    @property
    def root(self) -> str:
        return self.base.removesuffix("/v1")


def chat_provider(alias: str = "default") -> Provider:
    """Raises NoModel where none is switched on. `alias` is for the policy of later: today all lead to one model."""
    if settings.KHUE_MODEL_URL:
        server = settings.KHUE_MODEL_NAME, settings.KHUE_MODEL_URL, settings.KHUE_MODEL_KEY
        return _provider("chat", "server", *server, slots=settings.KHUE_MODEL_SLOTS)
    if settings.KHUE_MODEL == "none":
        raise NoModel
    return _provider(
        "chat", "embedded", chat_entry(), f"http://127.0.0.1:{settings.KHUE_RUNTIME_PORT}", slots=embedded_slots()
    )


def embedding_provider() -> Provider:
    if settings.KHUE_EMBED_URL:
        return _provider("embed", "server", EMBEDDING_MODEL, settings.KHUE_EMBED_URL)
    return _provider("embed", "embedded", EMBEDDING_MODEL, f"http://127.0.0.1:{settings.KHUE_EMBED_PORT}")


def chat_entry() -> str:
    """The catalogue entry that the embedded runtime serves."""
    return CHAT_MODEL if settings.KHUE_MODEL == "local" else str(settings.KHUE_MODEL)


def embedded_slots() -> int:
    """How many answers the embedded runtime writes at once."""
    return settings.KHUE_MODEL_SLOTS or EMBEDDED_SLOTS


def generation_lock() -> Path:
    return Path(settings.KHUE_HOME) / "run" / "generating"


def _provider(kind: str, name: str, model: str, url: str, key: str = "", *, slots: int = 0) -> Provider:
    base = url.rstrip("/")
    base = base if base.endswith("/v1") else f"{base}/v1"
    info = ProviderInfo(kind=kind, name=name, model=model, url=base, is_local=name == "embedded")  # type: ignore[arg-type]
    return Provider(info, base, key, slots)


def providers() -> list[Provider]:
    try:
        return [chat_provider(), embedding_provider()]
    except NoModel:
        return [embedding_provider()]
