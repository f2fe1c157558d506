"""A finding, and the words that are the same for all kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from khue.domains.analysis.briefing.binding import Cell
from khue.domains.analysis.briefing.seen import Indicator, Seen
from khue.domains.analysis.briefing.wording import NOTHING, Slot, Worded, joined, moment, say, shown, texts

# bad: worse than it could be; uneven: so, but nobody says what is good; doubt: what makes another one unsure
Role = Literal["bad", "uneven", "good", "doubt", "fact"]


@dataclass(frozen=True)
class Finding:
    """`family`: spread, tail, course, relation, index, inequality, effect, ahead, doubt or fact. `short` stands after
    "because". `slots` are what texts of instruments may name: indicator, worst, best, kind, until. `weight`: how much
    of a problem it is, 0 to 3. `places` stand in it, of which `high` and `low` are at the ends; `known` are all
    names of its result."""

    key: str
    kind: str
    family: str
    role: Role
    step: str
    text: Worded
    short: Worded
    indicator: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    weight: float = 0.0
    known: frozenset[str] = frozenset()


class Says:
    """What a step shows, in the words of a language."""

    def __init__(self, seen: Seen, at: int, language: str) -> None:
        self.seen, self.language = seen, language
        self._at, self._texts = at, texts(language)

    def finding(
        self, kind: str, family: str, /, *, role: Role = "fact", weight: float = 0.0, of: Indicator | None = None,
        places: Sequence[str] = (), highs: Sequence[str] = (), lows: Sequence[str] = (),
        gives: Mapping[str, Slot] | None = None, **slots: Slot,
    ) -> Finding:  # fmt: skip
        """`of`: its indicator; `gives`: slots beside the indicator that instruments may name."""
        named = {"indicator": self.indicator(of), "name": of.name} if of else {}
        told = self._texts["findings"][kind]
        filled = {**named, **slots}
        return Finding(
            key=f"r{self._at}.{kind}",
            kind=kind,
            family=family,
            role=role,
            step=self.seen.step,
            text=say(told["text"], **filled),
            short=say(told["short"], **filled),
            indicator=of.name if of else "",
            slots={**self._plainly(of), **(gives or {})},
            places=tuple(places),
            high=tuple(highs),
            low=tuple(lows),
            weight=weight,
            known=self.seen.names,
        )

    def _plainly(self, of: Indicator | None) -> dict[str, Slot]:
        """As instruments name it: not "the average of", but the thing itself."""
        if of is None:
            return {}
        plain = self._texts["indicator"]["count" if of.made == "count" else "plain"]
        return {"indicator": plain.format(name=of.name), "name": of.name}

    # Words ----------------------------------------------------------------------------------------

    def indicator(self, one: Indicator) -> str:
        found: str = self._texts["indicator"][one.made].format(name=one.name)
        return found

    @property
    def index(self) -> str:
        return str(self._texts["index"])

    def kind(self, column: str) -> str:
        """What one row of a column of names is: "tỉnh" where the language is that of the data, else "place"."""
        if self._texts["takes_kind"] and self.seen.kinds.get(column):
            return self.seen.kinds[column].lower()
        kinds: Mapping[str, str] = self._texts["kinds"]
        return kinds["place" if column in self.seen.places else "group"]

    def at(self, name: Any, column: str) -> str:
        return self._placed("at", name, column)

    def name(self, name: Any, column: str) -> str:
        return self._placed("name", name, column)

    def _placed(self, how: str, name: Any, column: str) -> str:
        is_kind = column in self.seen.kinds and self._texts["takes_kind"]
        which = "place" if column in self.seen.places else "group" if is_kind else "other"
        found: str = self._texts[how][which].format(name=name, kind=self.kind(column))
        return found

    def names(self, parts: Sequence[Slot]) -> Worded:
        return joined(parts, ", ", self._texts["and"])

    def count(self, count: int) -> str:
        found: str = self._texts["counts"][count]
        return found

    def when(self, value: Any) -> str:
        return moment(value, self.language)

    def unit(self, of: Indicator) -> str:
        """Empty where the language has no word for it."""
        found: str = self._texts["units"].get(of.unit.casefold(), "")
        return found

    def points(self, of: Indicator) -> str:
        """The unit of a difference: of two percentages it is in points."""
        return str(self._texts["points"]) if of.unit == "%" else self.unit(of)

    # Figures --------------------------------------------------------------------------------------

    def figure(self, cell: Cell, of: Indicator, places: int, *, size: bool = False) -> Worded:
        return shown(cell, self.language, decimals=places, unit=self.unit(of), size=size)

    def difference(self, cell: Cell, of: Indicator, places: int) -> Worded:
        return shown(cell, self.language, decimals=places, unit=self.points(of), size=True)

    def plain(self, cell: Cell, places: int, *, size: bool = False) -> Worded:
        return shown(cell, self.language, decimals=places, size=size)

    def share(self, cell: Cell) -> Worded:
        return shown(cell, self.language, decimals=0 if abs(cell.value) >= 0.1 else 1, share=True, size=True)

    def changed(self) -> Worded:
        """ ", that is 28%", where it can be said."""
        if "change" not in self.seen.derived:
            return NOTHING
        return say(self._texts["share"], change=self.share(self.seen.worked_out("change")))

    def apart(self, of: Indicator, places: int) -> Worded:
        """ ", 1.8 times as much" or ", a difference of 0.7 points"."""
        derived = self.seen.derived
        if "gap" not in derived:
            return NOTHING
        if derived.get("ratio", 0) >= 1.5 and of.unit != "%":
            return say(self._texts["apart"]["ratio"], ratio=self.plain(self.seen.worked_out("ratio"), 1))
        return say(self._texts["apart"]["gap"], gap=self.difference(self.seen.worked_out("gap"), of, places))
