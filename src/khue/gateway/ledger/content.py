"""The texts of calls, kept apart and for a time that their class decides."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

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
    _write(
        "insert into gateway_content (call, sent, received, expires_at) select %s, %s::jsonb, '', %s from quick",
        [call, json.dumps([_storable(text) for text in texts]), expires_at],
    )
    return expires_at


def received(call: UUID, output: bytes) -> None:
    text = _storable(output.decode("utf-8", "replace"))
    _write("update gateway_content set received = %s from quick where call = %s", [text, call])


def of_call(call: UUID) -> Texts | None:
    found = Content.objects.filter(call=call, expires_at__gt=clock.now()).first()
    return Texts(tuple(found.sent), found.received, found.expires_at) if found else None


def forget(call: UUID) -> None:
    """Before its time, when somebody asks for it. The ledger's digests stay."""
    Content.objects.filter(call=call).delete()


def prune() -> int:
    return Content.objects.filter(expires_at__lte=clock.now()).delete()[0]


def _write(act: str, values: list[Any]) -> None:
    """Without waiting for the disk: these texts are a convenience, the entries are the record."""
    with connection.cursor() as cursor:
        cursor.execute(f"with quick as (select set_config('synchronous_commit', 'off', true)) {act}", values)


def _storable(text: str) -> str:
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
