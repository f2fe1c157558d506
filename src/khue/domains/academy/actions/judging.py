"""The demo day: who judges, in which order teams present, what is given; the chair closes and reveals.

A phone sends the same sheet as often as it likes: what was given later counts, whatever arrives when.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Comparison, Entry, FollowUp, Judge, Recusal, Sheet, Sprint
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sprints import check_can_run, check_is_chair, is_chair
from khue.domains.academy.queries import judging as queries
from khue.domains.academy.rules.sprints import months_later
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import NotAllowed, UserError


class ScoringClosed(UserError):
    """Not opened yet, or closed by the chair."""


class Conflicted(UserError):
    """The judge leaves this team out."""


class BadScore(UserError):
    """Points that no level of the criterion has."""


class HasScored(UserError):
    """What the judge gave would go with them."""


class Revealed(UserError):
    """The result is there; nothing of the demo day changes any more."""


class NothingToReveal(UserError):
    """No complete sheet yet, or scoring still goes on."""


def appoint(*, by: By, sprint: Sprint, person_id: UUID, agency: str = "", place_id: UUID | None = None) -> Judge:
    """A second time corrects agency and place. Raises Revealed, NotAllowed."""
    _check_arranges(by, sprint)
    given = {"agency": agency.strip(), "place_id": place_id}
    return sprint.judges.update_or_create(person_id=person_id, defaults=given)[0]


def dismiss(*, by: By, sprint: Sprint, judge_id: UUID) -> None:
    """Raises HasScored, Revealed, NotAllowed."""
    _check_arranges(by, sprint)
    judge = sprint.judges.filter(pk=judge_id).first()
    if judge and judge.sheets.exists():
        raise HasScored(_("This judge has scored. Their sheets stay, and so do they."))
    if judge:
        judge.delete()


@transaction.atomic
def set_chair(*, by: By, sprint: Sprint, person_id: UUID | None) -> None:
    """Raises Revealed, NotAllowed; and once scoring has been opened, for all but the chair."""
    _check_arranges(by, sprint)
    if sprint.opened_at and not is_chair(by, sprint):
        raise NotAllowed(_("Scoring has begun: only the chair hands the chair over."))
    sprint.chair_id = person_id
    sprint.save(update_fields=["chair", "updated_at"])


@transaction.atomic
def set_order(*, by: By, sprint: Sprint, entry_ids: Sequence[UUID]) -> None:
    """The running order; entries that are left out do not present. Raises Revealed, NotAllowed."""
    _check_arranges(by, sprint)
    places = {entry_id: position for position, entry_id in enumerate(entry_ids, 1)}
    for entry in sprint.entries.select_for_update():
        entry.position = places.get(entry.pk)
        entry.save(update_fields=["position", "updated_at"])


@transaction.atomic
def present(*, by: By, sprint: Sprint, entry_id: UUID | None) -> None:
    """Who stands on the stage now; None: a break. Whoever is in the team then has presented. Raises NotAllowed."""
    if not is_chair(by, sprint):
        check_can_run(by, sprint)
    entry = sprint.entries.select_for_update().get(pk=entry_id) if entry_id else None
    if entry and entry.presented_at is None:
        entry.presented_at = now()
        entry.save(update_fields=["presented_at", "updated_at"])
        keys: list[Any] = list(entry.team.enrolments.taking_part().values_list("person", flat=True))
        entry.presenters.set(keys)
    sprint.presenting = entry
    sprint.save(update_fields=["presenting", "updated_at"])


def open_scoring(*, by: Actor, sprint: Sprint) -> None:
    """Also once more after it was closed, until the result is revealed. Raises Revealed, NotAllowed."""
    check_is_chair(by, sprint)
    _check_not_revealed(sprint)
    sprint.opened_at, sprint.closed_at = sprint.opened_at or now(), None
    sprint.save(update_fields=["opened_at", "closed_at", "updated_at"])


def close_scoring(*, by: Actor, sprint: Sprint) -> None:
    """Raises NotAllowed."""
    check_is_chair(by, sprint)
    if sprint.is_scoring:
        sprint.closed_at = now()
        sprint.save(update_fields=["closed_at", "updated_at"])


@transaction.atomic
def score(*, by: Actor, sprint_id: UUID, entry_id: UUID, points: Mapping[str, int], note: str, serial: int) -> Sheet:
    """A judge's sheet for a team: criterion → points of a level; criteria may still be missing.

    Raises Judge.DoesNotExist, ScoringClosed, Conflicted, BadScore.
    """
    judge, entry = _judge(by, sprint_id), Entry.objects.get(pk=entry_id, sprint=sprint_id)
    _check_levels(judge.sprint, points)
    if reasons := queries.reasons(judge, entry):
        raise Conflicted(_("You leave this team out: %(reason)s.") % {"reason": reasons[0]})
    sheet = Sheet.objects.select_for_update().get_or_create(judge=judge, entry=entry)[0]
    if sheet.serial < serial:
        sheet.points, sheet.note, sheet.serial = dict(points), note.strip()[:5000], serial
        sheet.save(update_fields=["points", "note", "serial", "updated_at"])
    return sheet


@transaction.atomic
def compare(
    *, by: Actor, sprint_id: UUID, first_id: UUID, second_id: UUID, better_id: UUID | None, serial: int
) -> Comparison:
    """Which of two teams a judge would rather see go on; None: neither. Raises Judge.DoesNotExist, ScoringClosed,
    Conflicted, BadScore."""
    judge = _judge(by, sprint_id)
    pair = sorted((first_id, second_id))
    entries = list(Entry.objects.filter(pk__in=pair, sprint=sprint_id))
    if len(entries) < 2 or better_id not in {*pair, None}:
        raise BadScore(_("These are not two teams of this demo day."))
    if any(queries.reasons(judge, entry) for entry in entries):
        raise Conflicted(_("You leave one of these teams out."))
    found = Comparison.objects.select_for_update().get_or_create(judge=judge, first_id=pair[0], second_id=pair[1])[0]
    if found.serial < serial:
        found.better_id, found.serial = better_id, serial
        found.save(update_fields=["better", "serial", "updated_at"])
    return found


def _judge(by: Actor, sprint_id: UUID) -> Judge:
    """While scoring is open: the sprint's row is locked, so that it is not closed between check and write."""
    sprint = Sprint.objects.select_for_update(of=("self",)).select_related("activity").get(pk=sprint_id)
    judge = Judge.objects.get(sprint=sprint, person=by.person_id)
    judge.sprint = sprint
    if not sprint.is_scoring:
        raise ScoringClosed(
            _("Scoring is not open. What you gave is kept on this device and sent when the chair opens it.")
        )
    return judge


