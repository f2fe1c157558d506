"""Making and revoking personal keys."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.people.api import Actor
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.models.key import MARK, SHOWN, digest
from khue.domains.stewardship.permissions import check_can_revoke
from khue.gateway import api as gateway
from khue.gateway.api import DataClass
from khue.kernel import notices
from khue.kernel.errors import UserError

AT_MOST = 20
TOPIC = "key-revoked"  # news to all processes: the key's id
USED_EVERY = timedelta(minutes=1)


class TooManyKeys(UserError):
    def __init__(self) -> None:
        super().__init__(_("You have twenty keys that work. Revoke one that is not needed any more first."))


@dataclass(frozen=True)
class Made:
    """`text` is shown once and kept nowhere."""

    key: Key
    text: str


@transaction.atomic
def create(*, by: Actor, name: str, aliases: Sequence[str] = (), highest_class: DataClass, days: int | None) -> Made:
    """Raises TooManyKeys. `days` None: it does not expire."""
    if Key.objects.live().filter(owner_id=by.person_id).count() >= AT_MOST:
        raise TooManyKeys
    text = MARK + secrets.token_urlsafe(32)
    key = Key.objects.create(
        owner_id=by.person_id,
        organisation_id=by.organisation_id,
        name=name,
        prefix=text[:SHOWN],
        digest=digest(text),
        aliases=list(aliases),
        highest_class=min(highest_class, DataClass.CONFIDENTIAL),
        expires_at=timezone.now() + timedelta(days=days) if days else None,
    )
    _record(key, by, "made")
    return Made(key, text)


@transaction.atomic
def revoke(*, by: Actor, key: Key) -> None:
    """From now on; what is being answered by it just now is cut off. Raises NotAllowed."""
    check_can_revoke(by, key.owner_id, key.organisation_id)
    changed = Key.objects.filter(pk=key.pk, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by_id=by.person_id
    )
    if changed:
        _record(key, by, "revoked")
        notices.send(TOPIC, str(key.pk))


def used(key: Key) -> None:
    """To the minute: a busy key is not written at every call."""
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > USED_EVERY:
        Key.objects.filter(pk=key.pk).update(last_used_at=now)


def _record(key: Key, by: Actor, act: str) -> None:
    gateway.record(
        "key",
        act=act,
        key=str(key.pk),
        prefix=key.prefix,
        owner=str(key.owner_id),
        person=by.person_id,
        organisation=key.organisation_id,
        data_class=DataClass(key.highest_class),
    )
