"""Conditions that all have to hold, found from a description and examples: who gets it, who does not, and why not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from khue.domains.prototypes.fitting import figures
from khue.domains.prototypes.fitting.figures import Figure
from khue.domains.prototypes.fitting.numbers import near
from khue.domains.prototypes.fitting.table import Table
from khue.domains.prototypes.fitting.told import Field, Result, told
from khue.domains.prototypes.rules import plain

NEGATED = re.compile(r"\b(?:not|no|chua|khong|pas|non|ineligible|refus|tu choi)\b")
BEFORE_LEAST = (
    "tu|tren|du|toi thieu|it nhat|at least|from|between|over|minimum|au moins|entre|des|a partir de|plus de|de"
)
BEHIND_LEAST = "tro len|or (?:more|older|over|above)|(?:ans |₫ )?(?:ou|et) plus|and (?:over|above|older)"
BEFORE_MOST = (
    "den|khong (?:duoc )?(?:qua|vuot|tren|vuot qua)|toi da|duoi|at most|up to|to|and|under|below|maximum|no more than|"
    "less than|not (?:more|over|above)(?: than)?|au plus|jusqu.a|moins de|maximum de|et|a|ne depasse pas"
)
BEHIND_MOST = "tro xuong|or (?:less|younger|under|below)|(?:ans |₫ )?(?:ou|et) moins|au (?:plus|maximum)"
LEAST = re.compile(rf"\b(?:{BEFORE_LEAST})\s*$|^\s*\S*\s*(?:{BEHIND_LEAST})")
MOST = re.compile(rf"\b(?:{BEFORE_MOST})\s*$|^\s*\S*\s*(?:{BEHIND_MOST})")
STRICT = re.compile(r"(?:duoi|under|below|less than|moins de)\s*$")
MOST_FIELDS = 8
REASONS = {
    "vi": {"yes": "“{}” phải là có.", "no": "“{}” phải là không.", "both": "{} phải từ {} đến {}.",
           "least": "{} phải từ {} trở lên.", "most": "{} không được quá {}."},
    "en": {"yes": "“{}” must be yes.", "no": "“{}” must be no.", "both": "{} must be from {} to {}.",
           "least": "{} must be {} or more.", "most": "{} must not be more than {}."},
    "fr": {"yes": "« {} » : il faut répondre oui.", "no": "« {} » : il faut répondre non.",
           "both": "{} : il faut de {} à {}.", "least": "{} : il faut {} ou plus.", "most": "{} : au plus {}."},
}  # fmt: skip


@dataclass(frozen=True)
class Bound:
    """Of one field: what it must be. `cost`: how far it is from what the description says."""

    least: float | None = None
    most: float | None = None
    wanted: bool | None = None
    cost: float = 0.0

    def holds(self, value: Any) -> bool:
        if self.wanted is not None:
            return bool(value) == self.wanted
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


def conditions(idea: str, examples: str, language: str) -> dict[str, Any] | None:
    """Parameters of the pattern without its title; None where no conditions give what the examples say."""
    held = told(examples)
    if held is None or not held.fields or len(held.fields) > MOST_FIELDS or held.buttons:
        return None
    if any(one.kind not in {"yesno", "number"} for one in held.fields) or any(one.label for one in held.results):
        return None
    met, unmet = _verdicts(held.results, idea)
    if not (met or unmet):
        return None
    wanted = _wanted(held.results, met, unmet, held.count)
    if None in wanted or len(set(wanted)) < 2:
        return None
    table = Table(idea, held)
    choices = [list(_bounds(name, one, table)) for name, one in table.named.items()]
    best = _best(choices, list(table.named.values()), wanted)
    if best is None:
        return None
    rows = [_row(one, bound, language) for one, bound in zip(table.named.values(), best, strict=True) if _says(bound)]
    return {"conditions": rows} | ({"met": met} if met else {}) | ({"unmet": unmet} if unmet else {})


def _verdicts(results: Sequence[Result], idea: str) -> tuple[str, str]:
    """What is said of who gets it and who does not: the one with a negation is the second."""
    said = list(dict.fromkeys(text for one in results for text in (*one.raw, *one.absent) if text))
    bad = [text for text in said if NEGATED.search(plain(text))]
    good = [text for text in said if text not in bad]
    unmet = bad[0] if bad else ""
    return (good[0] if good else _counterpart(unmet, idea)), unmet


def _counterpart(unmet: str, idea: str) -> str:
    """“Eligible or Not eligible”, “eligible / not eligible”."""
    if not unmet:
        return ""
    found = re.search(
        rf"(?:^|[\s:“\"«])(?P<met>[^\W\d_][^.,;:?“”\"«»]{{1,40}}?)[”\"»]?\s*(?:\bor\b|\bhoặc\b|\bhay\b|\bou\b|/)\s*[“\"«]?"
        rf"{re.escape(unmet)}",
        idea,
        re.IGNORECASE,
    )
    if found is None:
        return ""
    words = found["met"].split()
    starts = [at for at, word in enumerate(words) if word[:1].isupper()]
    return " ".join(words[starts[-1] if starts else 0 :])


def _wanted(results: Sequence[Result], met: str, unmet: str, count: int) -> list[bool | None]:
    found: list[bool | None] = [None] * count
    for one in results:
        for at in range(count):
            for text, shown in ((one.raw[at], True), (one.absent[at], False)):
                if text and text in {met, unmet}:
                    found[at] = (text == met) == shown
    return found


def _bounds(name: str, one: Field, table: Table) -> Iterator[Bound]:
    """Every answer, every pair of figures; those that stand beside the field's name and sound like it cost least."""
    if one.kind == "yesno":
        yield from (Bound(wanted=True), Bound(wanted=False), Bound(cost=2.5))
        return
    mine = [figure for figure in table.figures if name == _owner(figure, table)] or list(table.figures)
    lows = [(None, 0.0), *((_low(figure), _cost(LEAST, figure, table)) for figure in mine)]
    highs = [(None, 0.0), *((_high(figure, table), _cost(MOST, figure, table)) for figure in mine)]
    for (low, much), (high, more) in product(lows, highs):
        if low is None or high is None or low < high:
            unused = sum(low != figure.value and high != _high(figure, table) for figure in mine)
            yield Bound(low, high, cost=much + more + 1.2 * unused + (2.0 if low is None and high is None else 0.0))


