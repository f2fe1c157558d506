"""Answers to surveys. Of an anonymous one nothing leads from an answer to a person: see actions/surveys.py."""

import uuid

from django.db import models

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.programme import Activity


class SurveyReply(models.Model):
    """What one person said. Of an anonymous survey: no person, no time, an identifier without order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="replies")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    # a word that only the person knows, to find before and after together
    pair_code = models.CharField(max_length=20, blank=True)
    # question key → level, option key, list of option keys, or text
    answers = models.JSONField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "cohort", "person"],
                condition=models.Q(person__isnull=False),
                nulls_distinct=False,
                name="one_reply_per_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SurveyDone(models.Model):
    """That a person has replied; not what, and not when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="done")
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "cohort", "person"], nulls_distinct=False, name="one_survey_per_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
