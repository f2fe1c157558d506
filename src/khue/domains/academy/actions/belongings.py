"""All that hangs on an enrolment, or on a person as a participant, and how two people's of it become one's.

A table that names an enrolment or a person gets a line here: in BELONGINGS if it is carried over when two enrolments of
one human being are made one, in STAYS if it says who did something as staff, or is the record of something. A test
fails for a table that has none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.core import serializers
from django.db import transaction
from django.db.models import F, Model, QuerySet

from khue.domains.academy import models
from khue.domains.academy.actions.attempts import hand_in_as_is
from khue.domains.academy.models import Cohort
from khue.domains.academy.rules.attendance import Presence
from khue.domains.academy.rules.labs import WAITING, SubmissionState
from khue.kernel import clock

Row = Any
# of (ours, theirs) the one that stays, perhaps with something of the other
Join = Callable[[Row, Row], Row]


@dataclass
class Carried:
    """`set_aside`: rows that gave way, as they were."""

    rows: int = 0
    set_aside: list[dict[str, Any]] = field(default_factory=list)


def ours(mine: Row, theirs: Row) -> Row:
    return mine


@dataclass(frozen=True)
class Belonging:
    """Rows of `model` whose `field` is an enrolment or a person. `cohort`: the way from a row to its cohort, "" where
    the enrolment says it. `once`: with these equal, somebody has one row; `join` then says which of two it is."""

    model: type[Model]
    field: str
    cohort: str = ""
    once: tuple[str, ...] = ()
    join: Join = ours

    @property
    def name(self) -> str:
        return self.model.__name__

    def rows(self, cohort: Cohort, owner: UUID) -> "QuerySet[Any]":
        where: dict[str, Any] = {self.field: owner} | ({self.cohort: _end(self.cohort, cohort)} if self.cohort else {})
        return cast("QuerySet[Any]", self.model._default_manager.filter(**where))

    @transaction.atomic
    def carry(self, cohort: Cohort, owner: UUID, to: UUID) -> Carried:
        done = Carried()
        there = {self._place(row): row for row in self.rows(cohort, to)} if self.once else {}
        for row in self.rows(cohort, owner):
            other = there.get(self._place(row)) if self.once else None
            if other is None:
                self._give(row, to)
            else:
                self._join(other, row, to, done)
            done.rows += 1
        return done

    def _place(self, row: Row) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.once)

    def _give(self, row: Row, to: UUID) -> None:
        # by a statement of its own: the time at which it was last changed by the participant stays
        self.model._default_manager.filter(pk=row.pk).update(**{self.field: to})

    def _join(self, mine: Row, theirs: Row, to: UUID, done: Carried) -> None:
        before = {id(mine): as_it_is(mine), id(theirs): as_it_is(theirs)}
        stays = self.join(mine, theirs)
        goes = theirs if stays is mine else mine
        done.set_aside.append(before[id(goes)])
        goes.delete()
        setattr(stays, f"{self.field}_id", to)
        stays.save()


@dataclass(frozen=True)
class Numbered(Belonging):
    """Rows that somebody has in order: numbered anew from 1, by when they began. `settle` is asked first, so that not
    both have one that is open."""

    began: str = "created_at"
    settle: Callable[[list[Row]], None] = lambda rows: None

    @transaction.atomic
    def carry(self, cohort: Cohort, owner: UUID, to: UUID) -> Carried:
        theirs = list(self.rows(cohort, owner))
        everywhere = {self._place(row) for row in theirs}
        mine = [row for row in self.rows(cohort, to) if self._place(row) in everywhere]
        for place in everywhere:
            together = [row for row in [*mine, *theirs] if self._place(row) == place]
            together.sort(key=lambda row: getattr(row, self.began))
            self.settle(together)
            self._number(together, to)
        return Carried(len(theirs))

    def _number(self, rows: list[Row], to: UUID) -> None:
        """First out of the way of each other, then where they belong."""
        table = self.model._default_manager
        table.filter(pk__in=[row.pk for row in rows]).update(number=F("number") + 1_000_000)
        # who had numbers of the other's person keeps clear of them too
        for number, row in enumerate(rows, 1):
            table.filter(pk=row.pk).update(number=2_000_000 + number)
        for number, row in enumerate(rows, 1):
            table.filter(pk=row.pk).update(number=number, **{self.field: to})


@dataclass(frozen=True)
class OneOpen(Belonging):
    """Rows of which somebody has one at most that is not settled: the own one stays up, the other counts as settled."""

    @transaction.atomic
    def carry(self, cohort: Cohort, owner: UUID, to: UUID) -> Carried:
        if self.rows(cohort, to).filter(settled_at=None).exists():
            self.rows(cohort, owner).filter(settled_at=None).update(settled_at=clock.now())
        return super().carry(cohort, owner, to)


def as_it_is(row: Row) -> dict[str, Any]:
    (found,) = serializers.serialize("python", [row])
    return {"pk": str(row.pk), **{name: _plain(value) for name, value in found["fields"].items()}}


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str | list | dict | None) else str(value)


def _end(path: str, cohort: Cohort) -> Any:
    return cohort.version_id if path.endswith("version") else cohort.pk


# Which of two stays ----------------------------------------------------------------------------

RANK = [Presence.ABSENT, Presence.HELD, Presence.EXCUSED, Presence.LATE, Presence.PRESENT]


def _better_presence(mine: Row, theirs: Row) -> Row:
    best = max((mine, theirs), key=lambda row: (RANK.index(Presence(row.presence)), row is mine))
    # two devices at once are one presence: the longer, not both
    best.online_minutes = max(mine.online_minutes, theirs.online_minutes)
    return best


def _farther(mine: Row, theirs: Row) -> Row:
    mine.section = max(mine.section, theirs.section)
    mine.finished_at = min(filter(None, (mine.finished_at, theirs.finished_at)), default=None)
    return mine


def _done_grade(mine: Row, theirs: Row) -> Row:
    return theirs if theirs.done_at and not mine.done_at else mine


def _one_open_attempt(rows: list[Row]) -> None:
    """The one begun last goes on; what was answered in the others counts."""
    for attempt in [row for row in rows if row.finished_at is None][:-1]:
        hand_in_as_is(attempt)


def _one_open_submission(rows: list[Row]) -> None:
    """The newest draft, and the newest that waits to be graded, stand for the others."""
    for states in ({SubmissionState.DRAFT}, WAITING):
        for submission in [row for row in rows if row.state in states][:-1]:
            submission.state = SubmissionState.SUPERSEDED
            submission.save(update_fields=["state", "updated_at"])


BELONGINGS: tuple[Belonging, ...] = (
    Belonging(models.Attendance, "enrolment", once=("session_id",), join=_better_presence),
    Belonging(models.AttendanceChange, "enrolment"),
    Belonging(models.InvitationLetter, "enrolment"),
    Belonging(models.EnrolmentMerge, "enrolment"),
    OneOpen(models.Hand, "enrolment"),
    Belonging(models.Reading, "person", "topic__version", once=("topic_id",), join=_farther),
    Numbered(
        models.Attempt, "person", "sitting__cohort", once=("sitting_id",), began="started_at", settle=_one_open_attempt
    ),
    # of an anonymous survey only this says that somebody replied; a reply cannot be told from another's
    Belonging(models.SurveyDone, "person", "cohort", once=("activity_id",)),
    Belonging(models.SurveyReply, "person", "cohort", once=("activity_id",)),
    Numbered(models.Submission, "person", "cohort", once=("activity_id",), settle=_one_open_submission),
    Belonging(models.Grade, "grader", "submission__cohort", once=("submission_id",), join=_done_grade),
    # of two that hold the merge is refused: what is signed names its person for good
    Belonging(models.Certificate, "person", "cohort"),
    # what somebody did in their team
    Belonging(models.Problem, "proposed_by", "sprint__cohort"),
    Belonging(models.Entry, "chosen_by", "sprint__cohort"),
    Belonging(models.Entry.presenters.through, "person", "entry__sprint__cohort", once=("entry_id",)),
    Belonging(models.StageWork, "handed_in_by", "entry__sprint__cohort"),
    Belonging(models.CanvasText, "written_by", "entry__sprint__cohort"),
    Belonging(models.Artefact, "added_by", "entry__sprint__cohort"),
    Belonging(models.Publication, "written_by", "entry__sprint__cohort"),
    Belonging(models.Consent, "person", "publication__entry__sprint__cohort", once=("publication_id",)),
    Belonging(models.FollowUp, "answered_by", "entry__sprint__cohort"),
    Belonging(models.Notice, "person", "cohort", once=("kind", "thing_id")),
)

# Staff, and records: they go on naming the account that did it
STAYS: frozenset[tuple[str, str]] = frozenset(
    {
        ("Enrolment", "person"),  # merged itself
        ("Enrolment", "enrolled_by"),
        ("EnrolmentMerge", "person"),
        ("EnrolmentMerge", "from_person"),
        ("EnrolmentMerge", "by"),
        ("InvitationLetter", "asked_by"),
        ("NewsLetter", "person"),  # a letter that went to this address
        ("AttendanceChange", "by"),
        ("Answer", "marked_by"),
        ("Cohort", "created_by"),
        ("Cohort", "decided_by"),
        ("BankItem", "made_by"),
        ("Certificate", "ended_by"),
        ("CertificateBatch", "asked_by"),
        ("IssuerKey", "ended_by"),
        ("Hand", "taken_by"),
        ("Hand", "settled_by"),
        ("Question", "judged_by"),
        ("Poll", "opened_by"),
        ("RosterFile", "uploaded_by"),
        ("ProgrammeVersion", "loaded_by"),
        ("Session", "trainers"),
        ("SessionPlace", "trainers"),
        ("Sprint", "chair"),
        ("Entry", "mentors"),
        ("GateDecision", "decided_by"),
        ("Judge", "person"),
        ("Recusal", "declared_by"),
    }
)


def carry(cohort: Cohort, owners: Iterable[tuple[Belonging, UUID, UUID]]) -> dict[str, Carried]:
    """By the name of the table; only those with rows."""
    done = {belonging.name: belonging.carry(cohort, owner, to) for belonging, owner, to in owners}
    return {name: carried for name, carried in done.items() if carried.rows}


def counts(cohort: Cohort, *, enrolment_id: UUID, person_id: UUID) -> dict[str, int]:
    """What would be carried over, by the name of the table."""
    owner = {"enrolment": enrolment_id}
    found = {b.name: b.rows(cohort, owner.get(b.field, person_id)).count() for b in BELONGINGS}
    return {name: count for name, count in found.items() if count}
