"""What other domains may do with stewardship: say which of their things carry a class that a steward may lower, ask for
entries in the register of use cases, and answer under /v1 themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from khue.domains.people.api import Actor
from khue.domains.stewardship.actions import use_cases
from khue.domains.stewardship.models import UseCase, UseCaseState
from khue.domains.stewardship.rules import HOLDERS, SERVED, Holder, Raised, Served, UseCaseFacts, Used

__all__ = [
    "Holder",
    "Raised",
    "Served",
    "UseCaseFacts",
    "UseCaseRef",
    "Used",
    "ask_for_use_case",
    "hold",
    "serve",
    "served_answer",
    "served_ids",
    "use_case",
]


def hold(holder: Holder) -> None:
    """Registers a kind of things; called when the application starts."""
    HOLDERS[holder.kind] = holder


def serve(served: Served) -> None:
    """Registers what answers under /v1 beside models; called when the application starts."""
    SERVED[served.prefix] = served


def served_ids(prefix: str, organisation_ids: Sequence[UUID]) -> list[str]:
    """What answers under this prefix in these places."""
    return list(SERVED[prefix].ids(organisation_ids)) if prefix in SERVED else []


def served_answer(name: str, question: str) -> str:
    """All that it says, at once. Raises LookupError for an unknown name, UserError for what is refused."""
    served = SERVED.get(name.partition("/")[0])
    if served is None:
        raise LookupError(name)
    return "".join(piece for piece in served.answer(name, question) if isinstance(piece, str))


@dataclass(frozen=True)
class UseCaseRef:
    """`state`: asked, approved, refused. `digest` is that of the facts that were decided about."""

    id: UUID
    state: str
    digest: str
    reason: str

    @property
    def is_approved(self) -> bool:
        return self.state == UseCaseState.APPROVED


def use_case(kind: str, thing_id: UUID) -> UseCaseRef | None:
    found = UseCase.objects.filter(kind=kind, thing_id=thing_id).first()
    return UseCaseRef(found.pk, found.state, found.digest, found.reason) if found else None


def ask_for_use_case(*, by: Actor | None, organisation_id: UUID, facts: UseCaseFacts) -> UseCaseRef:
    """An entry in the register, which a data steward decides about. The same facts again change nothing."""
    made = use_cases.ask(by=by, organisation_id=organisation_id, facts=facts)
    return UseCaseRef(made.pk, made.state, made.digest, made.reason)
