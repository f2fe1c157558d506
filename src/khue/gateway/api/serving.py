"""The servers and models that there are."""

from khue.gateway.contract import Child, ModelState, ProviderInfo
from khue.gateway.providers import children as child_processes
from khue.gateway.providers import registry, state
from khue.gateway.weights import catalogue


def providers() -> list[ProviderInfo]:
    """Where chat and embedding calls go; chat is missing where no model is switched on."""
    return [provider.info for provider in registry.providers()]


def model_states() -> list[ModelState]:
    """Chat, then embeddings; asks each server (half a second at most)."""
    return state.states()


def children() -> list[Child]:
    """The processes that this installation's settings ask for."""
    return child_processes.children()


def models() -> list[catalogue.Entry]:
    """The catalogue. `pull(name)` brings one here, `is_ready(name)` says whether it is."""
    return list(catalogue.entries().values())


def needed_models() -> list[str]:
    """The catalogue entries that this installation's settings ask for."""
    return child_processes.needed_models()
