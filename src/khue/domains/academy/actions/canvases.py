"""Working through the stages: canvases that several people write at once, artefacts, gates."""

import hashlib
import mimetypes
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from khue.domains.academy.actions import notices
from khue.domains.academy.course.sprint import Stage
from khue.domains.academy.models import Artefact, CanvasText, Content, Entry, GateDecision, StageState, StageWork
from khue.domains.academy.permissions.sprints import check_can_mentor, check_is_member
from khue.domains.academy.queries import sprints as queries
from khue.domains.academy.rules.sprints import is_open, may_hand_in
from khue.domains.people.api import Actor
from khue.kernel import artefacts
from khue.kernel.clock import now
from khue.kernel.errors import UserError
from khue.kernel.identifiers import identifier

LONGEST = 20_000
MOST_ARTEFACTS = 30


class StageClosed(UserError):
    """A gate before it is not passed."""


class NotReady(UserError):
    """A needed field is empty, or the artefact is missing."""


class DecidedAlready(UserError):
    """Another mentor was quicker."""


class BadArtefact(UserError):
    """No address, too large, or too many."""


@dataclass(frozen=True)
class Written:
    """What stands in a field now. `is_conflict`: somebody else wrote meanwhile, and what was sent is not stored."""

    field: str
    version: int
    text: str
    by: str
    is_conflict: bool = False


def write(*, by: Actor, entry_id: UUID, stage: str, given: Mapping[str, tuple[int, str]]) -> list[Written]:
    """field → (the version that the text was written on, the text). A field that somebody else has changed since is
    left as it is and told as a conflict; the others are stored. The same again changes nothing.

    Raises StageClosed, NotAllowed.
    """
    entry = _entry(entry_id)
    check_is_member(by, entry)
    plan = _stage(entry, stage)
    return [_write(by, entry, stage, field.key, *given[field.key]) for field in plan.canvas if field.key in given]


def _write(by: Actor, entry: Entry, stage: str, field: str, base: int, text: str) -> Written:
    text = text.replace("\r\n", "\n")[:LONGEST]
    there = queries.texts(entry, stage).get(field)
    if (there.text if there else "") == text:
        return _as_it_is(field, there)
    if base != (there.version if there else 0):
        return _as_it_is(field, there, is_conflict=True)
    try:
        with transaction.atomic():
            CanvasText.objects.create(
                entry=entry, stage=stage, field=field, version=base + 1, text=text, written_by_id=by.person_id
            )
    except IntegrityError:
        # somebody else's, stored between the two lines above
        return _as_it_is(field, queries.texts(entry, stage)[field], is_conflict=True)
    return Written(field, base + 1, text, by.name)


def _as_it_is(field: str, there: CanvasText | None, *, is_conflict: bool = False) -> Written:
    if there is None:
        return Written(field, 0, "", "", is_conflict)
    return Written(field, there.version, there.text, str(there.written_by or ""), is_conflict)


@transaction.atomic
def hand_in(*, by: Actor, entry_id: UUID, stage: str, round: int) -> StageWork:
    """Asks for the gate; a stage without criteria is passed at once. `round`: how often it was handed in when the form
    was made, so that the same form twice is one. Raises StageClosed, NotReady, NotAllowed."""
    entry = _locked(entry_id)
    check_is_member(by, entry)
    plan = _stage(entry, stage)
    work = StageWork.objects.get_or_create(entry=entry, key=stage)[0]
    if work.round > round:
        return work
    states = {known.key: known.state for known in entry.stages.all()}
    if not may_hand_in([known.key for known in entry.sprint.plan.stages], states, stage):
        raise StageClosed(_("First pass the gates before this one."))
    _check_ready(entry, plan)
    work.state = StageState.WAITING if plan.gate else StageState.PASSED
    work.round, work.handed_in_by_id, work.handed_in_at = round + 1, by.person_id, now()
    work.save()
    if plan.gate:
        notices.gate_asked(entry, stage, plan.names)
    return work


def _check_ready(entry: Entry, plan: Stage) -> None:
    if entry.problem_id is None:
        raise NotReady(_("First choose a problem."))
    texts = queries.texts(entry, plan.key)
    empty = [f for f in plan.canvas if f.needed and not (f.key in texts and texts[f.key].text.strip())]
    if empty:
        raise NotReady(_("Fill in first what is still empty: %(count)s of the questions.") % {"count": len(empty)})
    if plan.artefact and not entry.artefacts.filter(stage=plan.key).exists():
        raise NotReady(_("Add what you made in this stage: a file, an address, or a thing of a tool."))


