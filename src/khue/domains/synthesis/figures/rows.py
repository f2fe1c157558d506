"""Figures in rows of tables, as the reader gives them: "Chỉ tiêu: Hồ sơ; Đơn vị tính: hồ sơ; Kỳ này: 45.230"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from khue.domains.synthesis.figures import periods, places, quantities
from khue.domains.synthesis.figures.figure import Figure, Kind
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.figures.words import plain

_COUNT = re.compile(r"^(?:stt|tt|so tt|no|n|thu tu)$")
_UNIT = re.compile(r"^(?:don vi tinh|don vi|dvt|unit|unite)$")
_PLACE = re.compile(r"^(?:tinh|tinh thanh( pho)?|dia phuong|don vi|ten don vi|xa|xa phuong|place|province)\b")
_PLAN = re.compile(r"\b(?:ke hoach|chi tieu giao|muc tieu|giao|kh)\b")
_CHANGE = re.compile(r"\b(?:so sanh|so voi|tang|giam|ss|chenh lech)\b")
_NOTE = re.compile(r"\b(?:ghi chu|note|nguon|can cu)\b")
_IN_BRACKETS = re.compile(r"\(\s*(?:đơn vị(?: tính)?\s*:?\s*|đvt\s*:?\s*)?([^()]{1,30})\)", re.IGNORECASE)
_ALL = re.compile(r"^(?:tong|tong cong|tong so|cong|total|toan tinh)$")


@dataclass(frozen=True)
class Around:
    """What a place of a report says of all figures that stand there."""

    report: str
    place: str
    period: Period | None
    page: int | None = None
    caption: str = ""
    point: bool = False


def pairs(row: str) -> list[tuple[str, str]]:
    found = []
    for piece in row.split("; "):
        name, colon, value = piece.partition(": ")
        found.append((name.strip(), value.strip()) if colon else ("", piece.strip()))
    return found


def figures(row: str, around: Around) -> Iterator[Figure]:
    """Of a row whose first words name the indicator, or whose columns do and whose first words name the place."""
    cells = [(name, value) for name, value in pairs(row) if value and not _COUNT.match(plain(name))]
    numbers = [(name, value) for name, value in cells if quantities.cell(value, point=around.point)]
    words = [(name, value) for name, value in cells if not quantities.cell(value, point=around.point)]
    if not numbers or not words:
        return
    unit = next((value for name, value in words if _UNIT.match(plain(name)) and quantities.is_unit(value)), "")
    labels = [(name, value) for name, value in words if value != unit and not _NOTE.search(plain(name))]
    if not labels:
        return
    head, label = labels[0]
    place = places.province(label)
    if place or (_PLACE.match(plain(head)) and not unit):
        if _ALL.match(plain(label)):
            place = around.place
        if place:
            yield from _by_column(numbers, replace(around, place=place), row)
        return
    yield from _by_row(label, unit, numbers, around, row)


def _by_row(label: str, unit: str, numbers: list[tuple[str, str]], around: Around, row: str) -> Iterator[Figure]:
    inner = _IN_BRACKETS.search(label)
    if not unit and inner and quantities.is_unit(inner[1]):
        unit, label = inner[1], label.replace(inner[0], "").strip()
    for name, value in numbers:
        made = _figure(label, unit or _unit_of_head(name), name, value, around, row)
        if made:
            yield made


def _by_column(numbers: list[tuple[str, str]], around: Around, row: str) -> Iterator[Figure]:
    for name, value in numbers:
        label = _IN_BRACKETS.sub("", name).strip()
        made = _figure(label, _unit_of_head(name), name, value, around, row)
        if made:
            yield made


def _unit_of_head(name: str) -> str:
    found = _IN_BRACKETS.search(name)
    return found[1] if found and quantities.is_unit(found[1]) else ""


def _figure(label: str, unit: str, head: str, value: str, around: Around, row: str) -> Figure | None:
    read = quantities.cell(value, point=around.point)
    if read is None or not label:
        return None
    told, since = _kind(head)
    if told == "change":
        unit = "%" if "%" in f"{value}{head}" else unit
    unit = unit or ("%" if "%" in value or plain(label).startswith("ty le") else _caption_unit(around.caption))
    counted, times = quantities.unit_of(unit) if unit else ("", 1.0)
    period = _period(head, around)
    if period is None:
        return None
    sign = -1 if value.strip().startswith(("-", "−")) else 1
    return Figure(
        label.strip(" -+.:"), sign * read[0] * times, counted, _written(value, unit),
        around.place, str(period), told, around.report, around.page, row, "table", read[1] * times,
        since=str(period.a_year_before) if told == "change" and since else "",
        is_of_last=period != around.period,
    )  # fmt: skip


def _written(value: str, unit: str) -> str:
    """ "84.500", "Triệu đồng" → "84.500 triệu đồng": as it would stand in a sentence."""
    if "%" in value:
        return value
    return f"{value} {unit if unit.isupper() else unit[:1].lower() + unit[1:]}".strip()


def _kind(head: str) -> tuple[Kind, bool]:
    said = plain(head)
    if _CHANGE.search(said) or "/" in head and "%" in head:
        return "change", not _PLAN.search(said)
    return ("plan" if _PLAN.search(said) else "actual"), False


def _period(head: str, around: Around) -> Period | None:
    if _CHANGE.search(plain(head)):
        return around.period
    named = periods.stated(head, around.period)
    return named or periods.stated(around.caption, around.period) or around.period


def _caption_unit(caption: str) -> str:
    found = re.search(r"(?:đơn vị tính|đvt)\s*:?\s*([^().;,]{1,30})", caption, re.IGNORECASE)
    return found[1].strip() if found and quantities.is_unit(found[1]) else ""
