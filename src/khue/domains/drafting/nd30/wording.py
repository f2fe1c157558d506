"""Numbers, dates and endings as the decree writes them."""

import re
from collections.abc import Sequence
from datetime import date as Date
from typing import Any

GAP = re.compile(r"\[(?:điền|fill in|à remplir)[^\[\]]*\]", re.IGNORECASE)
# the letters of points, in the order of the Vietnamese alphabet
LETTERS = "abcdđeghiklmnopqrstuvxy"
BLANK = "…"


def words(language: str) -> str:
    """How a gap begins."""
    return {"vi": "điền", "en": "fill in", "fr": "à remplir"}[language]


def gap(what: str, language: str = "vi") -> str:
    """A marked place to fill."""
    return f"[{words(language)}: {what}]"


def gaps_of(value: Any) -> list[str]:
    """The gaps of a document's content, each once, in their order."""
    if isinstance(value, str):
        return list(dict.fromkeys(GAP.findall(value)))
    parts: Sequence[Any] = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return list(dict.fromkeys(gap for part in parts for gap in gaps_of(part)))


def number(value: int | None) -> str:
    """With a leading zero below ten (annex I, part I, II.3.c)."""
    return f"{value:02d}" if value else "        "


def day(date: Date | None) -> str:
    """Days below ten and the months 1 and 2 with a leading zero (II.4.b)."""
    if date is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def roman(value: int) -> str:
    steps = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for worth, letters in steps:
        while value >= worth:
            out, value = out + letters, value - worth
    return out


def arabic(letters: str) -> int:
    """A Roman number's value; 0 for what is none."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not letters or any(letter not in worth for letter in letters):
        return 0
    values = [worth[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-one if one < following else one for one, following in pairs)
    return total if roman(total) == letters else 0


def letter(position: int) -> str:
    """The n-th point, from 0; after the alphabet "a1", "b1" …"""
    turn, place = divmod(position, len(LETTERS))
    return LETTERS[place] + (str(turn) if turn else "")


def ended(lines: Sequence[str]) -> list[str]:
    """One a line: ";" behind each, "." behind the last."""
    bare = [line.strip().rstrip(";.,").strip() for line in lines if line.strip()]
    return [f"{line};" for line in bare[:-1]] + [f"{line}." for line in bare[-1:]]


def first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
