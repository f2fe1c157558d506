"""A letter of invitation on its way to somebody enrolled. The one-time code is in the letter alone."""

from django.db import models

from khue.domains.academy.models.enrolment import Enrolment
from khue.domains.academy.models.letter import Letter
from khue.domains.academy.rules.invitations import LetterState


class InvitationLetter(Letter):
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="letters")
    # as it was when it was sent
    address = models.EmailField()
    # the page where an account is opened, without the code
    link = models.CharField(max_length=500)
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
