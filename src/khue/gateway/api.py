"""The only way to a model. Every call carries a data class, goes where the policy lets that class go, and leaves an
entry in the ledger for each server that saw it, also when it fails.

Do not call `chat` or `embed` inside a database transaction: the row must not vanish with it (RuntimeError).
Without a model `chat` raises NoModel; every error's text is ready for the user (khue.gateway.errors).
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.utils.functional import Promise
from numpy.typing import NDArray

from khue.gateway import budgets, embedding, energy, ledger, routing, running, sizes
from khue.gateway.attempt import Asked
from khue.gateway.budgets import Limit, Spent
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
    Rate,
    Recorded,
    Reply,
    Turn,
)
from khue.gateway.egress.kept import refused as refused_connections
from khue.gateway.egress.record import Refused as RefusedConnection
from khue.gateway.embedding import DIMENSIONS, Embedded
from khue.gateway.errors import ClassNotAllowed, GatewayError, NoEmbeddings, NoModel
from khue.gateway.generation import Generation
from khue.gateway.ledger import checkpoints, content, counting, glance, proofs, record, verification
from khue.gateway.ledger import reading as recorded
from khue.gateway.ledger.checkpoints import LatestCheckpoint
from khue.gateway.ledger.content import Texts
from khue.gateway.ledger.counting import Count, Refusal
from khue.gateway.ledger.glance import Glance
from khue.gateway.ledger.notes import Note, Verifier
from khue.gateway.ledger.proofs import NoSuchEntry
from khue.gateway.ledger.reading import Filter
from khue.gateway.ledger.totals import Group, people_total, refused_connections_total, totals
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.ledger.verification import Report as LedgerReport
from khue.gateway.models.budgets import Period, Whose
from khue.gateway.policy import decisions
from khue.gateway.policy import tightenings as own_rules
from khue.gateway.policy.rules import Decision, Policy, Ruling
from khue.gateway.policy.tightenings import AlreadyUndone, NoReason, NotStricter, Tightening
from khue.gateway.privacy import NAMES, DetectorFailed, Finding, Inspection, Kind, Mask, inspect, scan
from khue.gateway.providers import children as child_processes
from khue.gateway.providers import registry, state
from khue.gateway.providers.registry import Alias
from khue.gateway.request import Passages, Request
from khue.gateway.weights import catalogue
from khue.gateway.weights.pull import Pulled, Report, is_ready, pull
from khue.gateway.zones import Zone

__all__ = [
    "Alias",
    "AlreadyUndone",
    "Caller",
    "ChatStream",
    "Child",
    "ClassNotAllowed",
    "Count",
    "DIMENSIONS",
    "DataClass",
    "Decision",
    "DetectorFailed",
    "Embedded",
    "Filter",
    "Finding",
    "GatewayError",
    "Glance",
    "Group",
    "Inspection",
    "LatestCheckpoint",
    "LedgerDamaged",
    "LedgerReport",
    "Limit",
    "ModelState",
    "NoEmbeddings",
    "NoModel",
    "NoReason",
    "NoSuchEntry",
    "NotStricter",
    "Options",
    "Period",
    "Place",
    "Policy",
    "Priority",
    "ProviderInfo",
    "Pulled",
    "Rate",
    "Recorded",
    "Refusal",
    "RefusedConnection",
    "Reply",
    "Report",
    "Ruling",
    "Spent",
    "Texts",
    "Tightening",
    "Turn",
    "Whose",
    "Zone",
    "aliases",
    "budget_limits",
    "budgets_set",
    "calls",
    "chat",
    "checkpoint",
    "children",
    "context_length",
    "count_tokens",
    "decide",
    "default_budget",
    "embed",
    "embedded",
    "end_calls",
    "energy_figures",
    "entries",
    "entry",
    "forget_texts",
    "glance_at_ledger",
    "hidden",
    "inspect",
    "is_ready",
    "latest_checkpoint",
    "ledger_checkpoints",
    "ledger_counts",
    "ledger_hidden",
    "ledger_key",
    "ledger_refusals",
    "model_states",
    "models",
    "needed_models",
    "people_total",
    "policy",
    "prove_entry",
    "prove_growth",
    "providers",
    "pull",
    "record",
    "refused_connections",
    "refused_connections_total",
    "scan",
    "set_budget",
    "signed",
    "spent",
    "texts",
    "tighten",
    "tightenings",
    "totals",
    "type_name",
    "undo_tightening",
    "verify_ledger",
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


def decide(data_class: DataClass, zone: Zone, organisation_id: UUID | None = None, on: date | None = None) -> Decision:
    """What would be done with a text of this class in this zone, on this day (today), for this organisation."""
    return decisions.decide(data_class, zone, organisation_id, on)


def policy(organisation_id: UUID | None = None, on: date | None = None) -> Policy:
    """The whole matrix."""
    return decisions.policy(organisation_id, on)


def tighten(
    *,
    organisation_id: UUID,
    data_class: DataClass,
    zone: Zone,
    decision: Ruling,
    reason: str,
    by: UUID | None,
    effective: date | None = None,
) -> Tightening:
    """Adds a rule for the organisation and all below it; goes into the ledger. Who may is for the caller to decide.
    Raises NotStricter where the policy is as strict already, NoReason."""
    return own_rules.tighten(
        organisation_id=organisation_id,
        data_class=data_class,
        zone=zone,
        decision=decision,
        reason=reason,
        by=by,
        effective=effective,
    )


def undo_tightening(tightening_id: UUID, *, organisation_ids: Collection[UUID], by: UUID | None) -> Tightening:
    """Raises LookupError where none of these organisations has it, AlreadyUndone; goes into the ledger."""
    return own_rules.undo(tightening_id, organisation_ids=organisation_ids, by=by)


def tightenings(organisation_ids: Collection[UUID]) -> list[Tightening]:
    """Of these organisations, the latest first, also what was undone."""
    return own_rules.listed(organisation_ids)


def end_calls(person_id: UUID, *, reason: str) -> None:
    """Stops what is being answered to this person, in all processes, once the transaction is committed. `reason`, one
    word, stands in the ledger."""
    running.end(person_id, reason)


def budget_limits(caller: Caller) -> list[Limit]:
    """What this caller may still use, and where the limits are."""
    return budgets.limits(caller)


def budgets_set(organisation_id: UUID) -> dict[tuple[Whose, str, Period], int]:
    """By whom they are for: the id of a person or group, "" for each person, or for the organisation itself."""
    return budgets.budgets(organisation_id)


def default_budget(whose: Whose, period: Period) -> int:
    """Of the installation's settings; 0 for none."""
    return budgets.default(whose, period)


