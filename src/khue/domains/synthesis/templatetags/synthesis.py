"""Figures and citations of a synthesis in words."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from khue.domains.synthesis.figures.writing import written
from khue.ui import formats

register = template.Library()
REMARKS = {
    "instruction": lambda one: (
        _("It holds a sentence that speaks to a model (page %(page)s). No model reads it.")
        % {"page": one["page"] or "–"}
    ),
    "macros": lambda one: _("It holds macros; they were not run."),
    "tracked": lambda one: _("It holds tracked changes; it was read as if they were accepted."),
    "no period": lambda one: _("Its period was not found; say it, and its figures will count."),
}


@register.filter
def figure(value: float) -> str:
    """As Vietnamese reports write it: the reports are quoted."""
    return written(value)


@register.filter
def remark(one: Mapping[str, Any]) -> str:
    said = REMARKS.get(one["code"])
    return said(one) if said else str(one["code"])


@register.filter
def page(citation: Mapping[str, Any]) -> str:
    if not citation.get("page"):
        return ""
    if citation.get("told", True):
        return _("p. %(page)s") % {"page": citation["page"]}
    return _("about p. %(page)s") % {"page": citation["page"]}


@register.filter
def iso_day(value: str) -> str:
    return formats.day(datetime.date.fromisoformat(value)) if value else ""


@register.filter
def kappa(value: float | None) -> str:
    return "–" if value is None else written(round(value, 2))
