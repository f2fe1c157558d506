"""Taking a quiz: start, save each answer as it is given, hand in; and what time does by itself.

An attempt's row is locked while it is written to: an answer that arrives while it is being handed in either counts, or
is refused, and never disappears between the two.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions import notices
from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Answer, Attempt, BankItem, Sitting
from khue.domains.academy.permissions.quizzes import check_can_follow, check_can_keep_quizzes
from khue.domains.academy.quizzing import draws, scoring, showing, timing
from khue.domains.people.api import Actor
from khue.kernel import clock
from khue.kernel.errors import UserError

if TYPE_CHECKING:
    from khue.domains.academy.models.attempt import AttemptQuerySet

Form = Mapping[str, Sequence[str]]


class NotOpen(UserError):
    """The sitting has not begun or is over."""


class NoAttemptLeft(UserError):
    """All attempts are used."""


class NoItems(UserError):
    """The quiz draws on an empty bank."""


class AttemptOver(UserError):
    """It was handed in, or its time is up; what was saved before counts."""


class BadMark(UserError):
    """A mark outside its points."""


@dataclass(frozen=True)
class Saved:
    """`answers` as they are stored now, whether this form brought them or a later one had."""

    answers: list[Answer]
    due_at: datetime | None


def start(*, by: Actor, sitting: Sitting, number: int) -> Attempt:
    """Attempt `number`, or the one that is open. The same form sent twice starts one. Raises NotOpen,
    CohortClosed, NoAttemptLeft."""
    mine = Attempt.objects.of(by).filter(sitting=sitting)
    if there := mine.filter(number=number).first() or mine.filter(finished_at=None).first():
        return there
    now = clock.now()
    _check_open(sitting, now)
    if sitting.cohort:
        check_is_open(sitting.cohort)
    if sitting.quiz.attempts and number > sitting.quiz.attempts:
        raise NoAttemptLeft(_("You have used every attempt at this quiz."))
    try:
        with transaction.atomic():
            return _begun(by, sitting, mine.count() + 1, now)
    except IntegrityError:
        # the other of two forms that arrived together
        return mine.get(finished_at=None)


def _check_open(sitting: Sitting, now: datetime) -> None:
    if sitting.opens_at and now < sitting.opens_at:
        raise NotOpen(_("This quiz is not open yet."))
    if sitting.closes_at and now >= sitting.closes_at:
        raise NotOpen(_("This quiz is closed."))


def _begun(by: Actor, sitting: Sitting, number: int, now: datetime) -> Attempt:
    items = {item.key: item for item in sitting.quiz.bank.items.filter(is_current=True)}
    seed = secrets.token_hex(16)
    tags = {key: frozenset(item.content.get("tags", ())) for key, item in items.items()}
    keys = draws.drawn(sitting.quiz.draws, tags, seed=seed)
    if not keys:
        raise NoItems(_("This quiz has no questions yet."))
    attempt = Attempt.objects.create(
        sitting=sitting,
        person_id=by.person_id,
        number=number,
        seed=seed,
        started_at=now,
        due_at=timing.due(now, limit_s=sitting.quiz.time_limit_s, closes=sitting.closes_at),
        most_points=sum(items[key].item.points for key in keys),
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, position=position, item=items[key]) for position, key in enumerate(keys, 1)
    )
    return attempt


# two hundred of these arrive in a second: statements that stand, which read only what is needed
LOCK = """
select attempt.seed, attempt.finished_at, attempt.due_at, quiz.grace_s from academy_attempt attempt
join academy_sitting sitting on sitting.id = attempt.sitting_id join academy_quiz quiz on quiz.id = sitting.quiz_id
where attempt.id = %s and attempt.person_id = %s for update of attempt
"""
READ = """
select answer.id, answer.position, answer.serial, answer.given, answer.language, item.kind, item.content
from academy_answer answer join academy_bankitem item on item.id = answer.item_id
where answer.attempt_id = %s and answer.position = any(%s) order by answer.position
"""
WRITE = """
update academy_answer set given = %s::jsonb, serial = %s, language = %s, given_at = %s, updated_at = %s where id = %s
"""
MOST_POSITIONS = 10_000


@transaction.atomic
def save(*, by: Actor, attempt_id: UUID, form: Form, positions: Iterable[int], serial: int, language: str) -> Saved:
    """Stores the answers at these positions; what was sent later (a higher `serial`) stays.

    Raises Attempt.DoesNotExist for somebody else's, AttemptOver when it is handed in or time is up.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [attempt_id, by.person_id])
        if (found := cursor.fetchone()) is None:
            raise Attempt.DoesNotExist
        seed, finished_at, due_at, grace_s = found
        _check_running(finished_at, due_at, grace_s, now)
        cursor.execute(READ, [attempt_id, [number for number in positions if 0 < number < MOST_POSITIONS]])
        answers = [_read(row) for row in cursor.fetchall()]
        for answer in answers:
            if answer.serial < serial:
                answer.given = showing.given(answer.item.item, seed=seed, name=f"a{answer.position}", form=form)
                answer.serial, answer.language, answer.given_at = serial, language, now
                stored = None if answer.given is None else json.dumps(answer.given)
                cursor.execute(WRITE, [stored, serial, language, now, now, answer.pk])
    return Saved(answers, due_at)


