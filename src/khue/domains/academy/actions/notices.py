"""Telling people: on their pages at once, and by a letter that gathers what came within some minutes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from khue.domains.academy.actions import letters
from khue.domains.academy.models import (
    Attempt,
    Certificate,
    Cohort,
    Entry,
    FollowUp,
    NewsLetter,
    Notice,
    NoticeKind,
    Submission,
)
from khue.domains.academy.queries import notices as queries
from khue.domains.academy.rules.invitations import LetterState
from khue.domains.people.api import Actor
from khue.gateway import mail
from khue.kernel import clock, jobs

SEND = "academy.send-news"
GATHERED = timedelta(minutes=10)
# graders are asked in a letter when something waits so long, and again after so many days
WAITED, AGAIN = timedelta(days=1), timedelta(days=3)


def tell(
    people: Collection[UUID],
    kind: NoticeKind,
    thing_id: UUID,
    *,
    cohort: Cohort,
    by_letter: bool = True,
    **facts: Any,
) -> None:
    """Within the transaction that it tells about. Whoever has not seen the last word about it reads this one now."""
    tell_each(dict.fromkeys(people, thing_id), kind, cohort=cohort, by_letter=by_letter, **facts)


def tell_each(
    things: Mapping[UUID, UUID], kind: NoticeKind, *, cohort: Cohort, by_letter: bool = True, **facts: Any
) -> None:
    """The same of a thing of each one's own: person → thing. As many statements for many as for one."""
    about = {"kind": kind, "cohort": cohort, "facts": facts}
    # in one order, so that two that tell the same people never wait for each other
    made = [Notice(person_id=person_id, thing_id=things[person_id], **about) for person_id in sorted(things)]
    Notice.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["person", "kind", "thing_id"],
        update_fields=["facts", "told_at", "seen_at", "letter", "updated_at"],
    )
    if by_letter and made:
        _write_later(things)


def seen(*, by: Actor, things: Collection[UUID] | None = None, kinds: Collection[NoticeKind] = ()) -> None:
    """On the page of the thing; of these kinds; or, with neither, all of it."""
    found = Notice.objects.filter(person=by.person_id, seen_at=None)
    if things is not None:
        found = found.filter(thing_id__in=things)
    if kinds:
        found = found.filter(kind__in=kinds)
    found.update(seen_at=clock.now())


# What is told ----------------------------------------------------------------------------------


def result_arrived(submission: Submission) -> None:
    word = "returned" if submission.state == "returned" else "passed" if submission.is_passed else "failed"
    _about(submission, [submission.person_id], NoticeKind.RESULT, word=word)


def review_arrived(submission: Submission) -> None:
    _about(submission, [submission.person_id], NoticeKind.REVIEW)


def essays_marked(attempt: Attempt) -> None:
    """A quiz outside a cohort is for trying: nobody waits for its marks."""
    sitting = attempt.sitting
    if sitting.cohort:
        tell([attempt.person_id], NoticeKind.MARKED, attempt.pk, cohort=sitting.cohort, names=sitting.quiz.names)


def certificates_given(cohort: Cohort, made: Iterable[Certificate]) -> None:
    tell_each(
        {one.person_id: one.pk for one in made if one.person_id},
        NoticeKind.CERTIFICATE,
        cohort=cohort,
        names=cohort.version.names,
    )


def certificate_withdrawn(certificate: Certificate) -> None:
    holder = [certificate.person_id] if certificate.person_id else []
    cohort = certificate.cohort
    tell(holder, NoticeKind.CERTIFICATE, certificate.pk, cohort=cohort, names=cohort.version.names, word="withdrawn")


def graders_differ(submission: Submission, graders: Collection[UUID]) -> None:
    _about(submission, graders, NoticeKind.DISPUTE)


def _about(submission: Submission, person_ids: Collection[UUID], kind: NoticeKind, **facts: Any) -> None:
    names = submission.activity.names
    tell(person_ids, kind, submission.pk, cohort=submission.cohort, names=names, **facts)


