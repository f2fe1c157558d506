"""Two enrolments of one human being made one: what was carried over, and what gave way."""

from django.db import models

from khue.domains.academy.models.cohort import Cohort
from khue.domains.academy.models.enrolment import Enrolment
from khue.kernel.models import Base


class EnrolmentMerge(Base):
    """Kept for good."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="merges")
    # the one that goes on
    enrolment = models.ForeignKey(Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="merges")
    # whose account goes on, and whose gave way
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    from_person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # the enrolment that is no more, as it was
    was = models.JSONField(default=dict)
    # table → number of rows that changed hands
    carried = models.JSONField(default=dict)
    # table → rows, as they were, in whose place a better one of the other stands
    set_aside = models.JSONField(default=dict)
    by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.from_person_id} → {self.person_id}"