def _owner(figure: Figure, table: Table) -> str:
    """A condition stands behind the name of its field; where no name is before it, the nearest."""
    said = table.idea.casefold()
    ends = {name: said.rfind(one.label.casefold(), 0, figure.at) for name, one in table.named.items()}
    before = max(ends, key=lambda name: ends[name])
    return before if ends[before] >= 0 else next(iter(near(figure, table)), "")


def _low(figure: Figure) -> float:
    return figure.value


def _high(figure: Figure, table: Table) -> float:
    return figure.value - 1 if STRICT.search(_around(figure, table)[0]) else figure.value


def _cost(words: re.Pattern[str], figure: Figure, table: Table) -> float:
    before, behind = _around(figure, table)
    return 0.0 if any(words.search(text) for text in (before, behind)) else 1.0


def _around(figure: Figure, table: Table) -> tuple[str, str]:
    until = figures.FIGURE.match(table.idea, figure.at)
    end = until.end() if until else figure.at
    return plain(table.idea[max(0, figure.at - 24) : figure.at]), plain(table.idea[end : end + 24])


def _best(choices: list[list[Bound]], fields: list[Field], wanted: list[bool | None]) -> tuple[Bound, ...] | None:
    kept = [sorted(one, key=lambda bound: bound.cost)[: 12 if len(choices) < 4 else 5] for one in choices]
    best: tuple[float, tuple[Bound, ...]] | None = None
    for picked in product(*kept):
        cost = sum(one.cost for one in picked)
        if (best is None or cost < best[0]) and all(
            want == all(bound.holds(one.values[at]) for bound, one in zip(picked, fields, strict=True))
            for at, want in enumerate(wanted)
        ):
            best = (cost, picked)
    return best[1] if best else None


def _says(bound: Bound) -> bool:
    return not (bound.least is None and bound.most is None and bound.wanted is None)


def _row(one: Field, bound: Bound, language: str) -> dict[str, Any]:
    words = REASONS.get(language, REASONS["en"])
    if bound.wanted is not None:
        reason = words["yes" if bound.wanted else "no"].format(one.label)
        return {"label": one.label, "type": "yesno", "wanted": bound.wanted, "reason": reason[:140]}
    given = {name: _whole(value) for name in ("least", "most") if (value := getattr(bound, name)) is not None}
    kind = "both" if len(given) == 2 else next(iter(given))
    said = (figures.shown(value, language) for value in given.values())
    return {"label": one.label, "type": "number", **given, "reason": words[kind].format(one.label, *said)[:140]}


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value
