"""Texts in several languages, as templates show them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from khue.domains.academy.models import Activity, Sheet
from khue.domains.academy.rules.texts import in_language, language_of
from khue.ui.formats import number

register = template.Library()


@register.filter
def said(texts: dict[str, str] | None) -> str:
    """{{ item.names|said }}: in the active language, else in one that is there."""
    return in_language(texts or {}, get_language() or "vi")


@register.filter
def lines(texts: dict[str, list[str]] | None) -> list[str]:
    """{% for line in brief.steps|lines %}"""
    found: Any = texts or {}
    return list(found.get(language_of(found, get_language() or "vi"), ()))


@register.filter
def kinds(activities: Iterable[Activity]) -> list[tuple[str, int]]:
    """What a topic asks for, in words: [("Lab", 3), ("Quiz", 1)]."""
    return list(Counter(activity.get_kind_display() for activity in activities).items())


@register.filter
def lasting(minutes: int | None) -> str:
    """90 → 1 h 30 min."""
    hours, rest = divmod(int(minutes or 0), 60)
    if not hours:
        return ngettext("%(count)s min", "%(count)s min", rest) % {"count": number(rest)}
    if not rest:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": number(hours)}
    return _("%(hours)s h %(minutes)s min") % {"hours": number(hours), "minutes": number(rest)}


@register.filter
def until(start: str, minutes: int) -> str:
    """{{ slot.start|until:slot.minutes }}: "08:30" and 90 → "10:00"."""
    hour, minute = (int(part) for part in start.split(":"))
    end = (hour * 60 + minute + minutes) % (24 * 60)
    return f"{end // 60:02}:{end % 60:02}"


@register.filter
def decimals(value: float) -> str:
    """Two of them, as places are decided by."""
    return number(value, 2)


@register.filter
def plainly(value: float) -> str:
    """For an attribute: no language's own marks."""
    return f"{value:.4f}"


@register.filter
def given(sheet: Sheet | None, criterion: str) -> int | None:
    """Points on a judge's sheet; none before it is begun."""
    return sheet.points.get(criterion) if sheet else None


@register.filter
def after_colon(text: str) -> str:
    """artefact:0192… → 0192…"""
    return text.partition(":")[2]


@register.filter
def hundredths(share: float) -> str:
    """A share as a drawing of a hundred parts writes it."""
    return f"{min(max(share, 0), 1) * 100:.2f}"
