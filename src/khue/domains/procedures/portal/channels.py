"""`cach_thuc_thuc_hien`: rows of form, time, fees and description, flattened without separators.

The source reads "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việc70,000 VNĐ(70.000 đồng/giấy)Dịch vụ …".
A row begins where a form is followed at once by a time and a fee; the same words inside a description are not
followed by both, and stay there.
"""

import re
from decimal import Decimal

from khue.domains.procedures.portal.loss import leaves, lost_characters
from khue.domains.procedures.portal.shapes import Channel, Fee, Parsed

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
UNSTATED = "Không có thông tin"
FREE = "Miễn phí"
CURRENCIES = {"Việt Nam Đồng": "VND", "VNĐ": "VND", "Đồng": "VND", "USD": "USD", "EUR": "EUR"}
UNITS = {
    "Ngày làm việc": "working_day",
    "Ngày": "day",
    "Giờ": "hour",
    "Tháng": "month",
}

_FORM = r"Trực tuyến|Trực tiếp|Dịch vụ bưu chính"
_AMOUNT = rf"(?P<amount>\d[\d,.]*)\s?(?P<currency>{'|'.join(CURRENCIES)})"
_FEE = re.compile(rf"{FREE}|{UNSTATED}|{_AMOUNT}")
_NEXT_FEE = re.compile(rf"{FREE}|{_AMOUNT}")
_ANY_FEE = re.sub(r"\?P<\w+>", "?:", _FEE.pattern)
_TIME = re.compile(rf"(?P<value>\d+(?:[.,]\d+)?)(?: (?P<unit>{'|'.join(UNITS)}))?")
_ANY_TIME = re.sub(r"\?P<\w+>", "?:", _TIME.pattern)
# a unitless time before an amount is one digit: "1100,000 VNĐ" is 1 and 100,000 (the same rows say "1Miễn phí")
_DIGIT_TIME = rf"\d(?=\d[\d,.]*\s?(?:{'|'.join(CURRENCIES)}))"
# an authority's own words instead of a time: "Không phải trả kết quả cho người nộp thuế"
_WORDS_FOR_TIME = rf"(?:Không|Hệ thống)[^\n]{{0,140}}?(?={FREE}|{UNSTATED})"
_ROW = re.compile(
    rf"(?P<form>{_FORM})(?:(?P<time>{_DIGIT_TIME}|(?:{_ANY_TIME}|{UNSTATED})(?={_ANY_FEE}))|(?P<words>{_WORDS_FOR_TIME}))"
)
# "(1) Trường hợp …": an item of the description, not a note on the fee; "(a) … b) …)" is a note with items
_ITEM = re.compile(r"\((?:\d{1,2}|[a-zđ]|[ivx]+)\)")
_BARE_ITEM = re.compile(r"(?<![(\w])(?:2|b|ii)\)")
# notes beside "free" that leave it free
_EMPTY_NOTE = re.compile(
    r"[-\s]*(?:không|không có|không quy định|chưa quy định|không thu(?: phí| lệ phí)?)?[.\s]*", re.IGNORECASE
)
_MONEY = re.compile(r"\d{1,3}(?:[.,]\d{3})+\s*(?:đồng|đ\b|vnđ)", re.IGNORECASE)
_SMALLEST_FEE = 1000
SEPARATORS = re.compile(rf"{re.escape(HEADER)}|[()]")


def channels(source: str) -> Parsed[tuple[Channel, ...]]:
    body_at = len(HEADER) if source.startswith(HEADER) else 0
    starts = list(_ROW.finditer(source, body_at))
    ends = [row.start() for row in starts[1:]] + [len(source)]
    before = source[body_at : starts[0].start() if starts else len(source)].strip()
    rows = tuple(_channel(row, source[row.end() : end]) for row, end in zip(starts, ends, strict=False))
    remains = (before,) if before and before != UNSTATED else ()
    lost = lost_characters(source, leaves(rows or (UNSTATED,)), SEPARATORS)
    return Parsed(rows, remains, lost)


def _channel(row: re.Match[str], rest: str) -> Channel:
    time = (row["time"] or row["words"] or "").strip()
    fees, description = _fees(rest)
    value, unit = duration(time)
    return Channel(row["form"], time, fees, description, value, unit)


def duration(text: str) -> tuple[Decimal | None, str]:
    """For "5 Ngày làm việc" gives (5, "working_day"); a number without a unit keeps unit ""; words give (None, "")."""
    match = _TIME.fullmatch(text)
    if not match:
        return None, ""
    return Decimal(match["value"].replace(",", ".")), UNITS.get(match["unit"] or "", "")


def _fees(rest: str) -> tuple[tuple[Fee, ...], str]:
    found: list[tuple[re.Match[str], str]] = []
    pattern = _FEE
    while match := pattern.match(rest):
        note, rest = _note(rest[match.end() :])
        found.append((match, note))
        pattern = _NEXT_FEE
    description = rest.strip()
    return tuple(_fee(match, note, description) for match, note in found), description


def _fee(match: re.Match[str], note: str, description: str) -> Fee:
    text = match.group()
    if text == FREE:
        # many authorities tick "free" and write the amount, or who sets it, beside it
        free = _EMPTY_NOTE.fullmatch(note) and not _MONEY.search(description)
        return Fee(text, note, Decimal(0) if free else None, "VND" if free else "")
    if text == UNSTATED:
        return Fee(text, note)
    currency = CURRENCIES[match["currency"]]
    amount = _amount(match["amount"])
    return Fee(text, note, _whole(amount, note) if currency == "VND" else amount, currency)


def _whole(amount: Decimal, note: str) -> Decimal | None:
    """Some rows lost their thousands ("20 VNĐ", note "20.000 đ/tờ khai"): the note decides, without it nobody."""
    if amount >= _SMALLEST_FEE or amount == 0:
        return amount
    return amount * 1000 if re.search(rf"(?<![\d.,]){amount}[.,]000(?![.,\d])", note) else None


def _amount(text: str) -> Decimal:
    """The portal writes 1,350,000 and now and then 1.350.000 or 0.5: a mark before three digits groups thousands."""
    grouped = re.fullmatch(r"(\d{1,3}(?:[,.]\d{3})+|\d+)(?:[.,](\d{1,2}))?[.,]?", text)
    if not grouped:
        return Decimal(re.sub(r"\D", "", text))
    whole = re.sub(r"\D", "", grouped[1])
    return Decimal(f"{whole}.{grouped[2] or 0}") if grouped[2] else Decimal(whole)


def _note(rest: str) -> tuple[str, str]:
    """The bracketed text right after a fee, without its outer brackets, and what follows it."""
    if not rest.startswith("(") or (_ITEM.match(rest) and not _BARE_ITEM.search(rest)):
        return "", rest
    end = _closing(rest)
    return rest[1:end].strip(), rest[end + 1 :]


def _closing(text: str) -> int:
    """The bracket that closes the first one: by counting or, in texts that do not add up, the first that is glued on.

    Long notes are cut off by the portal and closed in mid-word, some records end inside a note.
    """
    balanced, depth = len(text), 0
    for position, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            balanced = position
            break
    if _is_glued(text, balanced):
        return balanced
    glued = (match.start() for match in re.finditer(r"\)", text) if match.start() and _is_glued(text, match.start()))
    return next(glued, balanced)


def _is_glued(text: str, position: int) -> bool:
    return position < len(text) and not re.match(r"[\s.,;:)]", text[position + 1 :] or "x")
