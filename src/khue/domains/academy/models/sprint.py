"""The mini sprint of a cohort: problems, the teams' entries, their canvases, artefacts and gates."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.course.sprint import Sprint as Plan
from khue.domains.academy.models.cohort import Cohort, Team
from khue.domains.academy.models.programme import Activity, Content
from khue.domains.academy.models.texts import shown
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.kernel.models import Base


class SprintQuerySet(models.QuerySet["Sprint"]):
    def visible_to(self, actor: Any, *, runs: bool) -> "SprintQuerySet":
        """Of those who take part, mentor or judge; with `runs`, also of the cohorts of a people.api.Actor's branch."""
        person = actor.person_id
        near = models.Q(cohort__enrolments__person=person, cohort__enrolments__state__in=list(TAKES_PART))
        near |= models.Q(entries__mentors=person) | models.Q(judges__person=person) | models.Q(chair=person)
        if runs:
            near |= models.Q(cohort__organisation_id__in=actor.branch)
        return self.filter(pk__in=self.model.objects.filter(near).values("pk"))


class Sprint(Base):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sprints")
    # its definition is a course.sprint.Sprint
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="sprints")
    # leads the demo day and reveals its result; nobody else sees it before
    chair = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    presenting = models.ForeignKey("Entry", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="judges may score from then on")
    closed_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    # judging.results.Result as it was revealed
    result = models.JSONField(default=dict, blank=True)

    objects = SprintQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["cohort", "activity"], name="one_sprint_per_cohort")]

    def __str__(self) -> str:
        return self.activity.name

    @property
    def plan(self) -> Plan:
        return Plan.model_validate(self.activity.definition)

    @property
    def is_scoring(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class ProblemState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("problem", "Proposed")
    OPEN = "open", pgettext_lazy("problem", "Open")
    CLOSED = "closed", pgettext_lazy("problem", "Closed")


class Problem(Base):
    """Proposed by an agency or a participant, or brought by the programme; teams choose among the open ones."""

    sprint = models.ForeignKey(Sprint, on_delete=models.CASCADE, related_name="problems")
    # of the programme's challenge; empty: proposed
    key = models.SlugField(max_length=80, blank=True)
    names = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    agencies = models.JSONField(default=dict, blank=True)
    # who answers questions of the teams
    contact = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ProblemState.choices, default=ProblemState.PROPOSED)
    # how many teams may choose it; none: as many as like
    most_teams = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.IntegerField(default=0)
    proposed_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["sprint", "position", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["sprint", "key"], condition=~models.Q(key=""), name="one_problem_per_key")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)

    @property
    def text(self) -> str:
        return shown(self.texts)

    @property
    def agency(self) -> str:
        return shown(self.agencies)


class Entry(Base):
    """What a team does in the sprint. It stays when people leave the team."""

    sprint = models.ForeignKey(Sprint, on_delete=models.CASCADE, related_name="entries")
    team = models.ForeignKey(Team, on_delete=models.RESTRICT, related_name="entries")
    problem = models.ForeignKey(Problem, null=True, blank=True, on_delete=models.RESTRICT, related_name="entries")
    chosen_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField(null=True, blank=True)
    mentors = models.ManyToManyField("people.Person", related_name="+", blank=True)
    # in the running order of the demo day
    position = models.IntegerField(null=True, blank=True)
    presented_at = models.DateTimeField(null=True, blank=True)
    # who was in the team then: they keep it when they leave the team later
    presenters = models.ManyToManyField("people.Person", related_name="+", blank=True)

    class Meta:
        ordering = ["sprint", "team__position", "team__name"]
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["sprint", "team"], name="one_entry_per_team")]

    def __str__(self) -> str:
        return self.team.name


class StageState(models.TextChoices):
    WORKING = "working", pgettext_lazy("stage of a sprint", "At work")
    WAITING = "waiting", pgettext_lazy("stage of a sprint", "Waiting for a mentor")
    PASSED = "passed", pgettext_lazy("stage of a sprint", "Passed")
    RETURNED = "returned", pgettext_lazy("stage of a sprint", "Sent back")


class StageWork(Base):
    """How far an entry is with one stage; none: not begun."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="stages")
    key = models.SlugField(max_length=80)
    state = models.CharField(max_length=10, choices=StageState.choices, default=StageState.WORKING)
    # counts how often it was handed in
    round = models.PositiveSmallIntegerField(default=0)
    handed_in_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "created_at"]
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_work_per_stage")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.key} {self.state}"


class GateDecision(Base):
    """A mentor's word on one handing in."""

    work = models.ForeignKey(StageWork, on_delete=models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()
    # keys of the gate's criteria that are met
    met = models.JSONField(default=list)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["work", "-round"]
        constraints = [models.UniqueConstraint(fields=["work", "round"], name="one_decision_per_round")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.round}"


class CanvasText(Base):
    """What stood in a field of a canvas; nothing is overwritten, the highest version counts."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="texts")
    stage = models.SlugField(max_length=80)
    field = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["entry", "stage", "field", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "stage", "field", "version"], name="one_text_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.version}"


class Artefact(Base):
    """What was made in a stage: a file, an address, or a thing of a tool of this server."""

    FILE, LINK, TOOL = "file", "link", "tool"
    KINDS = ((FILE, _("File")), (LINK, _("Web address")), (TOOL, _("Made with a tool of this server")))

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="artefacts")
    stage = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True)
    content = models.ForeignKey(Content, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    size = models.IntegerField(default=0)
    # a tool's kind of artefact, its id there and what it said of it when it was added
    tool = models.CharField(max_length=40, blank=True)
    thing_id = models.CharField(max_length=80, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    added_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["entry", "created_at"]

    def __str__(self) -> str:
        return self.name
