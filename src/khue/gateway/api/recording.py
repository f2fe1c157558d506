"""The ledger: reading, proving, checking, and what it holds apart from it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from khue.gateway import ledger
from khue.gateway.contract import Recorded
from khue.gateway.ledger import checkpoints, content, counting, glance, proofs, verification
from khue.gateway.ledger import reading as recorded
from khue.gateway.ledger.checkpoints import LatestCheckpoint
from khue.gateway.ledger.content import Texts
from khue.gateway.ledger.counting import Count, Refusal
from khue.gateway.ledger.glance import Glance
from khue.gateway.ledger.notes import Note, Verifier
from khue.gateway.ledger.reading import Filter
from khue.gateway.ledger.verification import Report as LedgerReport


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
