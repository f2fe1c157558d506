"""Until when a document says that it holds: "Bảng giá này áp dụng đến hết ngày 31/12/2025"."""

import re
from collections.abc import Iterator
from datetime import date

# of which at least one stands in every text that says so
WORDS = ("hiệu lực", "giá trị đến", "áp dụng đến", "thi hành đến", "until", "expires", "jusqu", "expire")
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    )
    for number, name in enumerate(names.split(), start=1)
}
_DATE = r"(\d{1,2})(?:er)?(?:\s*[/.-]\s*|\s+tháng\s+|\s+)(\d{1,2}|[a-zéû]+)(?:\s*[/.-]\s*|\s+năm\s+|\s+)(\d{4})"
# it must speak of itself: of other documents it says too that they hold no longer
_SELF = re.compile(
    rf"""\bnày\b[^.\n]{{0,60}}?(?:(?:hiệu\ lực|giá\ trị|áp\ dụng|thi\ hành)(?:\ thi\ hành)?\ (?:đến|tới)(?:\ hết)?
            |hết\ hiệu\ lực(?:\ thi\ hành)?(?:\ kể)?(?:\ từ|\ vào)?)(?:\ ngày)?\s+{_DATE}
      |\bthis\b[^.\n]{{0,60}}?(?:(?:valid|applies|in\ force|holds)\ until|expires\ on)(?:\ the)?\s+{_DATE}
      |\b(?:cette?|ce|le\ présent|la\ présente)\b[^.\n]{{0,60}}?(?:(?:valable|vigueur|applicable|applique)\ jusqu['’]au
            |expire\ le)\s+{_DATE}""",
    re.IGNORECASE | re.VERBOSE,
)


def expires_on(text: str) -> date | None:
    """The latest of such days; None where it says none."""
    return max(_days(text), default=None)


def _days(text: str) -> Iterator[date]:
    for found in _SELF.finditer(text):
        day, month, year = (one for one in found.groups() if one)
        number = int(month) if month.isdigit() else _MONTHS.get(month.casefold(), 0)
        try:
            yield date(int(year), number, int(day))
        except ValueError:
            continue
