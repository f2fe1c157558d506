"""Times and fees of a procedure in the reader's language."""

from decimal import Decimal

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.procedures.models import Channel, Procedure, TimeUnit
from khue.domains.procedures.portal.channels import FREE, UNSTATED
from khue.ui.formats import dong, number

register = template.Library()


@register.filter
def time_limit(channel: Channel) -> str:
    if channel.time_text in {"", UNSTATED}:
        return _("not stated")
    if channel.time_value is None:
        return channel.time_text
    return _in_units(channel.time_value, channel.time_unit)


def _in_units(value: Decimal, unit: str) -> str:
    count, shown = (1 if value == 1 else 2), {"count": number(value)}
    if unit == TimeUnit.WORKING_DAY:
        return ngettext("%(count)s working day", "%(count)s working days", count) % shown
    if unit == TimeUnit.DAY:
        return ngettext("%(count)s day", "%(count)s days", count) % shown
    if unit == TimeUnit.HOUR:
        return ngettext("%(count)s hour", "%(count)s hours", count) % shown
    if unit == TimeUnit.MONTH:
        return ngettext("%(count)s month", "%(count)s months", count) % shown
    return _("%(count)s (no unit given)") % shown


@register.filter
def fee(channel: Channel) -> str:
    if channel.fee_text in {"", UNSTATED}:
        return _("not stated")
    if channel.fee_amount is None:
        return _("free, says the portal: see the note") if channel.fee_text == FREE else channel.fee_text
    if channel.fee_amount == 0:
        return _("free")
    amount = channel.fee_amount
    return dong(amount) if channel.fee_currency == "VND" else f"{number(amount)} {channel.fee_currency}"


@register.filter
def times(procedure: Procedure) -> str:
    """Distinct time limits of all ways to apply."""
    return _distinct([time_limit(channel) for channel in procedure.channels.all()])


@register.filter
def fees(procedure: Procedure) -> str:
    return _distinct([fee(channel) for channel in procedure.channels.all()])


def _distinct(values: list[str]) -> str:
    return str(capfirst(" · ".join(dict.fromkeys(values))))
