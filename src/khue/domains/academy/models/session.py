"""A session of a cohort: one time for all places."""

from django.db import models

from khue.domains.academy.models.cohort import Cohort, Place
from khue.domains.academy.models.programme import Topic
from khue.domains.academy.models.texts import shown
from khue.kernel.models import Base


class Session(Base):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    # the key in the programme's timetable; sessions that were added later have one of their own
    key = models.SlugField(max_length=80)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    names = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # who come this many minutes after the beginning are late
    late_after = models.PositiveSmallIntegerField(default=15)
    # at every place; more of them at one place: SessionPlace
    trainers = models.ManyToManyField("people.Person", related_name="+", blank=True)
    # counts the changes of its time and place: calendars take the highest (RFC 5545, SEQUENCE)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["cohort", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "key"], name="one_session_per_key"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return shown(self.names)


class SessionPlace(Base):
    """What one place has of its own at a session; what is empty here is the place's, or the session's."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="at_sessions")
    trainers = models.ManyToManyField("people.Person", related_name="+", blank=True)
    room = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "place"], name="one_row_per_session_and_place")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.place_id}"
