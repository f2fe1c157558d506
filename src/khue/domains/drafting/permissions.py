"""Who may draft, change, hand on and number."""

from django.utils.translation import gettext_lazy as _

from khue.domains.drafting.models import Draft, State
from khue.domains.people.api import Actor, Role
from khue.kernel.errors import NotAllowed

KEEPS_BOOKS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def can_create(by: Actor) -> bool:
    return bool(by.roles)


def can_change(by: Actor, draft: Draft) -> bool:
    """Who has it in hand, until it is signed."""
    return draft.holder_id == by.person_id and draft.state != State.SIGNED


def check_can_change(by: Actor, draft: Draft) -> None:
    if not can_change(by, draft):
        raise NotAllowed(_("Only the person who has the draft in hand may change it."))


def can_delete(by: Actor, draft: Draft) -> bool:
    """Its drafter, while nobody else has seen it and it has no number."""
    return draft.owner_id == by.person_id and draft.state == State.DRAFTING and not hasattr(draft, "entry")


def can_keep_books(by: Actor) -> bool:
    return by.is_a(*KEEPS_BOOKS)


def check_can_keep_books(by: Actor) -> None:
    if not can_keep_books(by):
        raise NotAllowed(_("The books are kept by the office: a coordinator or an administrator."))
