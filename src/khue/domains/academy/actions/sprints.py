"""Opening the sprint of a cohort, problems and who chooses them, mentors."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Activity, ActivityKind, Cohort, Entry, Problem, ProblemState, Sprint, Team
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sprints import check_can_run, check_is_member
from khue.domains.people.api import Actor
from khue.kernel.clock import now
from khue.kernel.errors import UserError

# that wait for the coordinator: more are a mistake or mischief
MOST_PROPOSED = 200


class ProblemTaken(UserError):
    """As many teams as it allows have chosen the problem."""


class ProblemNotOpen(UserError):
    """It is proposed only, or closed."""


class AtWork(UserError):
    """The team has handed in a stage on the problem that it chose before."""


class TooMany(UserError):
    """Too many proposals wait."""


@transaction.atomic
def of_cohort(activity: Activity, cohort: Cohort) -> Sprint:
    """The cohort's sprint with the problems of the programme and an entry for each team; a second time adds what is
    missing."""
    if activity.kind != ActivityKind.SPRINT:
        raise ValueError("no sprint")
    sprint, is_new = Sprint.objects.get_or_create(cohort=cohort, activity=activity)
    if is_new:
        Problem.objects.bulk_create(
            Problem(
                sprint=sprint,
                key=challenge.key,
                names=challenge.names,
                texts=challenge.about,
                agencies=challenge.agency or {},
                most_teams=challenge.teams,
                state=ProblemState.OPEN,
                position=position,
            )
            for position, challenge in enumerate(sprint.plan.challenges)
        )
    without = Team.objects.filter(cohort=cohort).exclude(entries__sprint=sprint)
    Entry.objects.bulk_create((Entry(sprint=sprint, team=team) for team in without), ignore_conflicts=True)
    return sprint


def clear_for_new_teams(cohort: Cohort) -> None:
    """Entries in which nothing was done go with their teams. Raises AtWork when somebody would lose something."""
    entries = Entry.objects.filter(sprint__cohort=cohort)
    used = entries.exclude(problem=None) | entries.exclude(texts=None) | entries.exclude(artefacts=None)
    if used.exists():
        raise AtWork(
            _("The teams are at work in the mini sprint. Move single people instead; nothing of the teams is changed.")
        )
    entries.delete()


@transaction.atomic
def choose(*, by: Actor, entry_id: UUID, problem_id: UUID) -> Entry:
    """The team takes a problem; the same again changes nothing. Of two teams at the last place one gets it.

    Raises ProblemTaken, ProblemNotOpen, AtWork, NotAllowed.
    """
    entry = Entry.objects.select_for_update(of=("self",)).select_related("sprint__cohort", "team").get(pk=entry_id)
    check_is_member(by, entry)
    # whoever comes second waits here until the first is stored
    problem = Problem.objects.select_for_update().get(pk=problem_id, sprint=entry.sprint_id)
    if entry.problem_id == problem.pk:
        return entry
    if entry.stages.exclude(round=0).exists():
        raise AtWork(_("Your team has handed in a stage already. The coordinator can change the problem."))
    _check_free(problem)
    entry.problem, entry.chosen_by_id, entry.chosen_at = problem, by.person_id, now()
    entry.save(update_fields=["problem", "chosen_by", "chosen_at", "updated_at"])
    return entry


def _check_free(problem: Problem) -> None:
    if problem.state != ProblemState.OPEN:
        raise ProblemNotOpen(_("This problem is not open. Choose another."))
    if problem.most_teams is not None and problem.entries.count() >= problem.most_teams:
        raise ProblemTaken(
            _("Another team was quicker: “%(problem)s” has all the teams that it can take. Choose another.")
            % {"problem": problem.name}
        )


def propose(
    *, by: By, sprint: Sprint, name: str, text: str, agency: str, contact: str, language: str, person_id: UUID | None
) -> Problem:
    """Waits for the coordinator; the same words again are the same proposal. Raises TooMany."""
    waiting = sprint.problems.filter(state=ProblemState.PROPOSED)
    names, texts = {language: name}, {language: text}
    if same := sprint.problems.filter(names=names, texts=texts).first():
        return same
    if waiting.count() >= MOST_PROPOSED:
        raise TooMany(_("Many proposals wait to be read. Try again later, or write to the coordinator."))
    agencies = {language: agency} if agency else {}
    return sprint.problems.create(
        names=names, texts=texts, agencies=agencies, contact=contact, proposed_by_id=person_id, position=1000
    )


def edit(
    *,
    by: By,
    problem: Problem,
    names: dict[str, str],
    texts: dict[str, str],
    agencies: dict[str, str],
    contact: str,
    most_teams: int | None,
    state: str,
) -> Problem:
    """By who runs the cohort. A lower limit takes nobody's problem away. Raises NotAllowed."""
    check_can_run(by, problem.sprint)
    problem.names, problem.texts, problem.agencies, problem.contact = names, texts, agencies, contact
    problem.most_teams, problem.state = most_teams, ProblemState(state)
    problem.save()
    return problem


def assign_mentors(*, by: By, entry: Entry, person_ids: Collection[UUID]) -> None:
    """Replaces the mentors. Raises NotAllowed."""
    check_can_run(by, entry.sprint)
    entry.mentors.set(list(person_ids))  # type: ignore[arg-type]  # keys


@transaction.atomic
def change_problem(*, by: Actor, entry_id: UUID, problem_id: UUID) -> None:
    """By who runs the cohort, at any time and beyond the limit: they know why. Raises NotAllowed."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("sprint__cohort").get(pk=entry_id)
    check_can_run(by, entry.sprint)
    entry.problem = entry.sprint.problems.get(pk=problem_id)
    entry.chosen_by_id, entry.chosen_at = by.person_id, now()
    entry.save(update_fields=["problem", "chosen_by", "chosen_at", "updated_at"])
