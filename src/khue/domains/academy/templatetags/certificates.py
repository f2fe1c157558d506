"""Dates as certificates hold them, and conditions in words."""

from datetime import datetime

from django import template
from django.utils import timezone

from khue.domains.academy.models import CertificateBatch
from khue.ui.formats import day

register = template.Library()


@register.filter
def day_of(text: str) -> str:
    """ "2026-03-06" or "2026-03-06T09:00:00Z" as the active language writes a day; else as it stands."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return day(timezone.localtime(moment) if timezone.is_aware(moment) else moment.date())


@register.filter
def not_printable(batch: CertificateBatch) -> list[str]:
    """Whose names no font can show."""
    return [one["person"] for one in batch.refused if "name" in one["missing"]]
