"""How far a person has read a topic's page."""

from django.db import models

from khue.domains.academy.models.programme import Topic
from khue.kernel.models import Base


class Reading(Base):
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="readings")
    # the last heading that was reached, counted from 0, to come back to
    section = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_reading_per_topic")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.topic_id}"
