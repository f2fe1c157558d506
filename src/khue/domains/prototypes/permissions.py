"""Who may make, change, review and publish tools."""

from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor, Role
from khue.domains.prototypes.models import Tool
from khue.kernel.errors import NotAllowed

REVIEWS = (Role.LECTURER, Role.STEWARD, Role.ADMINISTRATOR)
GOVERNS = (Role.STEWARD, Role.ADMINISTRATOR)


def can_create(by: Actor) -> bool:
    return bool(by.roles)


def can_change(by: Actor | None, tool: Tool) -> bool:
    """Its owner. None: the operator at the console."""
    return by is None or tool.owner_id == by.person_id


def check_can_change(by: Actor | None, tool: Tool) -> None:
    if not can_change(by, tool):
        raise NotAllowed(_("Only who made it may change this tool. Make a copy of your own to work on it."))


def can_review(by: Actor, tool: Tool) -> bool:
    """Lecturers and stewards of the place, not of their own work."""
    return by.is_a(*REVIEWS) and tool.organisation_id in by.branch and tool.owner_id != by.person_id


def check_can_review(by: Actor, tool: Tool) -> None:
    if not can_review(by, tool):
        raise NotAllowed(_("A lecturer or steward of the place who did not make the tool reviews it."))


def can_retire(by: Actor, tool: Tool) -> bool:
    """Its owner; who governs where it stands."""
    return can_change(by, tool) or (by.is_a(*GOVERNS) and tool.organisation_id in by.branch)


def check_can_retire(by: Actor, tool: Tool) -> None:
    if not can_retire(by, tool):
        raise NotAllowed(_("Only who made it, a steward or an administrator may retire this tool."))
