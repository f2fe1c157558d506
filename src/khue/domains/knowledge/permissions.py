"""Who may bring documents into the library and change what is there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.models import Collection
from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

# None stands for the installation itself: whoever can run its commands
By = Actor | None


def can_create_collection(by: By) -> bool:
    return by is None or by.is_a(Role.LECTURER, Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR, Role.PARTICIPANT)


def can_change_collection(by: By, collection: Collection) -> bool:
    """Its owner; stewards and administrators of its organisation."""
    if by is None or collection.owner_id == by.person_id:
        return True
    return collection.organisation_id == by.organisation_id and by.is_a(Role.STEWARD, Role.ADMINISTRATOR)


def can_share(by: By, access: Any) -> bool:
    """Everyone may keep a collection private; sharing it beyond takes a role that answers for it."""
    return (
        by is None or access == "private" or by.is_a(Role.LECTURER, Role.COORDINATOR, Role.STEWARD, Role.ADMINISTRATOR)
    )


def check_can_create_collection(by: By, access: Any) -> None:
    if not can_create_collection(by):
        raise NotAllowed(_("Your role here does not allow you to make collections."))
    check_can_share(by, access)


def check_can_share(by: By, access: Any) -> None:
    if not can_share(by, access):
        raise NotAllowed(_("You can keep this collection for yourself; to share it, ask a lecturer or coordinator."))


def check_can_change_collection(by: By, collection: Collection) -> None:
    if not can_change_collection(by, collection):
        raise NotAllowed(_("Only the owner of this collection, a steward or an administrator may change it."))
