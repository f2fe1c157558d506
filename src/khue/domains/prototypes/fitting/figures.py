"""Numbers and days as people write them."""

import re
from dataclasses import dataclass
from datetime import date

TIMES = {"nghìn": 1e3, "ngàn": 1e3, "thousand": 1e3, "mille": 1e3, "triệu": 1e6, "million": 1e6, "millions": 1e6,
         "tỷ": 1e9, "billion": 1e9, "milliard": 1e9}  # fmt: skip
DIGITS = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
FIGURE = re.compile(rf"(?<![\d/])({DIGITS})(?![\d/])\s*(%|{'|'.join(TIMES)})?", re.IGNORECASE)
ALONE = re.compile(rf"([−-]?)\s*({DIGITS})\s*(.*)", re.DOTALL)
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MONEY = re.compile(r"^(?:₫|đ|vnđ|vnd|đồng|dongs?|đ\.)$", re.IGNORECASE)
HALF = re.compile(r"\b(?:một nửa|half|moitié)\b", re.IGNORECASE)
DOUBLE = re.compile(r"\b(?:gấp đôi|double|twice|deux fois)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A number of a description, and where it stands; `share`: it has a sign of per cent."""

    value: float
    at: int
    share: bool = False


def number(text: str) -> float:
    """Groups of three are thousands; else the last sign is a decimal one."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        return float(re.sub(r"[.,]", "", bare))
    last = max(bare.rfind("."), bare.rfind(","))
    return float(bare) if last < 0 else float(re.sub(r"[.,]", "", bare[:last]) + "." + bare[last + 1 :])


def alone(text: str) -> tuple[float, str] | None:
    """A number and what stands behind it ("24.000 ₫"); a code such as 0912345678 is none."""
    found = ALONE.fullmatch(text.strip())
    if found is None or re.match(r"0\d", found[2]) or DAY.match(text.strip()) or len(found[3].split()) > 3:
        return None
    if re.match(r"[\d:/.,-]", found[3]):
        return None
    value = number(found[2])
    return (-value if found[1] else value), found[3].strip().rstrip(".")


def day(text: str) -> date | None:
    found = DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def figures(text: str) -> tuple[Figure, ...]:
    """Each value once, in the order of the text."""
    found: dict[tuple[float, bool], Figure] = {}
    bare = DAY.sub(lambda one: " " * len(one[0]), text)
    for one in FIGURE.finditer(bare):
        word = (one[2] or "").lower()
        value = number(one[1]) * TIMES.get(word, 1)
        found.setdefault((value, word == "%"), Figure(value, one.start(), word == "%"))
    for pattern, value in ((HALF, 0.5), (DOUBLE, 2.0)):
        if (said := pattern.search(bare)) and (value, False) not in found:
            found[value, False] = Figure(value, said.start())
    return tuple(sorted(found.values(), key=lambda one: one.at))


def written(value: float) -> str:
    """As a formula has it."""
    rounded = round(value, 6)
    return str(int(rounded)) if rounded.is_integer() else repr(rounded)


def shown(value: float, language: str) -> str:
    """As people of the language read it: 8.000.000, 8,000,000, 8 000 000."""
    group = {"vi": ".", "fr": "\u202f"}.get(language, ",")
    whole = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")
    return whole.translate({ord(","): group, ord("."): "." if language == "en" else ","})
