"""Times and fees of a procedure in the reader's language."""

from django import template
from django.utils.text import capfirst

from khue.domains.procedures.models import Procedure
from khue.domains.procedures.words import fee, time_limit

register = template.Library()


register.filter("time_limit", time_limit)
register.filter("fee", fee)


@register.filter
def unbulleted(text: str) -> str:
    """A line of a list without the bullet that the authority typed before it."""
    return text.lstrip("-–+*• ") or text


@register.filter
def times(procedure: Procedure) -> str:
    """Distinct time limits of all ways to apply."""
    return _distinct([time_limit(channel) for channel in procedure.channels.all()])


@register.filter
def fees(procedure: Procedure) -> str:
    return _distinct([fee(channel) for channel in procedure.channels.all()])


def _distinct(values: list[str]) -> str:
    return str(capfirst(" · ".join(dict.fromkeys(values))))
