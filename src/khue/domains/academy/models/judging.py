"""The demo day: judges, what they gave, what they preferred, and whom they do not judge."""

from django.db import models

from khue.domains.academy.models.cohort import Place
from khue.domains.academy.models.sprint import Entry, Sprint
from khue.kernel.models import Base


class Judge(Base):
    sprint = models.ForeignKey(Sprint, on_delete=models.CASCADE, related_name="judges")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    # where they work, as the lists of participants write it: they do not judge teams with people from there
    agency = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # they have sent everything that they want to send
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sprint", "created_at"]
        constraints = [models.UniqueConstraint(fields=["sprint", "person"], name="one_judge_per_person")]

    def __str__(self) -> str:
        return str(self.person)


class Recusal(Base):
    """A conflict of interest that data does not show: declared by the judge or set by who runs the day."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="recusals")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="recusals")
    reason = models.CharField(max_length=300)
    declared_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="one_recusal_per_entry")]

    def __str__(self) -> str:
        return self.reason


class Sheet(Base):
    """What one judge gave one team."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="sheets")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="sheets")
    # criterion of the rubric → points of one of its levels
    points = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    # milliseconds of the server's clock on the phone: what was given earlier never replaces what was given later
    serial = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["judge", "created_at"]
        constraints = [models.UniqueConstraint(fields=["judge", "entry"], name="one_sheet_per_entry")]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.entry_id}"


class Comparison(Base):
    """Which of two teams a judge would rather see go on; `better` none: neither. `first` has the lower id."""

    judge = models.ForeignKey(Judge, on_delete=models.CASCADE, related_name="comparisons")
    first = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    better = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    serial = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judge", "first", "second"], name="one_comparison_per_pair"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
