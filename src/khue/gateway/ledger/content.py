"""The texts of calls, kept apart and for a time that their class decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from khue.gateway.classes import DataClass
from khue.gateway.models import Content
from khue.kernel import clock


@dataclass(frozen=True)
class Texts:
    """What one call sent and received. `received` is empty while it runs, and if it gave nothing."""

    sent: tuple[str, ...]
    received: str
    expires_at: datetime


def sent(call: UUID, texts: Sequence[str], data_class: DataClass) -> datetime | None:
    """When it will be deleted; None where texts of that class are not kept."""
    days = settings.KHUE_CONTENT_DAYS[data_class]
    if not days:
        return None
    expires_at = clock.now() + timedelta(days=days)
    Content.objects.create(call=call, sent=[_storable(text) for text in texts], expires_at=expires_at)
    return expires_at


def received(call: UUID, output: bytes) -> None:
    Content.objects.filter(call=call).update(received=_storable(output.decode("utf-8", "replace")))


def of_call(call: UUID) -> Texts | None:
    found = Content.objects.filter(call=call, expires_at__gt=clock.now()).first()
    return Texts(tuple(found.sent), found.received, found.expires_at) if found else None


def forget(call: UUID) -> None:
    """Before its time, when somebody asks for it. The ledger's digests stay."""
    Content.objects.filter(call=call).delete()


def prune() -> int:
    return Content.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
