"""Rules that organisations add to the policy."""

from django.db import models
from django.db.models import F, Q

from khue.gateway.classes import DataClass
from khue.gateway.policy.rules import Ruling
from khue.gateway.zones import Zone
from khue.kernel.models import Base


class Tightening(Base):
    """For the organisation and all below it, from `effective` on; `undone` is the first day without it."""

    organisation_id = models.UUIDField(db_index=True)
    data_class = models.SmallIntegerField()
    zone = models.CharField(max_length=20)
    decision = models.CharField(max_length=20)
    reason = models.TextField()
    effective = models.DateField()
    person_id = models.UUIDField(null=True)
    undone = models.DateField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        db_table = "gateway_tightening"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(data_class__in=[c.value for c in DataClass]), name="tightening_class"),
            models.CheckConstraint(condition=Q(zone__in=[zone.value for zone in Zone]), name="tightening_zone"),
            models.CheckConstraint(
                condition=Q(decision__in=[Ruling.PSEUDONYMISE.value, Ruling.DENY.value]), name="tightening_decision"
            ),
            models.CheckConstraint(
                condition=Q(undone=None) | Q(undone__gte=F("effective")), name="tightening_undone_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {DataClass(self.data_class).name} {self.zone}: {self.decision}"
