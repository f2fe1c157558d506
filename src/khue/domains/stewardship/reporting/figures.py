"""What a report counts, folded from groups of calls."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from khue.gateway.classes import DataClass
from khue.gateway.zones import Zone

Key = TypeVar("Key", bound=Hashable)
REFUSED = "refused"
# columns that can still be told apart
MOST_COLUMNS = 62


class Group(Protocol):
    """Calls that have day, tool, class, zone, decision, rule and outcome in common."""

    @property
    def day(self) -> date: ...
    @property
    def task(self) -> str: ...
    @property
    def tool(self) -> str: ...
    @property
    def data_class(self) -> DataClass: ...
    @property
    def zone(self) -> str: ...
    @property
    def decision(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def calls(self) -> int: ...
    @property
    def prompt_tokens(self) -> int: ...
    @property
    def completion_tokens(self) -> int: ...
    @property
    def energy_mj(self) -> int: ...
    @property
    def co2_ug(self) -> int: ...


@dataclass(frozen=True)
class Bar:
    """A row of a chart: its parts in the order of the legend, each with its share of the longest row."""

    key: object
    total: int
    parts: tuple[tuple[str, int, float], ...]

    @property
    def placed(self) -> list[tuple[str, int, str, str]]:
        """Name, count, where the part begins and how long it is, in hundredths as a drawing writes them."""
        found, at = [], 0.0
        for name, count, share in self.parts:
            found.append((name, count, _drawn(at * 100), _drawn(share * 100)))
            at += share
        return found


@dataclass(frozen=True)
class Column:
    """The calls of one day, or of several that stand together."""

    first: date
    last: date
    made: int
    refused: int


@dataclass(frozen=True)
class DrawnColumn:
    """In a field as wide as there are columns and 100 high; refused calls stand on those that were made."""

    x: str
    made_y: str
    made_h: str
    refused_y: str
    refused_h: str


@dataclass
class Figures:
    """Counts of calls; `left` went beyond the institution, `answers` are texts that a model wrote."""

    calls: int = 0
    answers: int = 0
    refused: int = 0
    failed: int = 0
    hidden_first: int = 0
    tokens: int = 0
    energy_mj: int = 0
    co2_ug: int = 0
    zones: Counter[str] = field(default_factory=Counter)
    classes: dict[DataClass, Counter[str]] = field(default_factory=dict)
    tools: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    days: dict[date, Counter[str]] = field(default_factory=dict)

    @property
    def made(self) -> int:
        return self.calls - self.refused

    @property
    def left(self) -> int:
        return self.zones[Zone.COUNTRY] + self.zones[Zone.ABROAD]


def figures(groups: Iterable[Group]) -> Figures:
    found = Figures()
    for group in groups:
        where = REFUSED if group.outcome == REFUSED else (group.zone or Zone.MACHINE)
        found.calls += group.calls
        found.classes.setdefault(group.data_class, Counter())[where] += group.calls
        found.days.setdefault(group.day, Counter())[where] += group.calls
        found.tools[group.tool] += group.calls
        found.tokens += group.prompt_tokens + group.completion_tokens
        found.energy_mj += group.energy_mj
        found.co2_ug += group.co2_ug
        if where == REFUSED:
            found.refused += group.calls
            found.rules[group.rule] += group.calls
            continue
        found.zones[where] += group.calls
        found.answers += group.calls if group.task == "chat" else 0
        found.failed += group.calls if group.outcome == "failed" else 0
        found.hidden_first += group.calls if group.decision == "pseudonymise" else 0
    return found


PLACES = (*Zone, REFUSED)


def class_bars(found: Figures) -> list[Bar]:
    """One for each class, the most open first."""
    rows = {data_class: found.classes.get(data_class, Counter()) for data_class in DataClass}
    longest = max((row.total() for row in rows.values()), default=0)
    return [
        Bar(
            data_class,
            row.total(),
            tuple((str(place), row[place], row[place] / longest) for place in PLACES if row[place]),
        )
        for data_class, row in rows.items()
    ]


def bars(counts: Mapping[Key, int]) -> list[Bar]:
    """The longest first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    longest = max(counts.values(), default=0)
    return [Bar(key, count, (("", count, count / longest),)) for key, count in ordered if count]


def columns(found: Figures, days: list[date]) -> list[Column]:
    """One for each day; where there are too many, days stand together in equal numbers."""
    step = -(-len(days) // MOST_COLUMNS)
    made = []
    for at in range(0, len(days), step):
        together = days[at : at + step]
        counts = sum((found.days.get(day, Counter()) for day in together), Counter[str]())
        made.append(Column(together[0], together[-1], counts.total() - counts[REFUSED], counts[REFUSED]))
    return made


def drawn(found: list[Column], top: int) -> list[DrawnColumn]:
    made = []
    for number, column in enumerate(found):
        low, high = 100 * column.made / top, 100 * column.refused / top
        above = _drawn(high) if column.refused else ""
        made.append(DrawnColumn(_drawn(number + 0.1), _drawn(100 - low), _drawn(low), _drawn(100 - low - high), above))
    return made


def _drawn(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def class_table(found: Figures) -> list[tuple[DataClass, list[int]]]:
    return [(one, [found.classes.get(one, Counter())[place] for place in PLACES]) for one in DataClass]


def ceiling(highest: int) -> int:
    """A round number at or above the highest column: 1, 2 or 5 times a power of ten."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= factor * step:
                return factor * step
        step *= 10
