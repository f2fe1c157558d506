"""What a person said in the studio, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from khue.domains.prototypes.models.tool import Tool, Version
from khue.kernel.models import Base


class TurnKind(models.TextChoices):
    DESCRIBE = "describe", _("Described")
    CHANGE = "change", _("Change")
    REPAIR = "repair", _("Repair")
    HAND = "hand", _("Changed by hand")
    EXPLAIN = "explain", _("Explanation")


class TurnState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WRITING = "writing", _("Being written")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Broken off")


class Turn(Base):
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="turns")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=TurnKind.choices, default=TurnKind.CHANGE)
    state = models.CharField(max_length=10, choices=TurnState.choices, default=TurnState.WAITING)
    asked = models.TextField(blank=True)
    # a pattern that the person chose; "-": none is to be used
    pattern = models.CharField(max_length=60, blank=True)
    # what is answered; what was done, a line each
    said = models.TextField(blank=True)
    steps = models.JSONField(default=list, blank=True)
    # which version it began from, which one it made
    before = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="turns")
    # the first piece to be seen, and all of it, in seconds
    first_s = models.FloatField(null=True, blank=True)
    total_s = models.FloatField(null=True, blank=True)
    # repairs that came of themselves since a person last said something
    repairs = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["tool", "created_at"]

    def __str__(self) -> str:
        return self.asked[:80]

    @property
    def is_open(self) -> bool:
        return self.state in {TurnState.WAITING, TurnState.WRITING}
