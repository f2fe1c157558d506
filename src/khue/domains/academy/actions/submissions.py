"""Handing in: a draft that is kept, evidence frozen as it stands at that moment, and once more where that is open."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from khue.domains.academy.actions import notices
from khue.domains.academy.models import Activity, Cohort, Enrolment, Evidence, Grade, GradeKind, Submission
from khue.domains.academy.rules import labs as rules
from khue.domains.academy.rules.cohorts import CohortState
from khue.domains.academy.rules.labs import SubmissionState
from khue.domains.people.api import Actor
from khue.kernel import artefacts, clock, jobs
from khue.kernel.errors import UserError

CHECK = "academy.check"
LARGEST_FILE = 25 * 1024**2
MOST_EVIDENCE = 20


class CannotHandIn(UserError):
    """The cohort is closed, the person takes no part any more, or this lab is settled for them."""


class NothingThere(UserError):
    """Neither evidence nor a note, or none of what the lab asks for."""


class Gone(UserError):
    """Something that was chosen is not there any more."""


class FileTooLarge(UserError):
    pass


@dataclass(frozen=True)
class Draft:
    """What a form brings; `chosen`: (kind, thing). `drop`: evidence of the draft that is taken out again."""

    note: str = ""
    chosen: Sequence[tuple[str, UUID]] = ()
    link: str = ""
    file: "UploadedFile[bytes] | None" = None
    drop: Sequence[UUID] = ()


def begin(*, by: Actor, cohort: Cohort, activity: Activity) -> Submission:
    """The person's draft, begun if there is none. Raises CannotHandIn."""
    mine = Submission.objects.of(by).filter(cohort=cohort, activity=activity)
    if draft := mine.filter(state=SubmissionState.DRAFT).first():
        return draft
    _check_open(by, cohort)
    last = mine.select_related("activity").order_by("-number").first()
    if last and not may_again(last):
        raise CannotHandIn(_("This lab is settled for you; there is nothing more to hand in."))
    try:
        with transaction.atomic():
            return Submission.objects.create(
                cohort=cohort,
                activity=activity,
                person_id=by.person_id,
                number=(mine.aggregate(last=Max("number"))["last"] or 0) + 1,
                note=last.note if last else "",
            )
    except IntegrityError:
        # the other of two forms that arrived together
        return mine.get(state=SubmissionState.DRAFT)


def _check_open(by: Actor, cohort: Cohort) -> None:
    if cohort.state == CohortState.CLOSED:
        raise CannotHandIn(_("This cohort is closed; nothing more can be handed in. What was handed in is kept."))
    if not Enrolment.objects.taking_part().filter(cohort=cohort, person=by.person_id).exists():
        raise CannotHandIn(_("You do not take part in this cohort. Ask its coordinator."))


def may_again(last: Submission) -> bool:
    """Whether something newer than the person's last submission may be handed in."""
    begun = Grade.objects.filter(submission=last, revision__gt=0, kind=GradeKind.STAFF)
    if not last.is_settled and begun.exists():
        return False
    most = last.activity.definition.get("hand_ins", 3)
    return rules.can_hand_in_again(
        SubmissionState(last.state), is_passed=last.is_passed, number=_counted(last), most=most
    )


def _counted(last: Submission) -> int:
    """Those that somebody graded; what was replaced in time does not count."""
    mine = Submission.objects.filter(cohort=last.cohort_id, activity=last.activity_id, person=last.person_id)
    return mine.handed_in().count()


@transaction.atomic
def save(*, by: Actor, submission_id: UUID, draft: Draft) -> Submission:
    """Keeps the draft. Raises Submission.DoesNotExist for somebody else's or one that is handed in, FileTooLarge."""
    submission = _locked(by, submission_id, SubmissionState.DRAFT)
    submission.note = draft.note.strip()
    submission.save(update_fields=["note", "updated_at"])
    _drop(submission, draft.drop)
    _choose(submission, by, draft.chosen)
    if draft.link:
        submission.evidence.get_or_create(
            kind="link", link=draft.link, defaults={"title": draft.link[:500], "position": 90}
        )
    if draft.file:
        _keep_file(submission, draft.file)
    return submission


def _drop(submission: Submission, ids: Sequence[UUID]) -> None:
    """Files go when it is certain that the rows have gone."""
    for one in submission.evidence.filter(pk__in=ids):
        if one.file:
            transaction.on_commit(partial(one.file.delete, save=False))
        one.delete()


def _locked(by: Actor, submission_id: UUID, *states: SubmissionState) -> Submission:
    mine = Submission.objects.of(by).select_for_update(of=("self",)).select_related("activity__version", "cohort")
    return mine.get(pk=submission_id, state__in=states)


def _choose(submission: Submission, by: Actor, chosen: Iterable[tuple[str, UUID]]) -> None:
    """Exactly these; only what is there and the person's own is taken."""
    wanted = list(dict.fromkeys(chosen))[:MOST_EVIDENCE]
    made = submission.evidence.exclude(thing_id=None)
    for evidence in made:
        if (evidence.kind, evidence.thing_id) not in wanted:
            evidence.delete()
    there = set(made.values_list("kind", "thing_id"))
    titles = {(kind, one.id): one.title for kind in accepted(submission.activity) for one in _made(kind, by)}
    Evidence.objects.bulk_create(
        Evidence(submission=submission, position=position, kind=kind, thing_id=thing, title=titles[kind, thing][:500])
        for position, (kind, thing) in enumerate(wanted)
        if (kind, thing) in titles and (kind, thing) not in there
    )