def _check_levels(sprint: Sprint, points: Mapping[str, int]) -> None:
    levels = {criterion["key"]: {level["points"] for level in criterion["levels"]}
              for criterion in queries.rubric(sprint)["criteria"]}  # fmt: skip
    if any(value not in levels.get(key, ()) for key, value in points.items()):
        raise BadScore(_("These points are no level of the criteria. Load the page again."))


def recuse(*, by: Actor, sprint: Sprint, judge_id: UUID, entry_id: UUID, reason: str) -> Recusal:
    """Declared by the judge, or set by who runs the day: what the judge has given the team goes. A second time changes
    nothing. Raises Revealed, NotAllowed."""
    judge = sprint.judges.get(pk=judge_id)
    if judge.person_id != by.person_id:
        _check_arranges(by, sprint)
    _check_not_revealed(sprint)
    with transaction.atomic():
        entry = sprint.entries.get(pk=entry_id)
        given = {"reason": reason.strip()[:300], "declared_by_id": by.person_id}
        found = Recusal.objects.get_or_create(judge=judge, entry=entry, defaults=given)[0]
        judge.sheets.filter(entry=entry).delete()
        judge.comparisons.filter(Q(first=entry) | Q(second=entry)).delete()
    return found


@transaction.atomic
def reveal(*, by: Actor, sprint: Sprint) -> None:
    """Stores the result and shows it to everybody; from then on it stays as it is, and what became of each entry is
    asked later. A second time changes nothing. Raises NothingToReveal, NotAllowed."""
    check_is_chair(by, sprint)
    sprint = Sprint.objects.select_for_update(of=("self",)).select_related("activity", "cohort").get(pk=sprint.pk)
    if sprint.revealed_at:
        return
    if sprint.is_scoring:
        raise NothingToReveal(_("Close the scoring first."))
    result = queries.computed(sprint)
    if result is None:
        raise NothingToReveal(_("There is no complete sheet yet."))
    sprint.result, sprint.revealed_at = queries.as_json(result, sprint), now()
    sprint.save(update_fields=["result", "revealed_at", "updated_at"])
    FollowUp.objects.bulk_create(_follow_ups(sprint, sprint.revealed_at.date()), ignore_conflicts=True)


def _follow_ups(sprint: Sprint, on: date) -> Iterator[FollowUp]:
    for entry in sprint.entries.exclude(problem=None):
        for months in sprint.plan.follow_up_months:
            yield FollowUp(entry=entry, months=months, due_on=months_later(on, months))


def _check_arranges(by: By, sprint: Sprint) -> None:
    if not is_chair(by, sprint):
        check_can_run(by, sprint)
    _check_not_revealed(sprint)


def _check_not_revealed(sprint: Sprint) -> None:
    if sprint.revealed_at:
        raise Revealed(_("The result is revealed; nothing of the demo day changes any more."))
