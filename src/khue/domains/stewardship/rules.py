"""What carries a data class, and what a steward's decision about it says.

Domains above register the kinds of things whose class their text raises: documents today, drafts and analyses later.
"""

import hashlib
import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from khue.domains.people.rules import Actor
from khue.gateway.classes import DataClass


@dataclass(frozen=True)
class Raised:
    """A thing whose class stands above its place's, or fell below what its text demands by a decision.

    `found` counts by type of identifier what stands in its text, never a value. `marking` is the secrecy marking that
    it bears. `is_seen` is False where the detectors failed, so that the class is the cautious one. `brought_by` are the
    people whose own it is: somebody else must decide about it.
    """

    kind: str
    id: UUID
    title: str
    place: str
    organisation_id: UUID
    url: str
    floor: DataClass
    current: DataClass
    demanded: DataClass
    found: Mapping[str, int] = field(default_factory=dict)
    marking: str = ""
    is_seen: bool = True
    is_settled: bool = False
    at: datetime | None = None
    brought_by: frozenset[UUID] = frozenset()


class Holder(Protocol):
    """What a domain gives for one kind of things. `label` names several of them, in words that may be
    translated late. `one` and `raised` show only what the steward may read."""

    kind: str

    @property
    def label(self) -> object: ...

    def count(self, by: Actor) -> int: ...
    def raised(self, by: Actor, start: int, stop: int) -> Sequence[Raised]:
        """Those already settled last; otherwise the latest first."""
        ...

    def one(self, by: Actor, thing_id: UUID) -> Raised | None: ...
    def closed(self, by: Actor) -> int:
        """How many are raised in places that only their owners may read."""
        ...

    def settle(self, thing_id: UUID, data_class: DataClass | None) -> DataClass:
        """Inside the transaction of the decision; None takes one back. → the class that the thing has then."""
        ...


HOLDERS: dict[str, Holder] = {}


def statement(
    *,
    decision: UUID,
    undoes: UUID | None,
    kind: str,
    thing: UUID,
    organisation: UUID,
    by: UUID,
    before: DataClass,
    after: DataClass,
    found: Mapping[str, int],
    reason: str,
    at: datetime,
) -> str:
    """What is signed: canonical JSON (sorted keys, no spaces), so that anybody can check the signature again."""
    facts: dict[str, Any] = {
        "about": "data class",
        "decision": str(decision),
        "undoes": str(undoes or ""),
        "kind": kind,
        "thing": str(thing),
        "organisation": str(organisation),
        "by": str(by),
        "from": before.name.lower(),
        "to": after.name.lower(),
        "found": dict(found),
        "reason": reason,
        "at": at.isoformat(),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# The register of use cases ------------------------------------------------------------------------


@dataclass(frozen=True)
class UseCaseFacts:
    """What an entry says of a thing of another domain. Its digest identifies what is approved."""

    kind: str
    thing_id: UUID
    title: str
    purpose: str
    audience: str
    data_class: int
    risks: str
    oversight: str
    contact: str

    @property
    def digest(self) -> str:
        said = {name: str(value) for name, value in asdict(self).items() if name != "title"}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# What answers under /v1 beside models --------------------------------------------------------------


@dataclass(frozen=True)
class Used:
    """Tokens that answering took."""

    prompt: int = 0
    completion: int = 0


class Served(Protocol):
    """Something of another domain that answers under an id of /v1 of its own: "assistant/khai-sinh"."""

    prefix: str

    def ids(self, organisation_ids: Sequence[UUID]) -> dict[str, str]:
        """id → who answers for it, of those that are open."""
        ...

    def answer(self, name: str, question: str) -> Generator[str | Used, None, None]:
        """The answer in pieces, what it took last. Closing it stops the model. Raises LookupError for an unknown id,
        UserError for what is refused."""
        ...


SERVED: dict[str, Served] = {}
