"""What goes into a model call and what comes out: the frozen types of gateway.api."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.queue.places import Place


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
    leaves a ledger row. A context manager; iterating may raise a GatewayError at any point.

    `wait()` says where in the queue the call stands, and ends when its turn has come; reading waits silently."""

    reply: Reply | None

    def wait(self) -> Iterator[Place]: ...

    def __iter__(self) -> Iterator[str]: ...
    def close(self) -> None: ...
    def __enter__(self) -> "ChatStream": ...
    def __exit__(self, *exc: object) -> None: ...
    def text(self) -> Reply:
        """Reads to the end."""
        ...


Priority = Literal["question", "background"]


@dataclass(frozen=True)
class Recorded:
    """One call of the ledger, or one entry of another kind (`event`: begun, refused, egress, policy …). `outcome`:
    started, done, cancelled, failed, refused, interrupted. Digests are SHA-256 in hex. `seq` is the entry's number,
    `facts` its whole payload; `hidden` counts what was replaced by pseudonyms, by type."""

    id: UUID
    at: datetime
    person_id: UUID | None
    organisation_id: UUID | None
    tool: str
    purpose: str
    kind: str
    data_class: DataClass
    provider: str
    model: str
    texts: int
    input_digest: str
    output_digest: str
    prompt_tokens: int | None
    completion_tokens: int | None
    first_token_ms: float | None
    total_ms: float | None
    outcome: str
    error: str
    seq: int = 0
    event: str = "begun"
    zone: str = ""
    decision: str = ""
    rule: str = ""
    policy: str = ""
    hidden: dict[str, int] = field(default_factory=dict)
    model_digest: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ProviderInfo:
    """Where calls of one kind go. `is_local`: the process runs beside this one and nothing leaves the machine."""

    kind: Literal["chat", "embed"]
    name: str
    model: str
    url: str
    is_local: bool


@dataclass(frozen=True)
class ModelState:
    """For doctor and pages: `state` is "off", "loading", "ready" or "unreachable"."""

    kind: Literal["chat", "embed"]
    state: Literal["off", "loading", "ready", "unreachable"]
    model: str
    provider: str
    url: str


@dataclass(frozen=True)
class Child:
    """A process that the supervisor starts and watches; it ends with the process that asked for it. `missing` names
    the model to fetch first, if any."""

    name: str
    argv: tuple[str, ...]
    health_url: str
    missing: str = ""


__all__ = [
    "Caller",
    "ChatStream",
    "Child",
    "DataClass",
    "ModelState",
    "Options",
    "Place",
    "Priority",
    "ProviderInfo",
    "Recorded",
    "Reply",
    "Turn",
]
