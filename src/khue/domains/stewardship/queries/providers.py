"""The connected models: whose they are, where they stand, what they cost, and how they are just now."""

from collections.abc import Sequence
from dataclasses import dataclass

from khue.gateway import api as gateway
from khue.gateway.api import ModelState, NoModel, ProviderInfo, Zone


@dataclass(frozen=True)
class Connected:
    """`info` is missing for what is switched off; `context` is 0 where the server does not say."""

    state: ModelState
    info: ProviderInfo | None
    context: int


def connected() -> list[Connected]:
    """Asks each server how it is (half a second at most)."""
    infos = {(info.kind, info.name): info for info in gateway.providers()}
    states = gateway.model_states()
    return [_one(state, infos.get((state.kind, state.provider))) for state in states]


def _one(state: ModelState, info: ProviderInfo | None) -> Connected:
    return Connected(state, info, _context(info) if info and state.kind == "chat" and state.state == "ready" else 0)


def _context(info: ProviderInfo) -> int:
    """As the server says; it may read less than the model could."""
    try:
        return gateway.context_length(info.alias)
    except NoModel:
        return info.context


def zones(found: Sequence[Connected]) -> list[Zone]:
    """Those in which something is connected, the nearest first."""
    there = {one.info.zone for one in found if one.info}
    return [zone for zone in Zone if zone in there]