@transaction.atomic
def decide(
    *, by: Actor, entry_id: UUID, stage: str, round: int, met: Collection[str], note: str, passes: bool
) -> GateDecision:
    """A mentor's word at a gate: passed when every criterion is met, or sent back with a note of what is missing. The
    same form twice is one decision. Raises NotReady, DecidedAlready, NotAllowed."""
    entry = _locked(entry_id)
    check_can_mentor(by, entry)
    plan = _stage(entry, stage)
    work = entry.stages.filter(key=stage).first()
    if work is None:
        raise DecidedAlready(_("This stage is not waiting for a decision. Load the page again."))
    if there := work.decisions.filter(round=round).select_related("decided_by").first():
        if (there.decided_by_id, there.is_passed) != (by.person_id, passes):
            raise DecidedAlready(_("%(name)s has decided already.") % {"name": there.decided_by or _("A mentor")})
        return there
    if work.state != StageState.WAITING or work.round != round:
        raise DecidedAlready(_("This stage is not waiting for a decision. Load the page again."))
    kept = [criterion.key for criterion in plan.gate if criterion.key in met]
    if passes and len(kept) < len(plan.gate):
        raise NotReady(_("Passing needs every criterion. Tick what is met, or send it back with a note."))
    if not passes and not note.strip():
        raise NotReady(_("Say in the note what is missing, so that the team knows what to do."))
    work.state = StageState.PASSED if passes else StageState.RETURNED
    work.save(update_fields=["state", "updated_at"])
    notices.gate_decided(entry, stage, plan.names, passes=passes)
    return work.decisions.create(round=round, is_passed=passes, met=kept, note=note.strip(), decided_by_id=by.person_id)


@transaction.atomic
def add_file(*, by: Actor, entry_id: UUID, stage: str, name: str, octets: bytes, file_name: str) -> Artefact:
    """The same file again is the same artefact. Raises BadArtefact, NotAllowed."""
    entry = _ready_for_artefact(by, entry_id, stage)
    if len(octets) > settings.KHUE_UPLOAD_LIMIT_MB * 2**20:
        raise BadArtefact(_("The file is larger than %(most)s MB.") % {"most": settings.KHUE_UPLOAD_LIMIT_MB})
    sha256 = hashlib.sha256(octets).hexdigest()
    if there := entry.artefacts.filter(stage=stage, content=sha256).first():
        return there
    Content.objects.bulk_create([Content(sha256=sha256, octets=octets)], ignore_conflicts=True)
    return entry.artefacts.create(
        stage=stage,
        kind=Artefact.FILE,
        name=(name.strip() or file_name)[:200],
        content_id=sha256,
        size=len(octets),
        link=file_name[-200:],
        media_type=(mimetypes.guess_type(file_name)[0] or "application/octet-stream")[:100],
        added_by_id=by.person_id,
    )


@transaction.atomic
def add_link(*, by: Actor, entry_id: UUID, stage: str, name: str, link: str) -> Artefact:
    """The same address again is the same artefact. Raises BadArtefact, NotAllowed."""
    entry = _ready_for_artefact(by, entry_id, stage)
    parts = urlsplit(link.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(link) > 500:
        raise BadArtefact(_("Give an address that begins with https:// or http://."))
    link = link.strip()
    if there := entry.artefacts.filter(stage=stage, kind=Artefact.LINK, link=link).first():
        return there
    return entry.artefacts.create(
        stage=stage, kind=Artefact.LINK, name=(name.strip() or parts.hostname)[:200], link=link,
        added_by_id=by.person_id,
    )  # fmt: skip


@transaction.atomic
def add_thing(*, by: Actor, entry_id: UUID, stage: str, kind: str, thing_id: str) -> Artefact:
    """What the person made with a tool, as it is now; the same thing again is the same artefact. Raises BadArtefact,
    NotAllowed."""
    entry = _ready_for_artefact(by, entry_id, stage)
    known, key = artefacts.kind(kind), identifier(thing_id)
    frozen = known.frozen(by.person_id, [key]).get(key) if known and key else None
    if frozen is None:
        raise BadArtefact(_("This is not there any more, or it is not yours. Choose another."))
    if there := entry.artefacts.filter(stage=stage, tool=kind, thing_id=thing_id).first():
        return there
    return entry.artefacts.create(
        stage=stage, kind=Artefact.TOOL, name=frozen.title[:200], tool=kind, thing_id=thing_id,
        evidence={"body": frozen.body, "ledger": list(frozen.ledger), "data_class": frozen.data_class},
        added_by_id=by.person_id,
    )  # fmt: skip


def _ready_for_artefact(by: Actor, entry_id: UUID, stage: str) -> Entry:
    entry = _locked(entry_id)
    check_is_member(by, entry)
    _stage(entry, stage)
    if entry.artefacts.count() >= MOST_ARTEFACTS:
        raise BadArtefact(_("Your team has added %(most)s things. Take one away first.") % {"most": MOST_ARTEFACTS})
    return entry


@transaction.atomic
def take_away(*, by: Actor, entry_id: UUID, artefact_id: UUID) -> None:
    """A second time changes nothing. Raises NotAllowed."""
    entry = _locked(entry_id)
    check_is_member(by, entry)
    entry.artefacts.filter(pk=artefact_id).delete()


def _entry(entry_id: UUID) -> Entry:
    return Entry.objects.select_related("sprint__activity", "sprint__cohort", "team").get(pk=entry_id)


def _locked(entry_id: UUID) -> Entry:
    found = Entry.objects.select_for_update(of=("self",))
    return found.select_related("sprint__activity", "sprint__cohort", "team").get(pk=entry_id)


def _stage(entry: Entry, key: str) -> Stage:
    plan = entry.sprint.plan
    stage = plan.stage(key)
    if stage is None:
        raise StageClosed(_("There is no such stage."))
    states = {work.key: work.state for work in entry.stages.all()}
    if not is_open([known.key for known in plan.stages], states, key):
        raise StageClosed(_("First pass the gates before this one."))
    return stage
