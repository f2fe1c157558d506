"""Texts of quizzes, and numbers as they were understood."""

import math

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from khue.domains.academy.interchange import markup
from khue.domains.academy.queries.attempts import Heard
from khue.domains.academy.quizzing.words import said
from khue.ui.formats import duration, number

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Markdown as paragraphs; HTML in it is shown as text."""
    return SafeString(markup.as_html(text))


@register.filter
def line(text: str) -> SafeString:
    """Markdown inside a line, as a choice is."""
    return SafeString(markup.as_inline(text))


@register.filter
def understood(heard: Heard | None) -> str:
    """What a typed number was taken for; says nothing about whether it is right."""
    if heard is None:
        return ""
    if heard.quantity is None:
        return _("The unit is not known here.") if heard.problem == "unit" else _("This is not read as a number.")
    unit = heard.quantity.unit
    amount = number(heard.quantity.value)
    read = f"{amount} {said(unit.names, get_language() or 'vi')}" if unit else amount
    return _("Read as %(number)s") % {"number": read}


@register.filter
def clocklike(seconds: int) -> str:
    """125 → 2:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


@register.filter
def inminutes(seconds: float) -> str:
    """900 → 15 minutes."""
    return duration(max(60_000, seconds * 1000))


@register.filter
def score(points: float) -> str:
    """At most two decimals."""
    return number(round(points, 2))


@register.filter
def inpoints(points: float) -> str:
    """2.5 → 2.5 points."""
    return ngettext("%(count)s point", "%(count)s points", math.ceil(points)) % {"count": score(points)}


@register.filter
def signed(value: float) -> str:
    """0.5 → +0.5."""
    rounded = round(value, 2)
    return f"+{number(rounded)}" if rounded > 0 else number(rounded).replace("-", "−")


@register.filter
def plainly(value: float) -> str:
    """For an attribute: no language's own marks."""
    return f"{value:.4f}"


@register.filter
def steps(count: int | None) -> list[str]:
    return [str(step) for step in range(1, (count or 5) + 1)]


@register.filter
def chosen(form: dict[str, list[str]], key: str) -> list[str]:
    """What was sent for this question, when the form comes back."""
    return form.get(key, [])
