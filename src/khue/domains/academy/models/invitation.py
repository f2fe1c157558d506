"""A letter of invitation on its way to somebody enrolled. The one-time code is in the letter alone."""

from django.db import models
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.rules.invitations import LetterState
from khue.kernel.models import Base

LETTER_LABELS = {
    LetterState.WAITING: pgettext_lazy("invitation by e-mail", "On its way"),
    LetterState.SENDING: pgettext_lazy("invitation by e-mail", "On its way"),
    LetterState.SENT: pgettext_lazy("invitation by e-mail", "Sent"),
    LetterState.FAILED: pgettext_lazy("invitation by e-mail", "Not sent"),
}


class InvitationLetter(Base):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="letters")
    # as it was when it was sent
    address = models.EmailField()
    # the page where an account is opened, without the code
    link = models.CharField(max_length=500)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in LETTER_LABELS.items()],
        default=LetterState.WAITING.value,
    )
    tries = models.PositiveSmallIntegerField(default=0)
    # why it was not sent: a gateway.mail.Why, and the mail server's own words
    why = models.CharField(max_length=20, blank=True)
    said = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(state__in=[LetterState.WAITING, LetterState.SENDING]),
                name="one_letter_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.state}"
