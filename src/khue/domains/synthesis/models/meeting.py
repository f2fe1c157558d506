"""Notes or a transcript of a meeting, and what was decided in it."""

from django.db import models

from khue.domains.synthesis.models.synthesis import Owned


class Meeting(Owned):
    language = models.CharField(max_length=5, default="vi")
    held_on = models.DateField(null=True, blank=True)
    notes = models.TextField()
    # minuting.minutes.Minutes as JSON: particulars, points, decisions, tasks, each with its line
    minutes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "-created_at"], name="meetings_of_a_place")]
