"""Limits of tokens, and what was spent of them."""

from django.db import models

from khue.kernel.models import Base


class Whose(models.TextChoices):
    PERSON = "person"
    GROUP = "group"
    ORGANISATION = "organisation"


class Period(models.TextChoices):
    DAY = "day"
    MONTH = "month"


class Budget(Base):
    """Set in and by an organisation. `subject` is the id of the person or group; "" is each person of the organisation,
    or the organisation itself. Zero tokens: no limit."""

    organisation_id = models.UUIDField()
    whose = models.CharField(max_length=12, choices=Whose.choices)
    subject = models.CharField(max_length=64, blank=True)
    period = models.CharField(max_length=5, choices=Period.choices)
    tokens = models.BigIntegerField()
    set_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "whose", "subject", "period"], name="one_budget_each", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(tokens__gte=0), name="budget_not_negative"),
        ]
        indexes = [models.Index(fields=["whose", "subject"], name="budgets_of_subject")]

    def __str__(self) -> str:
        return f"{self.whose} {self.subject or self.organisation_id}: {self.tokens} a {self.period}"


class Spending(models.Model):
    """Counters that are added to as calls end: of a person, a group or an organisation, in one day or month."""

    id = models.BigAutoField(primary_key=True)
    whose = models.CharField(max_length=12, choices=Whose.choices)
    subject = models.CharField(max_length=64)
    period = models.CharField(max_length=5, choices=Period.choices)
    starts = models.DateField()
    # where the calls were made, for the sums of an organisation's people
    organisation_id = models.UUIDField(null=True)
    tokens = models.BigIntegerField(default=0)
    calls = models.BigIntegerField(default=0)
    energy_mj = models.BigIntegerField(default=0)
    co2_ug = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["whose", "subject", "period", "starts", "organisation_id"],
                name="one_counter_each",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "period", "starts"], name="spending_of_place")]

    def __str__(self) -> str:
        return f"{self.whose} {self.subject} {self.period} {self.starts}: {self.tokens}"
