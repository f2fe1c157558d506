"""Reasons in words, and where on a person's page each of them stands."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from khue.domains.academy.actions import wording
from khue.domains.academy.rules.participation import Behind, Reason
from khue.ui.formats import percent

register = template.Library()


@register.filter
def reason_words(reason: str) -> str:
    return wording.behind(Reason(reason))


@register.filter
def why(one: Behind) -> str:
    """Lab not handed in: Ask with sources."""
    return wording.why(one)


@register.filter
def anchor(thing: Any) -> str:
    """Of a reason, a session or a step."""
    if isinstance(thing, Behind):
        return anchor(thing.thing) if thing.thing else "joined"
    return f"at-{thing.pk}"


@register.filter
def share_of(done: int, of: int) -> str:
    return percent(done / of) if of else ""


@register.filter
def nth(items: Sequence[Any], number: int) -> Any:
    return items[number]


@register.filter
def kind_words(number: int) -> str:
    """Heading of one of the columns of queries.participation.KINDS."""
    return [_("Pages read"), _("Quizzes"), _("Labs"), _("Surveys")][number]
