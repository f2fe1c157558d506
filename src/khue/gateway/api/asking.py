"""Calls of models: asking, embedding, ending them."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.gateway import budgets, embedding, ledger, routing, running, sizes
from khue.gateway.attempt import Asked
from khue.gateway.classes import DataClass
from khue.gateway.contract import Caller, ChatStream, Options, Priority, Turn
from khue.gateway.embedding import DIMENSIONS, Embedded
from khue.gateway.errors import GatewayError
from khue.gateway.generation import Generation
from khue.gateway.providers import registry, state
from khue.gateway.providers.registry import Alias
from khue.gateway.request import Passages, Request


def chat(
    turns: Sequence[Turn],
    *,
    caller: Caller,
    data_class: DataClass,
    alias: str = "default",
    options: Options = Options(),
) -> ChatStream:
    """Starts a call; the model begins when the stream is read. Use `with chat(…) as stream:` or `.text()`.
    The class rises by what the texts hold. Raises ClassNotAllowed where the policy says no, NoModel where none is
    switched on, DetectorFailed where the texts could not be looked through, ContextTooLong, BudgetSpent; reading may
    raise QueueFull, TooManyAtOnce, ModelUnreachable, ModelDied, ModelTooSlow, ModelRefused, ModelFlooded or
    ContextTooLong."""
    asked = Asked(ledger.Task.CHAT, caller, data_class, Request(tuple(turns), options), data_class)
    try:
        providers = registry.candidates(alias)
        sizes.check_at_all(asked.content, providers)
        asked = asked.risen()
        asked.check_key()
        routes = routing.routes(providers, asked.data_class, caller.organisation_id)
        budgets.check(caller, texts=asked.content.texts())
        return Generation(asked, routes)
    except GatewayError as error:
        asked.refused(error)
        raise


def embed(
    texts: Sequence[str],
    *,
    kind: str,
    caller: Caller,
    data_class: DataClass,
    priority: Priority = "question",
) -> NDArray[np.float32]:
    """Unit vectors, shape (len(texts), 384); kind "query" or "passage" chooses E5's prefix. One ledger entry a server.
    Raises NoEmbeddings when none answers, ClassNotAllowed where the policy says no (class by class as for `chat`),
    DetectorFailed."""
    if not texts:
        return np.empty((0, DIMENSIONS), np.float32)
    return embedded(texts, kind=kind, caller=caller, data_class=data_class, priority=priority).vectors


def embedded(
    texts: Sequence[str], *, kind: str, caller: Caller, data_class: DataClass, priority: Priority = "question"
) -> Embedded:
    """As `embed`, with what the call was: at least one text. What programs ask by key counts for their budget; what
    Khuê itself embeds to search and to check does not. Raises BudgetSpent too."""
    asked = Asked(ledger.Task.EMBED, caller, data_class, Passages(tuple(texts)), data_class)
    try:
        asked = asked.risen()
        asked.check_key()
        providers = registry.candidates(registry.DEFAULT["embed"], kind="embed")
        routes = routing.routes(providers, asked.data_class, caller.organisation_id)
        if caller.key_id:
            budgets.check(caller, texts=texts)
    except GatewayError as error:
        asked.refused(error)
        raise
    return embedding.made(asked, routes, kind=kind, priority=priority)


def end_calls(person_id: UUID, *, reason: str) -> None:
    """Stops what is being answered to this person, in all processes, once the transaction is committed. `reason`, one
    word, stands in the ledger."""
    running.end(person_id, reason)


def context_length(alias: str = "default") -> int:
    """Tokens that prompt and answer may have together."""
    return state.context_length(registry.chat_provider(alias))


def count_tokens(text: str, alias: str = "default") -> int:
    """Tokens of a text for the model behind the alias; a cautious estimate where its server cannot count."""
    return state.count_tokens(registry.chat_provider(alias), text)


def aliases() -> list[Alias]:
    """The names by which models may be asked for, with their servers."""
    return list(registry.aliases().values())
