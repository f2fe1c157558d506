"""The only way to a model. Every call carries a data class and leaves one ledger row, also when it fails.

Do not call `chat` or `embed` inside a database transaction: the row must not vanish with it (RuntimeError).
Without a model `chat` raises NoModel; every error's text is ready for the user (khue.gateway.errors).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.gateway import embedding, errors, ledger
from khue.gateway.classes import DataClass
from khue.gateway.contract import (
    Caller,
    ChatStream,
    Child,
    ModelState,
    Options,
    Place,
    Priority,
    ProviderInfo,
    Recorded,
    Reply,
    Turn,
)
from khue.gateway.egress import Refused as RefusedConnection
from khue.gateway.egress import refused as refused_connections
from khue.gateway.errors import GatewayError, NoEmbeddings, NoModel
from khue.gateway.generation import Generation
from khue.gateway.providers import children as child_processes
from khue.gateway.providers import registry, state
from khue.gateway.weights import catalogue
from khue.gateway.weights.pull import Pulled, Report, is_ready, pull

__all__ = [
    "Caller",
    "ChatStream",
    "Child",
    "DataClass",
    "GatewayError",
    "ModelState",
    "NoEmbeddings",
    "NoModel",
    "Options",
    "Place",
    "Priority",
    "ProviderInfo",
    "Pulled",
    "Recorded",
    "RefusedConnection",
    "Reply",
    "Report",
    "Turn",
    "calls",
    "chat",
    "children",
    "context_length",
    "count_tokens",
    "embed",
    "is_ready",
    "models",
    "model_states",
    "needed_models",
    "providers",
    "pull",
    "refused_connections",
]


def chat(
    turns: Sequence[Turn],
    *,
    caller: Caller,
    data_class: DataClass,
    alias: str = "default",
    options: Options = Options(),
) -> ChatStream:
    """Starts a call; the model begins when the stream is read. Use `with chat(…) as stream:` or `.text()`.
    Raises ClassNotAllowed for secret data and NoModel where none is switched on; reading may raise
    QueueFull, TooManyAtOnce, ModelUnreachable, ModelDied, ModelTooSlow, ModelRefused, ContextTooLong."""
    inputs = [f"{turn.role}: {turn.content}" for turn in turns]
    try:
        provider = _allowed(data_class, registry.chat_provider(alias))
    except GatewayError as error:
        _refused(ledger.Task.CHAT, caller, data_class, inputs, error)
        raise
    entry = ledger.begin(
        ledger.Task.CHAT,
        caller=caller,
        data_class=data_class,
        provider=provider.info.name,
        model=provider.info.model,
        inputs=inputs,
    )
    return Generation(provider, turns, options, entry, caller)


def embed(
    texts: Sequence[str],
    *,
    kind: str,
    caller: Caller,
    data_class: DataClass,
    priority: Priority = "question",
) -> NDArray[np.float32]:
    """Unit vectors, shape (len(texts), 384); kind "query" or "passage" chooses E5's prefix. One ledger row.
    Raises NoEmbeddings when the server does not answer, ClassNotAllowed for secret data."""
    if not texts:
        return np.empty((0, embedding.DIMENSIONS), np.float32)
    try:
        provider = _allowed(data_class, registry.embedding_provider())
    except GatewayError as error:
        _refused(ledger.Task.EMBED, caller, data_class, texts, error)
        raise
    entry = ledger.begin(
        ledger.Task.EMBED,
        caller=caller,
        data_class=data_class,
        provider=provider.info.name,
        model=provider.info.model,
        inputs=texts,
    )
    return embedding.vectors(provider, texts, kind=kind, priority=priority, entry=entry)


def context_length(alias: str = "default") -> int:
    """Tokens that prompt and answer may have together."""
    return state.context_length(registry.chat_provider(alias))


def count_tokens(text: str, alias: str = "default") -> int:
    """Tokens of a text for the model behind the alias; a cautious estimate where its server cannot count."""
    return state.count_tokens(registry.chat_provider(alias), text)


def calls(
    *,
    organisation_ids: Collection[UUID] | None = None,
    person_id: UUID | None = None,
    before: datetime | None = None,
    limit: int = 50,
) -> list[Recorded]:
    """The ledger's latest rows first. Who may see them is for the caller to decide."""
    return ledger.calls(organisation_ids=organisation_ids, person_id=person_id, before=before, limit=limit)


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


def _allowed(data_class: DataClass, provider: registry.Provider) -> registry.Provider:
    if data_class >= DataClass.SECRET:
        raise errors.ClassNotAllowed
    return provider


def _refused(
    task: ledger.Task, caller: Caller, data_class: DataClass, inputs: Sequence[str], error: GatewayError
) -> None:
    ledger.refuse(task, caller=caller, data_class=data_class, inputs=inputs, error=error.code)
