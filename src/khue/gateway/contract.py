"""What goes into a model call and what comes out: the frozen types of gateway.api."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from uuid import UUID

from khue.gateway.classes import DataClass


@dataclass(frozen=True)
class Caller:
    """Who asks and what for; goes on record with every call. `tool` names the place ("ask", "cli", "ingest")."""

    person_id: UUID | None
    organisation_id: UUID | None
    tool: str
    purpose: str = ""


@dataclass(frozen=True)
class Turn:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Options:
    """How to generate. `schema` is a JSON schema that the output must fit. `choices` limits the output to one of
    a few words and asks for their probabilities (`Reply.probabilities`)."""

    max_tokens: int = 512
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None
    choices: tuple[str, ...] = ()
    seed: int = 1


@dataclass(frozen=True)
class Reply:
    """The finished call. Times in milliseconds; `left_out` says what did not fit into the context, if anything."""

    text: str
    model: str
    provider: str
    finish_reason: Literal["stop", "length", "cancelled"]
    prompt_tokens: int
    completion_tokens: int
    first_token_ms: float
    total_ms: float
    ledger_id: UUID
    probabilities: dict[str, float] = field(default_factory=dict)


class ChatStream(Protocol):
    """Pieces of text as they come. `reply` is there after the last piece; `close()` stops the generation and still
    leaves a ledger row. A context manager; iterating may raise a GatewayError at any point."""

    reply: Reply | None

    def __iter__(self) -> Iterator[str]: ...
    def close(self) -> None: ...
    def __enter__(self) -> "ChatStream": ...
    def __exit__(self, *exc: object) -> None: ...
    def text(self) -> Reply:
        """Reads to the end."""
        ...


Priority = Literal["question", "background"]

__all__ = ["Caller", "ChatStream", "DataClass", "Options", "Priority", "Reply", "Turn"]
