"""Dates, numbers and money as each language writes them: 05/03/2026, 1.234,5, 8.000 ₫."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
_DAYS = {"vi": "dd/MM/yyyy", "fr": "dd/MM/yyyy", "en": "d MMMM yyyy"}


def _locale() -> str:
    language = (get_language() or "vi")[:2]
    return language if language in _DAYS else "en"


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """At most three decimals, or exactly as many as asked."""
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=_locale()))


def percent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1."""
    gap = "" if _locale() == "en" else ("" if _locale() == "vi" else NBSP)
    return f"{number(share * 100, decimals)}{gap}%"


def dong(value: int | Decimal) -> str:
    return f"{number(value, 0)}{NBSP}₫"


def day(value: date | datetime) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return str(format_date(value, format=_DAYS[_locale()], locale=_locale()))


def moment(value: datetime) -> str:
    """Day and time in the active time zone."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {format_time(local, format='HH:mm', locale=_locale())}"


def size(octets: int) -> str:
    """File sizes in steps of 1,000, as disks and mail limits count them."""
    amount, unit = float(octets), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            break
        amount /= 1000
    shown = number(amount, 0 if unit in {"B", "kB"} or amount >= 100 else 1)
    return f"{shown}{NBSP}{unit}"


def duration(milliseconds: float) -> str:
    if milliseconds < 1000:
        return f"{number(round(milliseconds))}{NBSP}ms"
    seconds = milliseconds / 1000
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": number(seconds, 1)}
    minutes = round(seconds / 60)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": number(minutes)}
