"""What goes into a model call and what comes out: the frozen types of gateway.api."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.queue.places import Place
from khue.gateway.zones import Zone


@dataclass(frozen=True)
class Caller:
    """Who asks and what for; goes on record with every call. `tool` names the place ("ask", "cli", "ingest").
    Pseudonyms stay the same within `conversation_id`; `groups` are the cohorts whose budgets count; `key_id`: the
    personal key by which a program asks, up to its `highest_class`."""

    person_id: UUID | None
    organisation_id: UUID | None
    tool: str
    purpose: str = ""
    conversation_id: UUID | None = None
    groups: tuple[str, ...] = ()
    key_id: UUID | None = None
    highest_class: DataClass | None = None


@dataclass(frozen=True)
class Turn:
    """One message. Calls of tools, and which of them a turn of the role "tool" answers, are as OpenAI's protocol has
    them."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    name: str = ""
    tool_calls: tuple[dict[str, Any], ...] = ()
    tool_call_id: str = ""


@dataclass(frozen=True)
class Options:
    """How to generate. `schema` is a JSON schema that the output must fit. `choices` limits the output to one of
    a few words and asks for their probabilities (`Reply.probabilities`). `tools` are functions that the model may ask
    for, as OpenAI's protocol has them."""

    max_tokens: int = 512
    temperature: float = 0.0
    stop: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None
    choices: tuple[str, ...] = ()
    seed: int = 1
    tools: tuple[dict[str, Any], ...] = ()
    tool_choice: str | dict[str, Any] | None = None


@dataclass(frozen=True)
class Reply:
    """The finished call. Times in milliseconds. `finish_reason` "length": the limit of tokens or the model's context
    ended it, more was to come. `data_class` is what the texts themselves demanded, never below what was said;
    `hidden`: how many identifiers of each type the provider did not see."""

    text: str
    model: str
    provider: str
    finish_reason: Literal["stop", "length", "tool_calls", "cancelled"]
    prompt_tokens: int
    completion_tokens: int
    first_token_ms: float
    total_ms: float
    ledger_id: UUID
    probabilities: dict[str, float] = field(default_factory=dict)
    data_class: DataClass = DataClass.PUBLIC
    zone: Zone = Zone.MACHINE
    decision: str = "allow"
    rule: str = ""
    hidden: dict[str, int] = field(default_factory=dict)
    tool_calls: tuple[dict[str, Any], ...] = ()


class ChatStream(Protocol):
    """Pieces of text as they come. `reply` is there after the last piece; `close()` stops the generation and still
    leaves a ledger row, with the `reason` if one is given. A context manager; iterating may raise a GatewayError at any
    point.

    `wait()` says where in the queue the call stands, and ends when its turn has come; reading waits silently."""

    reply: Reply | None

    def wait(self) -> Iterator[Place]: ...

    def __iter__(self) -> Iterator[str]: ...
    def close(self, reason: str = "") -> None: ...
    def __enter__(self) -> "ChatStream": ...
    def __exit__(self, *exc: object) -> None: ...
    def text(self) -> Reply:
        """Reads to the end."""
        ...


Priority = Literal["question", "background"]
Kind = Literal["chat", "embed"]


@dataclass(frozen=True)
class Recorded:
    """One call of the ledger, or one entry of another kind (`event`: begun, refused, egress, policy …). `outcome`:
    started, done, cancelled, failed, refused, interrupted. Digests are SHA-256 in hex. `seq` is the entry's number,
    `facts` its whole payload; `hidden` counts what was replaced by pseudonyms, by type; energy in thousandths
    of a joule and CO2 in millionths of a gram are estimates (khue.gateway.energy)."""

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
    energy_mj: int | None = None
    co2_ug: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """What a token costs, with where the figure comes from: `amount` of `unit` ("J/token", "VND/1M tokens")."""

    amount: float
    unit: str
    source: str


@dataclass(frozen=True)
class ProviderInfo:
    """One model at one server. `is_local`: Khuê's own process beside this one. `zone_is_stated` is False where an
    administrator has not said where the server stands; it is then taken to be abroad. `jurisdiction` is the country
    whose law the operator is under (ISO 3166-1), `context` in tokens, 0 where only the server knows."""

    kind: Kind
    name: str
    model: str
    url: str
    is_local: bool
    alias: str = "default"
    zone: Zone = Zone.MACHINE
    zone_is_stated: bool = True
    jurisdiction: str = ""
    operator: str = ""
    licence: str = ""
    model_digest: str = ""
    context: int = 0
    price: Rate | None = None
    energy: Rate | None = None


@dataclass(frozen=True)
class ModelState:
    """For doctor and pages: `state` is "off", "loading", "ready" or "unreachable"."""

    kind: Kind
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
    "Kind",
    "ModelState",
    "Options",
    "Place",
    "Priority",
    "ProviderInfo",
    "Rate",
    "Recorded",
    "Reply",
    "Turn",
    "Zone",
]
