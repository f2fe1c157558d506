"""Who may build, test, publish and answer."""

from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.models import Assistant
from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

GOVERNS = (Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)


def can_create(by: Actor) -> bool:
    return bool(by.roles)


def can_change(by: Actor | None, assistant: Assistant) -> bool:
    """Its owner; who coordinates or governs where it stands. None: the operator at the console."""
    if by is None or assistant.owner_id == by.person_id:
        return True
    return assistant.organisation_id in by.branch and by.is_a(*GOVERNS)


def check_can_change(by: Actor | None, assistant: Assistant) -> None:
    if not can_change(by, assistant):
        raise NotAllowed(_("Only its owner, a coordinator, a steward or an administrator may change this assistant."))


def can_override(by: Actor | None, assistant: Assistant) -> bool:
    """Passing over what the gate says takes a data steward of the place, and not the one whose work it is."""
    if by is None:
        return False
    return by.is_a(Role.STEWARD) and assistant.organisation_id in by.branch and assistant.owner_id != by.person_id
