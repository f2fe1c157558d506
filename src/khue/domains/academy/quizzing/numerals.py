"""Numbers as people type them: "1.234,5" in Vietnamese, "1 234,5" in French, "1,234.5" in English, with a unit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from khue.domains.academy.quizzing.items import Unit
from khue.domains.academy.quizzing.spelling import folded

_NUMBER = re.compile(r"\s*([-+−]?)\s*((?:\d[\d.,'’\s]*|[.,]\d+))(?:[eE]([-+−]?\d+))?\s*(.*?)\s*", re.DOTALL)
# thousands, decimal
_MARKS = {"vi": (".", ","), "fr": (".", ","), "en": (",", ".")}
_GROUPED = r"[1-9]\d{{0,2}}(?:{0}\d{{3}})+"
_MULTIPLES = {
    **dict.fromkeys(map(folded, ("nghìn", "ngàn", "thousand", "mille")), 1e3),
    **dict.fromkeys(map(folded, ("triệu", "million", "millions")), 1e6),
    **dict.fromkeys(map(folded, ("tỷ", "tỉ", "billion", "milliard", "milliards")), 1e9),
}


class NotANumber(ValueError):
    """`reason`: "number" (no number there), "unit" (a unit that the item does not know)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Quantity:
    """`value` in the unit as typed; `unit` None when none was."""

    value: float
    unit: Unit | None = None

    @property
    def amount(self) -> float:
        """In the item's own unit."""
        return self.value * (self.unit.factor if self.unit else 1.0)


def quantity(text: str, language: str, units: Iterable[Unit] = ()) -> Quantity:
    """Raises NotANumber. A point or comma that cannot part thousands is the decimal mark, in every language."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NotANumber("number")
    sign, digits, power, rest = found.groups()
    value = _value(digits, language) * 10 ** int((power or "0").replace("−", "-"))
    times, unit = _unit(rest, tuple(units))
    return Quantity((-value if sign in {"-", "−"} else value) * times, unit)


def _value(digits: str, language: str) -> float:
    thousands, decimal = _MARKS.get(language, _MARKS["vi"])
    digits = _without_spaces(digits)
    if "." in digits and "," in digits:
        # both: the later one is decimal, whatever the language
        decimal = max(".,", key=digits.rindex)
        thousands = "," if decimal == "." else "."
        whole, _, part = digits.rpartition(decimal)
        return _plain(_ungrouped(whole, thousands), part)
    for mark in (thousands, decimal):
        if mark not in digits:
            continue
        is_grouped = re.fullmatch(_GROUPED.format(re.escape(mark)), digits)
        if is_grouped and (mark == thousands or digits.count(mark) > 1):
            return float(digits.replace(mark, ""))
        whole, _, part = digits.partition(mark)
        return _plain(whole, part)
    return _plain(digits, "")


def _without_spaces(digits: str) -> str:
    digits = digits.strip()
    if re.search(r"[\s'’]", digits):
        if not re.fullmatch(r"\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d*)?", digits):
            raise NotANumber("number")
        digits = re.sub(r"[\s'’]", "", digits)
    return digits


def _ungrouped(whole: str, thousands: str) -> str:
    if thousands in whole and not re.fullmatch(_GROUPED.format(re.escape(thousands)), whole):
        raise NotANumber("number")
    return whole.replace(thousands, "")


def _plain(whole: str, part: str) -> float:
    if not re.fullmatch(r"\d*", whole) or not re.fullmatch(r"\d*", part) or not whole + part:
        raise NotANumber("number")
    return float(f"{whole or 0}.{part or 0}")


def _unit(rest: str, units: tuple[Unit, ...]) -> tuple[float, Unit | None]:
    """The multiple ("triệu") and the unit in what follows the number."""
    words, times = rest.split(), 1.0
    named: Unit | None = None
    while words and (named := _named(" ".join(words), units)) is None:
        if folded(words[0]) not in _MULTIPLES:
            raise NotANumber("unit")
        times *= _MULTIPLES[folded(words[0])]
        words = words[1:]
    return times, named


def _named(text: str, units: tuple[Unit, ...]) -> Unit | None:
    """Upper and lower case differ only where both are units: "MB" and "mb" are one, "mW" and "MW" may be two."""
    exact = [unit for unit in units if text in unit.names.values()]
    alike = [unit for unit in units if any(_signs(name) == _signs(text) for name in unit.names.values())]
    return next(iter(exact or alike), None)


def _signs(text: str) -> str:
    return folded(text).replace(" ", "") or text.strip()
