"""Questions that wait for a person."""

from django.db.models import QuerySet

from khue.domains.assistants.models import Assistant, HandOver
from khue.domains.people.api import Actor


def can_answer(by: Actor, assistant: Assistant) -> bool:
    """Who may look at the assistant answers for it too."""
    return Assistant.objects.visible_to(by).filter(pk=assistant.pk).exists()


def of(by: Actor) -> QuerySet[HandOver]:
    """Those of assistants that the person may see."""
    found = HandOver.objects.filter(message__visit__assistant__in=Assistant.objects.visible_to(by))
    return found.select_related("message__visit__assistant", "message__visit__version", "replied_by")


def waiting(by: Actor) -> QuerySet[HandOver]:
    """The oldest first."""
    return of(by).filter(replied_at=None).order_by("created_at")
