"""Pseudonyms of conversations, kept under the installation's key until they expire."""

import os
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.gateway.errors import GatewayError
from khue.gateway.keys import secret
from khue.gateway.models import Pseudonyms as Sealed
from khue.gateway.privacy.pseudonyms import Pseudonyms
from khue.kernel import clock

NONCE = 12


class VaultNotReadable(GatewayError):
    """The key is another one, or the row was changed."""

    def __init__(self) -> None:
        super().__init__(
            _("The names hidden earlier in this conversation cannot be read any more, so nothing was sent. "
              "Please begin a new conversation.")
        )  # fmt: skip


def load(conversation_id: UUID) -> Pseudonyms:
    """Empty where there is nothing, or nothing that has not expired."""
    pseudonyms = Pseudonyms()
    row = Sealed.objects.filter(conversation_id=conversation_id, expires_at__gt=clock.now()).first()
    if row:
        pseudonyms.load(_opened(conversation_id, bytes(row.sealed)))
    return pseudonyms


def save(conversation_id: UUID, pseudonyms: Pseudonyms) -> None:
    """Keeps what another call of the same conversation has saved meanwhile."""
    until = clock.now() + timedelta(days=settings.KHUE_PSEUDONYM_DAYS)
    with transaction.atomic():
        row, _created = Sealed.objects.select_for_update().get_or_create(
            conversation_id=conversation_id, defaults={"sealed": b"", "expires_at": until}
        )
        joined = Pseudonyms()
        if row.sealed and row.expires_at > clock.now():
            joined.load(_opened(conversation_id, bytes(row.sealed)))
        joined.load(pseudonyms.dump())
        row.sealed, row.expires_at = _sealed(conversation_id, joined.dump()), until
        row.save()


def forget_expired() -> int:
    return Sealed.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _sealed(conversation_id: UUID, dumped: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret("vault")).encrypt(nonce, dumped, conversation_id.bytes)


def _opened(conversation_id: UUID, sealed: bytes) -> bytes:
    try:
        return AESGCM(secret("vault")).decrypt(sealed[:NONCE], sealed[NONCE:], conversation_id.bytes)
    except InvalidTag as error:
        raise VaultNotReadable from error