def work_waits(cohort: Cohort) -> None:
    """On the pages of its graders; those who have not looked since the last time are told once for all."""
    graders = queries.graders(cohort)
    told = {"kind": NoticeKind.TO_GRADE, "thing_id": cohort.pk}
    now, facts = clock.now(), {"names": cohort.names}
    again = Notice.objects.filter(person__in=graders, **told).exclude(seen_at=None)
    again.update(seen_at=None, told_at=now, facts=facts)
    made = [Notice(person_id=person_id, cohort=cohort, facts=facts, **told) for person_id in sorted(graders)]
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def gate_asked(entry: Entry, stage: str, names: Mapping[Any, str]) -> None:
    mentors = list(entry.mentors.values_list("pk", flat=True))
    _at_gate(entry, mentors, NoticeKind.GATE_ASKED, stage, names)


def gate_decided(entry: Entry, stage: str, names: Mapping[Any, str], *, passes: bool) -> None:
    team = list(entry.team.enrolments.taking_part().values_list("person", flat=True))
    _at_gate(entry, team, NoticeKind.GATE, stage, names, word="passed" if passes else "returned")


def _at_gate(
    entry: Entry, person_ids: Collection[UUID], kind: NoticeKind, stage: str, names: Mapping[Any, str], **facts: Any
) -> None:
    team = entry.team.name
    tell(person_ids, kind, entry.pk, cohort=entry.sprint.cohort, names=dict(names), stage=stage, team=team, **facts)


def became_of(follow_up: FollowUp) -> None:
    """Asks who presented, and who is in the team."""
    entry = follow_up.entry
    asked = set(entry.presenters.values_list("pk", flat=True))
    asked |= set(entry.team.enrolments.taking_part().values_list("person", flat=True))
    names = entry.problem.names if entry.problem else entry.sprint.activity.names
    tell(asked, NoticeKind.FOLLOW_UP, follow_up.pk, cohort=entry.sprint.cohort, names=names, months=follow_up.months)


def remind_graders() -> int:
    """Of what waits longer than a day, by letter; not more often than every third day. How many cohorts."""
    now = clock.now()
    told = Notice.objects.filter(kind=NoticeKind.TO_GRADE, letter__sent_at__gt=now - AGAIN)
    recently = set(told.values_list("thing_id", flat=True))
    due = [(cohort, count) for cohort, count in queries.long_waiting(now - WAITED) if cohort.pk not in recently]
    for cohort, count in due:
        with transaction.atomic():
            graders = queries.graders(cohort)
            tell(graders, NoticeKind.TO_GRADE, cohort.pk, cohort=cohort, names=cohort.names, count=count)
    return len(due)


# By letter -------------------------------------------------------------------------------------


def _write_later(person_ids: Iterable[UUID]) -> None:
    """One letter waits for each of them who has an address; what comes meanwhile goes with it."""
    if not mail.is_set_up():
        return
    waiting = NewsLetter.objects.filter(person=OuterRef("person"), state=LetterState.WAITING)
    reached = Notice.objects.filter(Q(person__in=person_ids, person__is_active=True) & ~Q(person__email=""))
    due = sorted(set(reached.exclude(Exists(waiting)).values_list("person", flat=True)))
    for letter in NewsLetter.objects.bulk_create([NewsLetter(person_id=person_id) for person_id in due]):
        jobs.later(SEND, in_seconds=int(GATHERED.total_seconds()), letter=str(letter.pk))


def deliver(letter_id: UUID) -> None:
    """The job."""
    letters.deliver(letter_id, of=NewsLetter, written=written, job=SEND)


def written(letter: NewsLetter) -> mail.Letter | None:
    """What has not been seen and was in no letter; None: nothing."""
    mine = queries.unseen(letter.person_id)
    # taken first, so that two letters never say the same
    mine.filter(letter=None).update(letter=letter)
    found = list(mine.filter(letter=letter))
    if not found or not found[0].person.email:
        return None
    person = found[0].person
    with override(letters.language_of(person, found[0].cohort)):
        lines = [(queries.said(notice), f"{settings.KHUE_ADDRESS}{queries.address(notice)}") for notice in found]
        subject = ngettext("%(count)s thing is new for you", "%(count)s things are new for you", len(lines))
        context = {"person": person, "lines": lines, "page": settings.KHUE_ADDRESS + reverse("academy:days")}
        return mail.Letter(
            to=person.email,
            subject=lines[0][0] if len(lines) == 1 else subject % {"count": len(lines)},
            text=render_to_string("academy/letters/news.txt", context),
            html=render_to_string("academy/letters/news.html", context),
            id=letter.pk.hex,
        )
