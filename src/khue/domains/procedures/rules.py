"""Plain facts about comparing and finding procedures."""

import unicodedata
from decimal import Decimal

_DAYS = {"working_day": Decimal(1), "day": Decimal(1), "hour": Decimal(1) / 24, "month": Decimal(30)}


def days(value: Decimal | None, unit: str) -> Decimal | None:
    """For sorting and filtering; None where the portal gives no number or no unit."""
    if value is None or unit not in _DAYS:
        return None
    return (value * _DAYS[unit]).quantize(Decimal("0.01"))


def plain(text: str) -> str:
    """Small letters without diacritics, as people type in a hurry: "Đăng ký" becomes "dang ky"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return bare.replace("đ", "d")
