"""How times and fees are said in Vietnamese prose and on cards."""

from collections.abc import Iterable
from decimal import Decimal

from khue.domains.procedures.portal.channels import UNSTATED
from khue.domains.procedures.portal.shapes import Channel, Fee

UNITS = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}
CURRENCIES = {"VND": "đồng", "USD": "USD", "EUR": "EUR"}
NO_UNIT = "cổng không ghi đơn vị thời gian"


def time(channel: Channel) -> str:
    """For "5 Ngày làm việc" gives "5 ngày làm việc"; "" where the portal has no information."""
    if channel.time in {"", UNSTATED}:
        return ""
    if channel.time_value is None:
        return channel.time
    value = number(channel.time_value)
    return f"{value} {UNITS[channel.time_unit]}" if channel.time_unit else f"{value} ({NO_UNIT})"


def fee(fee: Fee) -> str:
    """For "70,000 VNĐ" gives "70.000 đồng"; an unclear amount stays as the portal writes it; "" for no information."""
    if fee.text in {"", UNSTATED}:
        return ""
    if fee.amount is None:
        return f"cổng ghi “{fee.text}”"
    return "miễn phí" if fee.amount == 0 else f"{number(fee.amount)} {CURRENCIES[fee.currency]}"


def together(values: Iterable[str]) -> str:
    """Distinct values in their order, at most three: what a card has room for."""
    distinct = list(dict.fromkeys(filter(None, values)))
    return "; ".join(distinct) if len(distinct) <= 3 else f"{'; '.join(distinct[:2])}; …"


def number(value: Decimal) -> str:
    """Vietnamese marks: 1.350.000 and 0,5."""
    whole, _, fraction = f"{value:,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")
