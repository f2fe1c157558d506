"""Which servers answer calls of each kind: those of the settings, then those of the providers file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from khue.gateway.contract import Kind, ProviderInfo
from khue.gateway.errors import NoModel, UnknownAlias
from khue.gateway.providers import file
from khue.gateway.providers.file import Provider, ProvidersUnusable, is_loopback
from khue.gateway.weights import catalogue
from khue.gateway.zones import Zone

CHAT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
EMBEDDING_MODEL = "multilingual-e5-small"
EMBEDDED_SLOTS = 2
DEFAULT = {"chat": "default", "embed": "embeddings"}


@dataclass(frozen=True)
class Alias:
    """A name that callers use for a model: all its servers stand in one zone. `otherwise` names the alias to turn to
    when none of them may be used or answers; it never reaches further."""

    name: str
    kind: Kind
    providers: tuple[Provider, ...]
    otherwise: str = ""

    @property
    def zone(self) -> Zone:
        return self.providers[0].info.zone


def aliases() -> dict[str, Alias]:
    """Raises ProvidersUnusable, also where an alias spans zones."""
    listed = file.read(settings.KHUE_PROVIDERS)
    found = _grouped([*_chat(), *_embeddings(), *listed.providers], listed.otherwise)
    for alias in found.values():
        _check(alias, found)
    return found


def candidates(alias: str, *, kind: Kind = "chat") -> list[Provider]:
    """In the order in which to try them. Raises NoModel where none is switched on, UnknownAlias for a wrong name."""
    known = aliases()
    if alias not in known or known[alias].kind != kind:
        raise NoModel if alias == "default" else UnknownAlias
    found: list[Provider] = []
    while alias:
        found += known[alias].providers
        alias = known[alias].otherwise
    return found


def chat_provider(alias: str = "default") -> Provider:
    return candidates(alias)[0]


def embedding_provider() -> Provider:
    return candidates(DEFAULT["embed"], kind="embed")[0]


def providers() -> list[Provider]:
    """Chat, then embeddings."""
    found = [provider for alias in aliases().values() for provider in alias.providers]
    return sorted(found, key=lambda provider: provider.info.kind)


def chat_entry() -> str:
    """The catalogue entry that the embedded runtime serves."""
    return CHAT_MODEL if settings.KHUE_MODEL == "local" else str(settings.KHUE_MODEL)


def embedded_slots() -> int:
    """How many answers the embedded runtime writes at once."""
    return settings.KHUE_MODEL_SLOTS or EMBEDDED_SLOTS


def generation_lock() -> Path:
    return Path(settings.KHUE_HOME) / "run" / "generating"


def _chat() -> list[Provider]:
    if settings.KHUE_MODEL_URL:
        url, zone = settings.KHUE_MODEL_URL, settings.KHUE_MODEL_ZONE
        server = _server("chat", settings.KHUE_MODEL_NAME, url, zone, "KHUE_MODEL_ZONE")
        return [replace(server, key=settings.KHUE_MODEL_KEY, slots=settings.KHUE_MODEL_SLOTS)]
    if settings.KHUE_MODEL == "none":
        return []
    return [replace(_embedded("chat", chat_entry(), settings.KHUE_RUNTIME_PORT), slots=embedded_slots())]


def _embeddings() -> list[Provider]:
    if settings.KHUE_EMBED_URL:
        url, zone = settings.KHUE_EMBED_URL, settings.KHUE_EMBED_ZONE
        return [_server("embed", EMBEDDING_MODEL, url, zone, "KHUE_EMBED_ZONE")]
    return [_embedded("embed", EMBEDDING_MODEL, settings.KHUE_EMBED_PORT)]


def _embedded(kind: Kind, model: str, port: int) -> Provider:
    entry = catalogue.entries().get(model)
    return Provider(
        ProviderInfo(
            kind=kind,
            name="embedded",
            model=model,
            url=f"http://127.0.0.1:{port}/v1",
            is_local=True,
            alias=DEFAULT[kind],
            licence=entry.licence if entry else "",
            model_digest=entry.sha256 if entry else "",
        )
    )


def _server(kind: Kind, model: str, url: str, zone: str, variable: str) -> Provider:
    """A zone that nobody has stated is the widest: too much care, never too little."""
    assumed = Zone.MACHINE if is_loopback(url) else Zone.ABROAD
    info = ProviderInfo(
        kind=kind,
        name="server",
        model=model,
        url=file.base(url),
        is_local=False,
        alias=DEFAULT[kind],
        zone=file.zone(zone, url, variable) if zone else assumed,
        zone_is_stated=bool(zone) or assumed == Zone.MACHINE,
    )
    return Provider(info)


def _grouped(providers: Iterable[Provider], otherwise: dict[str, str]) -> dict[str, Alias]:
    found: dict[str, Alias] = {}
    for provider in providers:
        name = provider.info.alias
        before = found[name].providers if name in found else ()
        found[name] = Alias(name, provider.info.kind, (*before, provider), otherwise.get(name, ""))
    for name in (set(otherwise) | set(otherwise.values())) - set(found):
        raise ProvidersUnusable(f"“otherwise” names the alias {name}, which no provider has.")
    return found


def _check(alias: Alias, known: dict[str, Alias]) -> None:
    first = alias.providers[0].info
    for provider in alias.providers:
        info = provider.info
        if info.kind != alias.kind:
            raise ProvidersUnusable(
                f"The alias {alias.name} stands for a chat model and for embeddings; give it one use."
            )
        if info.zone != alias.zone:
            raise ProvidersUnusable(
                f"The alias {alias.name} spans zones: {first.name} is in {first.zone}, {info.name} in {info.zone}. "
                "Who uses an alias must know how far a text goes: give one of them another alias."
            )
        if alias.kind == "embed" and info.model != first.model:
            raise ProvidersUnusable(
                f"All servers of the alias {alias.name} must have one model: vectors of two do not compare."
            )
    _check_otherwise(alias, known)


def _check_otherwise(alias: Alias, known: dict[str, Alias]) -> None:
    passed, at = {alias.name}, alias
    while at.otherwise:
        following = known[at.otherwise]
        if following.name in passed:
            raise ProvidersUnusable(f"“otherwise” leads from {alias.name} back to itself.")
        if following.kind != at.kind or not following.zone.is_within(at.zone):
            raise ProvidersUnusable(
                f"“otherwise” leads from {at.name} to {following.name}, which reaches further or does something else. "
                "It may only lead to the same or a nearer zone."
            )
        passed.add(following.name)
        at = following