def set_budget(
    *, organisation_id: UUID, whose: Whose, subject: str, period: Period, tokens: int | None, by: UUID | None
) -> None:
    """`tokens` 0: no limit; None: what holds otherwise. On record."""
    budgets.set_budget(
        organisation_id=organisation_id, whose=whose, subject=subject, period=period, tokens=tokens, by=by
    )


def energy_figures() -> dict[str, Any]:
    """By which calls are estimated, each with its source (content/energy.yaml)."""
    return energy.figures()


def spent(whose: Whose, period: Period, *, organisation_ids: Collection[UUID]) -> list[Spent]:
    """Tokens, calls, energy and CO2 of the running day or month, by person, group or organisation, the most first."""
    return budgets.spent(whose, period, organisation_ids=organisation_ids)


def aliases() -> list[Alias]:
    """The names by which models may be asked for, with their servers."""
    return list(registry.aliases().values())


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


def entries(chosen: Filter = Filter(), *, limit: int = 50) -> list[Recorded]:
    """The ledger's latest entries first, a call and its end as one; page on with `Filter(before=last.seq)`. Who may
    see them is for the caller to decide."""
    return recorded.entries(chosen, limit=limit)


def entry(number: int | UUID) -> Recorded | None:
    """By its number, or by its call (`Reply.ledger_id`)."""
    return recorded.entry(number)


def texts(call: UUID) -> Texts | None:
    """What a call sent and received, while it is kept: days that its class decides."""
    return content.of_call(call)


def forget_texts(call: UUID) -> None:
    """Deletes them before their time; the ledger keeps their digests."""
    content.forget(call)


def ledger_counts(chosen: Filter = Filter()) -> list[Count]:
    """Entries by kind, class, decision, zone and tool."""
    return counting.counts(chosen)


def ledger_hidden(chosen: Filter = Filter()) -> dict[str, int]:
    """What was replaced by pseudonyms, by type."""
    return counting.hidden(chosen)


def ledger_refusals(chosen: Filter = Filter()) -> list[Refusal]:
    """Calls that were not made, by class, reason, rule and zone."""
    return counting.refusals(chosen)


def prove_entry(number: int | UUID) -> dict[str, Any]:
    """A proof as JSON for docs/verify_proof.py: of an entry, or of the beginning and the end of a call. Raises
    NoSuchEntry, and LedgerDamaged where the ledger is not what was signed."""
    return proofs.inclusion(number)


def prove_growth(old: Note) -> dict[str, Any]:
    """A proof that the ledger was only added to since an older checkpoint. Raises LedgerDamaged if it was not."""
    return proofs.growth(old)


def checkpoint() -> str:
    """A signed statement over all entries of now, for others to hold. Raises LedgerDamaged."""
    return checkpoints.make().text


def latest_checkpoint() -> LatestCheckpoint | None:
    """The last one that was signed, for pages; None where there is none yet."""
    return checkpoints.last()


def signed(body: str) -> str:
    """A note: the body (ends with a line break), an empty line, and the signature of this installation."""
    return checkpoints.signer().signed(body).text


def ledger_checkpoints(limit: int = 20) -> list[tuple[int, datetime]]:
    """How many entries the last checkpoints cover, and when they were made."""
    return checkpoints.times(limit)


def ledger_key() -> str:
    """The public key that checkpoints are checked with, as NAME+ID+KEY."""
    return checkpoints.verifier().text


def glance_at_ledger() -> Glance:
    """A moment's look, however long it is: the last checkpoint against the stored hashes, and the last entries."""
    return glance.look()


def verify_ledger(given: Sequence[Note] = (), witnesses: Sequence[Verifier] = ()) -> LedgerReport:
    """Reads all entries; minutes for many millions."""
    return verification.verify(given, witnesses)


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


def hidden(text: str) -> str:
    """A text as a provider sees it when its identifiers are hidden; for trying out, nothing is kept. Raises
    DetectorFailed."""
    return Mask.open(None).hide(text)


def type_name(kind: str) -> Promise | str:
    """A type of identifier ("cccd") in words."""
    return NAMES.get(Kind(kind), kind) if kind in set(Kind) else kind
