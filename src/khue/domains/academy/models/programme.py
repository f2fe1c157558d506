"""A programme and its versions. A version never changes: a running cohort keeps the one that it began with."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.texts import shown
from khue.domains.academy.rules.cohorts import TAKES_PART
from khue.kernel.models import Base


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Any) -> "ProgrammeQuerySet":
        """What a people.api.Actor finds in the catalogue: of their organisations, of those above, and where they are
        enrolled."""
        enrolled = models.Q(
            versions__cohorts__enrolments__person=actor.person_id,
            versions__cohorts__enrolments__state__in=list(TAKES_PART),
        )
        near = models.Q(organisation_id__in=actor.organisations | actor.above)
        return self.filter(pk__in=self.model.objects.filter(near | enrolled).values("pk"))


class Programme(Base):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    # the `id` of programme.yaml
    slug = models.SlugField(max_length=80)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="one_programme_per_slug")]

    def __str__(self) -> str:
        return self.slug


class ProgrammeVersion(Base):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="versions")
    # the `version` of programme.yaml
    number = models.CharField(max_length=20)
    # counts the loads of this programme: the newest has the highest
    position = models.IntegerField()
    # SHA-256 of the manifest of all files: the same folder has the same digest on every server
    digest = models.CharField(max_length=64)
    languages = models.JSONField(default=list)
    names = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    # anyone who sees the programme may read it without being enrolled
    is_open = models.BooleanField(default=False)
    # course.Programme as JSON: goals, timetable, surveys, sprint, rubrics, certificate
    definition = models.JSONField(default=dict)
    loaded_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["programme", "-position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["programme", "position"], name="one_version_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def name(self) -> str:
        return shown(self.names)

    @property
    def summary(self) -> str:
        return shown(self.summaries)


class Content(models.Model):
    """The bytes of files, each once whatever versions hold it; in the database, so that a version is there whole or
    not at all."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    octets = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class Material(Base):
    """A file of the version's folder, by its path in it."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="materials")
    path = models.CharField(max_length=300)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    size = models.IntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["version", "path"], name="one_material_per_path")]

    def __str__(self) -> str:
        return self.path


class Topic(Base):
    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="topics")
    key = models.SlugField(max_length=80)
    position = models.IntegerField()
    names = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    # language → list of what the learner can do afterwards
    objectives = models.JSONField(default=dict)
    minutes = models.IntegerField(default=0)
    # language → Markdown; images by paths in the version's folder
    pages = models.JSONField(default=dict)
    # what the page stands on: course.Source as JSON, with whether it is still to be confirmed
    sources = models.JSONField(default=list)

    # what only its own page shows: long, and left out where topics are only named
    PAGE = ("pages", "summaries", "objectives", "sources")

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_topic_per_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)

    @property
    def summary(self) -> str:
        return shown(self.summaries)


class ActivityKind(models.TextChoices):
    EXERCISE = "exercise", _("Exercise")
    LAB = "lab", _("Lab")
    QUIZ = "quiz", _("Quiz")
    SURVEY = "survey", _("Survey")
    SPRINT = "sprint", _("Mini sprint")
    DISCUSSION = "discussion", pgettext_lazy("activity", "Discussion")


class Activity(Base):
    """Something to do. `definition` is the part of the folder that describes it: course.Quiz, Survey, Lab … as JSON."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="activities")
    # none: of the whole programme, as a survey before it
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="activities")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=ActivityKind.choices)
    position = models.IntegerField()
    names = models.JSONField(default=dict)
    minutes = models.IntegerField(default=0)
    definition = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "position"]
        verbose_name_plural = "activities"
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_activity_per_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)
