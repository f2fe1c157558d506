"""Times, fees and quantities as they are said on pages, in the reader's language."""

from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.procedures.portal.channels import FREE, UNSTATED
from khue.ui.formats import dong, number


class Way(Protocol):
    """One way to apply (models.Channel)."""

    time_text: str
    time_value: Decimal | None
    time_unit: str
    fee_text: str
    fee_amount: Decimal | None
    fee_currency: str


def time_limit(way: Way) -> str:
    if way.time_text in {"", UNSTATED}:
        return _("not stated")
    if way.time_value is None:
        return way.time_text
    return _in_units(way.time_value, way.time_unit)


def _in_units(value: Decimal, unit: str) -> str:
    count, shown = (1 if value == 1 else 2), {"count": number(value)}
    if unit == "working_day":
        return ngettext("%(count)s working day", "%(count)s working days", count) % shown
    if unit == "day":
        return ngettext("%(count)s day", "%(count)s days", count) % shown
    if unit == "hour":
        return ngettext("%(count)s hour", "%(count)s hours", count) % shown
    if unit == "month":
        return ngettext("%(count)s month", "%(count)s months", count) % shown
    return _("%(count)s (no unit given)") % shown


def fee(way: Way) -> str:
    if way.fee_text in {"", UNSTATED}:
        return _("not stated")
    if way.fee_amount is None:
        return _("free, says the portal: see the note") if way.fee_text == FREE else way.fee_text
    if way.fee_amount == 0:
        return _("free")
    amount = way.fee_amount
    return dong(amount) if way.fee_currency == "VND" else f"{number(amount)} {way.fee_currency}"


def quantity(originals: int | None, copies: int | None) -> str:
    """ "1 original, 2 copies"; "" where the portal counts none."""
    parts = []
    if originals:
        parts.append(ngettext("%(count)s original", "%(count)s originals", originals) % {"count": originals})
    if copies:
        parts.append(ngettext("%(count)s copy", "%(count)s copies", copies) % {"count": copies})
    return ", ".join(parts)
