"""What every letter by e-mail knows of its way."""

from django.db import models
from django.utils.translation import pgettext_lazy

from khue.domains.academy.rules.invitations import LetterState
from khue.kernel.models import Base

LETTER_LABELS = {
    LetterState.WAITING: pgettext_lazy("invitation by e-mail", "On its way"),
    LetterState.SENDING: pgettext_lazy("invitation by e-mail", "On its way"),
    LetterState.SENT: pgettext_lazy("invitation by e-mail", "Sent"),
    LetterState.FAILED: pgettext_lazy("invitation by e-mail", "Not sent"),
}


class Letter(Base):
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

    class Meta:
        abstract = True
