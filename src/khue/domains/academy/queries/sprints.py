"""Reads of mini sprints: who sees which, how far the teams are, what counts towards a certificate."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from khue.domains.academy.course.lab import Tool
from khue.domains.academy.course.sprint import Sprint as Plan
from khue.domains.academy.course.sprint import Stage
from khue.domains.academy.models import (
    CanvasText,
    Cohort,
    Enrolment,
    Entry,
    GateDecision,
    Problem,
    ProblemState,
    Sprint,
    StageState,
    StageWork,
)
from khue.domains.academy.permissions.programmes import can_teach
from khue.domains.academy.rules.sprints import PASSED, Progress, current, is_open, may_hand_in, progress
from khue.domains.people.api import Actor
from khue.kernel import artefacts


@dataclass(frozen=True)
class SprintStanding:
    """`passed` of `stages` gates. It is passed (`is_passed`) when all are and the team has presented."""

    state: Progress
    passed: int
    stages: int
    is_presented: bool

    @property
    def is_passed(self) -> bool:
        return self.is_presented and self.passed >= self.stages


def standings(cohort: Cohort, person_ids: Iterable[UUID] | None = None) -> dict[tuple[UUID, UUID], SprintStanding]:
    """(person, activity) → standing, for the sprints of the cohort; nobody who is in no team. Whoever presented keeps
    it, also when they leave the team afterwards. Four queries however many people."""
    entries = list(
        Entry.objects.filter(sprint__cohort=cohort)
        .select_related("sprint__activity")
        .prefetch_related("presenters", "stages")
    )
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for person_id, team_id in cohort.enrolments.taking_part().exclude(team=None).values_list("person_id", "team_id"):
        members[team_id].add(person_id)
    wanted = None if person_ids is None else set(person_ids)
    plans = {entry.sprint_id: [stage.key for stage in entry.sprint.plan.stages] for entry in entries}
    found: dict[tuple[UUID, UUID], SprintStanding] = {}
    # those who presented last, so that it replaces what a team says that they joined later
    for entry, people in [(entry, members[entry.team_id]) for entry in entries] + [
        (entry, {person.pk for person in entry.presenters.all()}) for entry in entries if entry.presented_at
    ]:
        standing = _standing(entry, plans[entry.sprint_id])
        for person_id in people if wanted is None else people & wanted:
            found[person_id, entry.sprint.activity_id] = standing
    return found


def _standing(entry: Entry, keys: list[str]) -> SprintStanding:
    passed = sum(work.state == PASSED and work.key in keys for work in entry.stages.all())
    presented = entry.presented_at is not None
    state = progress(has_problem=entry.problem_id is not None, passed=passed, stages=len(keys), is_presented=presented)
    return SprintStanding(state, passed, len(keys), presented)


def seen_by(actor: Actor) -> QuerySet[Sprint]:
    return Sprint.objects.visible_to(actor, runs=can_teach(actor)).select_related(
        "cohort__version__programme", "activity", "chair"
    )


def entries(sprint: Sprint) -> QuerySet[Entry]:
    """With all that a board shows of them."""
    people = Enrolment.objects.on_roll().taking_part()
    return (
        sprint.entries.select_related("team", "problem", "sprint__activity")
        .prefetch_related("stages", "mentors", Prefetch("team__enrolments", queryset=people, to_attr="members"))
        .order_by("team__position", "team__name")
    )


def entry_of(actor: Actor, sprint: Sprint) -> Entry | None:
    """Of the team in which the person is now."""
    mine = Enrolment.objects.taking_part().filter(cohort=sprint.cohort_id, person=actor.person_id)
    return sprint.entries.filter(team__in=mine.values("team")).select_related("team", "problem").first()


def members_of(entry: Entry) -> list[Enrolment]:
    """Who is in the team now."""
    return list(entry.team.enrolments.on_roll().taking_part())


def problems(sprint: Sprint, *, all_states: bool) -> list[Problem]:
    """Each with `takers`, the entries that chose it."""
    shown = Q() if all_states else Q(state=ProblemState.OPEN)
    takers = Entry.objects.select_related("team")
    return list(sprint.problems.filter(shown).prefetch_related(Prefetch("entries", queryset=takers, to_attr="takers")))


def works(entry: Entry) -> dict[str, StageWork]:
    decisions = GateDecision.objects.select_related("decided_by")
    found = entry.stages.select_related("handed_in_by").prefetch_related(
        Prefetch("decisions", queryset=decisions, to_attr="said")
    )
    return {work.key: work for work in found}


def texts(entry: Entry, stage: str) -> dict[str, CanvasText]:
    """Field → what stands in it now."""
    newest = entry.texts.filter(stage=stage).order_by("field", "-version").distinct("field")
    return {text.field: text for text in newest.select_related("written_by")}


def all_texts(entry: Entry) -> dict[tuple[str, str], CanvasText]:
    newest = entry.texts.order_by("stage", "field", "-version").distinct("stage", "field")
    return {(text.stage, text.field): text for text in newest}


@dataclass(frozen=True)
class Step:
    """A stage as a team stands before it. `said`: the mentors' words, the latest first."""

    stage: Stage
    work: StageWork | None
    is_open: bool
    may_hand_in: bool
    is_current: bool
    said: tuple[GateDecision, ...]

    @property
    def state(self) -> str:
        return self.work.state if self.work else ""

    @property
    def round(self) -> int:
        return self.work.round if self.work else 0


def steps(entry: Entry) -> list[Step]:
    plan, done = entry.sprint.plan, works(entry)
    keys = [stage.key for stage in plan.stages]
    states = {key: work.state for key, work in done.items()}
    now = current(keys, states)
    return [
        Step(
            stage,
            done.get(stage.key),
            entry.problem_id is not None and is_open(keys, states, stage.key),
            may_hand_in(keys, states, stage.key),
            stage.key == now,
            tuple(done[stage.key].said) if stage.key in done else (),  # type: ignore[attr-defined]
        )
        for stage in plan.stages
    ]


def ahead(steps: Iterable[Step]) -> Step | None:
    """What a team goes on with: the first stage that is open and neither passed nor before a mentor."""
    done = {StageState.PASSED.value, StageState.WAITING.value}
    return next((step for step in steps if step.is_open and step.state not in done), None)


def cells(entry: Entry, plan: Plan) -> list[tuple[Stage, StageWork | None]]:
    """Of a board's row, from what `entries` has read."""
    done = {work.key: work for work in entry.stages.all()}
    return [(stage, done.get(stage.key)) for stage in plan.stages]


def own_things(person_id: UUID) -> list[tuple[str, str, str]]:
    """What the person made with the tools of this server: (kind, id, title), the latest of each kind first."""
    kinds = [kind for tool in get_args(Tool) for kind in artefacts.of_tool(tool)]
    return [(kind.name, str(made.id), f"{kind.label}: {made.title}") for kind in kinds
            for made in kind.made_by(person_id, limit=10)]  # fmt: skip


def presented(cohort: Cohort) -> int:
    """How many teams."""
    return Entry.objects.filter(sprint__cohort=cohort).exclude(presented_at=None).count()
