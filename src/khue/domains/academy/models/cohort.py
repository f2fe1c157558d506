"""A cohort: one version of a programme, run once by an organisation, at several places."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.programme import ProgrammeVersion
from khue.domains.academy.models.texts import shown
from khue.domains.academy.rules.cohorts import TAKES_PART, CohortState, closes_on, state_on
from khue.kernel import clock
from khue.kernel.models import Base

STATE_LABELS = {
    CohortState.PLANNED: pgettext_lazy("state of a cohort", "Planned"),
    CohortState.RUNNING: pgettext_lazy("state of a cohort", "Running"),
    CohortState.CLOSED: pgettext_lazy("state of a cohort", "Closed"),
}


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, actor: Any) -> "CohortQuerySet":
        """Run in an organisation that a people.api.Actor sees, or one where they are enrolled."""
        enrolled = models.Q(enrolments__person=actor.person_id, enrolments__state__in=list(TAKES_PART))
        near = models.Q(organisation_id__in=actor.organisations)
        return self.filter(pk__in=self.model.objects.filter(near | enrolled).values("pk"))


class Cohort(Base):
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="cohorts")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    names = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField()
    time_zone = models.CharField(max_length=50, default="Asia/Ho_Chi_Minh")
    # running or closed, when somebody said so; else its dates alone tell
    decided = models.CharField(
        max_length=10,
        choices=[(state.value, STATE_LABELS[state]) for state in (CohortState.RUNNING, CohortState.CLOSED)],
        blank=True,
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_cohort_per_slug"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="cohort_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)

    @property
    def state(self) -> CohortState:
        """Today, where the cohort is."""
        return state_on(
            clock.now().astimezone(ZoneInfo(self.time_zone)).date(),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            decided=CohortState(self.decided) if self.decided else None,
            decided_on=self.decided_on,
        )

    @property
    def decided_on(self) -> date | None:
        return self.decided_at.astimezone(ZoneInfo(self.time_zone)).date() if self.decided_at else None

    @property
    def closes_on(self) -> date:
        """The last day before it closes by itself."""
        return closes_on(self.ends_on, running_since=self.decided_on if self.decided == CohortState.RUNNING else None)

    @property
    def shown_state(self) -> str:
        return str(STATE_LABELS[self.state])


class PlaceKind(models.TextChoices):
    ROOM = "room", _("Room")
    ONLINE = "online", pgettext_lazy("place of a session", "Online")


class Place(Base):
    """Where a part of the cohort sits: the head office, a branch campus, or online."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="places")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices, default=PlaceKind.ROOM)
    names = models.JSONField(default=dict)
    # the campus; none online
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    room = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["cohort", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["cohort", "key"], name="one_place_per_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)


class Team(Base):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(max_length=100)
    position = models.IntegerField(default=0)

    class Meta:
        ordering = ["cohort", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="one_team_per_name")]

    def __str__(self) -> str:
        return self.name


class RosterFile(Base):
    """A list of participants that was looked at and waits to be taken or thrown away; gone after a day."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="roster_files")
    name = models.CharField(max_length=200)
    octets = models.BinaryField()
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return self.name