def accepted(activity: Activity) -> list[str]:
    """The kinds of evidence that this lab takes on this server."""
    lab = activity.definition
    of_tool = [kind.name for kind in artefacts.of_tool(lab.get("tool", ""))]
    known = {name for name in lab.get("evidence", ()) if artefacts.kind(name)} | set(of_tool)
    return rules.accepted_kinds(lab.get("evidence", ()), of_tool, known)


def _made(kind: str, by: Actor) -> Sequence[artefacts.Made]:
    found = artefacts.kind(kind)
    return found.made_by(by.person_id, limit=200) if found else ()


def _keep_file(submission: Submission, file: "UploadedFile[bytes]") -> None:
    if (file.size or 0) > LARGEST_FILE:
        raise FileTooLarge(_("The file is larger than 25 MB. Make it smaller, or give a link to it."))
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    if submission.evidence.filter(kind="file", digest=digest.hexdigest()).exists():
        return
    submission.evidence.create(
        kind="file",
        title=(file.name or "?")[:500],
        file=file,
        media_type=(file.content_type or "")[:100],
        size=file.size or 0,
        digest=digest.hexdigest(),
        position=80,
    )


# Handing in ------------------------------------------------------------------------------------


@transaction.atomic
def hand_in(*, by: Actor, submission_id: UUID) -> Submission:
    """Freezes the evidence and asks for the checks; the same form sent twice hands in once.

    Raises CannotHandIn, NothingThere, Gone; the draft then stays as it was.
    """
    submission = _locked(by, submission_id, *SubmissionState)
    if submission.state != SubmissionState.DRAFT:
        return submission
    lab, now = submission.activity.definition, clock.now()
    _check_open(by, submission.cohort)
    _replace_earlier(by, submission)
    evidence = list(submission.evidence.all())
    _check_enough(submission, evidence)
    _freeze(by, evidence)
    submission.state, submission.submitted_at = SubmissionState.HANDED_IN, now
    submission.seal = seal(submission.note, evidence)
    if peers := lab.get("peers"):
        submission.peers_until = now + timedelta(days=peers["days"])
    submission.save()
    ask_for_checks(submission)
    notices.work_waits(submission.cohort)
    return submission


def _replace_earlier(by: Actor, submission: Submission) -> None:
    mine = Submission.objects.of(by).filter(cohort=submission.cohort_id, activity=submission.activity_id)
    earlier = mine.filter(number__lt=submission.number)
    last = earlier.order_by("-number").select_for_update(of=("self",)).select_related("activity").first()
    if last and not may_again(last):
        raise CannotHandIn(_("What you handed in before is being graded. Wait for the result; your draft is kept."))
    earlier.filter(state=SubmissionState.HANDED_IN).update(state=SubmissionState.SUPERSEDED)


def _check_enough(submission: Submission, evidence: Sequence[Evidence]) -> None:
    if not evidence:
        raise NothingThere(_("Choose what you made, or bring a file or a link, before you hand in."))
    wanted = accepted(submission.activity)
    if not any(one.kind in wanted for one in evidence):
        raise NothingThere(_("This lab asks for something that you made with its tool. Choose it, then hand in."))


def _freeze(by: Actor, evidence: Sequence[Evidence]) -> None:
    by_kind: dict[str, list[UUID]] = {}
    for one in evidence:
        if one.thing_id:
            by_kind.setdefault(one.kind, []).append(one.thing_id)
    found: dict[tuple[str, UUID], artefacts.Frozen] = {}
    for name, ids in by_kind.items():
        if kind := artefacts.kind(name):
            found |= {(name, thing): frozen for thing, frozen in kind.frozen(by.person_id, ids).items()}
    for one in evidence:
        if one.thing_id:
            _fill(one, found.get((one.kind, one.thing_id)))
        if one.kind != "file":
            one.digest = digest(one)
        one.save()


def _fill(one: Evidence, frozen: artefacts.Frozen | None) -> None:
    if frozen is None:
        raise Gone(_("“%(title)s” is not there any more. Take it out, then hand in.") % {"title": one.title})
    one.title, one.body, one.ledger = frozen.title[:500], frozen.body, list(frozen.ledger)
    one.data_class, one.made_at, one.changed_at = frozen.data_class, frozen.made_at, frozen.changed_at


def digest(one: Evidence) -> str:
    """SHA-256 over what is graded; of a file, over its bytes."""
    if one.kind == "file":
        return one.digest
    return _sha256({"kind": one.kind, "title": one.title, "link": one.link, "body": one.body, "ledger": one.ledger})


def seal(note: str, evidence: Iterable[Evidence]) -> str:
    return _sha256({"note": note, "evidence": sorted(one.digest for one in evidence)})


def is_unbroken(submission: Submission) -> bool:
    """Whether what is graded is what was handed in."""
    evidence = list(submission.evidence.all())
    whole = all(one.digest == digest(one) for one in evidence)
    return whole and submission.seal == seal(submission.note, evidence)


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ask_for_checks(submission: Submission) -> None:
    """With the transaction; checks of one submission never run twice at once."""
    jobs.later(CHECK, one_at_a_time=f"{CHECK}:{submission.pk}", submission=str(submission.pk))
