"""Who came to which session, how that is known, and what was changed afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.cohort import Place
from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.models.session import Session
from khue.domains.academy.rules.attendance import Presence, Way
from khue.kernel.models import Base

PRESENCE_LABELS = {
    Presence.HELD: _("Scanned early"),
    Presence.PRESENT: pgettext_lazy("attendance", "Present"),
    Presence.LATE: pgettext_lazy("attendance", "Late"),
    Presence.EXCUSED: pgettext_lazy("attendance", "Excused"),
    Presence.ABSENT: pgettext_lazy("attendance", "Absent"),
}
WAY_LABELS = {
    Way.QR: _("QR code"),
    Way.CODE: _("Typed code"),
    Way.ONLINE: pgettext_lazy("attendance", "Online"),
    Way.DESK: pgettext_lazy("attendance", "At the desk"),
    Way.SHEET: _("Signed sheet"),
    Way.CORRECTION: _("Correction"),
}


class Attendance(Base):
    """One row for a person and a session, from the first sign of them; none: not seen."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    # where they were, which may be another place than their own
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    presence = models.CharField(max_length=10, choices=[(p.value, label) for p, label in PRESENCE_LABELS.items()])
    way = models.CharField(max_length=12, choices=[(w.value, label) for w, label in WAY_LABELS.items()])
    at = models.DateTimeField()
    # keyed digest of the device's cookie: one device checks one person in
    device = models.CharField(max_length=32, blank=True)
    online_minutes = models.FloatField(default=0)
    seen_online_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="one_attendance_per_session"),
            models.UniqueConstraint(
                fields=["session", "device"], condition=~models.Q(device=""), name="one_person_per_device_and_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.session_id} {self.presence}"


class AttendanceChange(Base):
    """A correction: kept for good."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance_changes")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendance_changes")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