def _read(row: tuple[Any, ...]) -> Answer:
    key, position, serial, given, language, kind, content = row
    return Answer(
        pk=key,
        position=position,
        serial=serial,
        given=None if given is None else json.loads(given),
        language=language,
        item=BankItem(kind=kind, content=json.loads(content)),
    )


def _locked(attempts: "AttemptQuerySet", attempt_id: UUID) -> Attempt:
    return attempts.select_for_update(of=("self",)).select_related("sitting__quiz").get(pk=attempt_id)


def _check_running(finished_at: datetime | None, due_at: datetime | None, grace_s: int, now: datetime) -> None:
    if finished_at:
        raise AttemptOver(_("This attempt is handed in already. What was saved before counts."))
    if not timing.is_in_time(now, due_at, grace_s=grace_s):
        raise AttemptOver(_("The time for this attempt is up. What was saved before counts."))


@transaction.atomic
def finish(*, by: Actor, attempt_id: UUID) -> Attempt:
    """Hands the attempt in and marks it; a second time changes nothing."""
    attempt = _locked(Attempt.objects.of(by), attempt_id)
    if attempt.finished_at is None:
        _close(attempt, clock.now())
    return attempt


def settle(attempts: "AttemptQuerySet") -> int:
    """Hands in those among them whose time is up; returns how many. What was saved in time counts."""
    now, settled = clock.now(), 0
    for overdue in attempts.filter(finished_at=None, due_at__lt=now).select_related("sitting__quiz"):
        if timing.is_in_time(now, overdue.due_at, grace_s=overdue.sitting.quiz.grace_s):
            continue
        with transaction.atomic():
            attempt = _locked(Attempt.objects.all(), overdue.pk)
            if attempt.finished_at is None:
                _close(attempt, now)
                settled += 1
    return settled


def hand_in_as_is(attempt: Attempt) -> None:
    """By the system: what was given so far counts."""
    _close(attempt, clock.now())


def _close(attempt: Attempt, at: datetime) -> None:
    answers = list(attempt.answers.select_related("item"))
    for answer in answers:
        answer.share = scoring.mark(answer.item.item, answer.given, language=answer.language).share
    Answer.objects.bulk_update(answers, ["share"])
    attempt.finished_at = min(at, attempt.due_at) if attempt.due_at else at
    _count(attempt, answers)


def _count(attempt: Attempt, answers: Iterable[Answer]) -> None:
    answers = list(answers)
    attempt.points = sum((answer.share or 0) * answer.item.item.points for answer in answers)
    attempt.waiting = sum(answer.share is None for answer in answers)
    attempt.save(update_fields=["points", "waiting", "finished_at", "updated_at"])


@transaction.atomic
def mark(*, by: Actor, answer_id: UUID, points: float, note: str) -> Answer:
    """What a person gives for an essay, of the item's points. Raises BadMark, NotAllowed."""
    answer = Answer.objects.select_related("item", "attempt__sitting__quiz", "attempt__sitting__cohort").get(
        pk=answer_id
    )
    check_can_follow(by, answer.attempt.sitting)
    most = answer.item.item.points
    if not 0 <= points <= most:
        raise BadMark(_("Give from 0 to %(most)s points.") % {"most": f"{most:g}"})
    attempt = _locked(Attempt.objects.all(), answer.attempt_id)
    if attempt.finished_at is None:
        raise BadMark(_("This attempt is not handed in yet."))
    answer.share, answer.note = points / most if most else 1.0, note.strip()
    answer.marked_by_id, answer.marked_at = by.person_id, clock.now()
    answer.save(update_fields=["share", "note", "marked_by", "marked_at", "updated_at"])
    waited = attempt.waiting
    _count(attempt, attempt.answers.select_related("item"))
    if waited and not attempt.waiting:
        notices.essays_marked(attempt)
    return answer


@transaction.atomic
def mark_again(*, by: Actor, item: BankItem) -> int:
    """After a key was corrected in place: marks the handed-in answers to this revision anew; returns how many
    attempts changed."""
    check_can_keep_quizzes(by, item.bank.organisation_id)
    changed = 0
    attempts = Attempt.objects.finished().filter(answers__item=item).distinct().order_by("pk")
    for attempt in Attempt.objects.filter(pk__in=attempts.values("pk")).select_for_update().order_by("pk"):
        answers = list(attempt.answers.select_related("item"))
        before = attempt.points
        for answer in answers:
            if answer.item_id == item.pk and answer.marked_by_id is None:
                answer.share = scoring.mark(item.item, answer.given, language=answer.language).share
        Answer.objects.bulk_update(answers, ["share"])
        _count(attempt, answers)
        changed += attempt.points != before
    return changed
