"""People answer what was passed on to them; the answer appears where it was asked, and may become a test question."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import questions
from khue.domains.assistants.models import HandOver, TestQuestion
from khue.domains.assistants.queries.handovers import can_answer
from khue.domains.assistants.rules import figures_of
from khue.domains.people.api import Actor
from khue.kernel.errors import NotAllowed, UserError


class NoReply(UserError):
    def __init__(self) -> None:
        super().__init__(_("Write the answer first; nothing was sent."))


@transaction.atomic
def reply(*, by: Actor, hand_over: HandOver, text: str, keep: bool) -> TestQuestion | None:
    """With `keep` question and answer become a test question. Raises NotAllowed, NoReply."""
    assistant = hand_over.message.visit.assistant
    if not can_answer(by, assistant):
        raise NotAllowed(_("You do not answer for this assistant."))
    if not text.strip():
        raise NoReply
    hand_over.reply, hand_over.replied_by_id, hand_over.replied_at = text.strip(), by.person_id, timezone.now()
    hand_over.save()
    if not keep:
        return None
    message = hand_over.message
    return questions.from_correction(
        by=None, assistant=assistant, question=message.question, language=message.language, answer=figures_of(text)
    )
