"""Rules: what a result is about decides how it is drawn.

Time → line; time and many groups → small multiples; provinces → map of tiles; shares of one whole → one bar in parts;
a name and an amount → ranking; two amounts → relation; many amounts → distribution. One figure is no chart.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.provinces import match
from khue.domains.analysis.provinces.matching import plain

Kind = Literal["line", "multiples", "ranking", "grouped", "part", "relation", "distribution", "map", "map_before"]
FEW_LINES = 6
MOST_MULTIPLES = 12
MOST_BARS = 40
LEAST_FOR_RELATION = 6
LEAST_FOR_DISTRIBUTION = 12
TIME_WORDS = {"nam", "year", "annee", "thang", "month", "mois", "quy", "quarter", "trimestre", "week"}
# "số tháng": an amount
AMOUNT_WORDS = {"so", "number", "count", "nombre", "tong", "total", "sum", "avg", "n", "star"}


@dataclass(frozen=True)
class Choice:
    """`x` is the time, the name or the first amount; `y` the amount; `by` divides into colours or small charts."""

    kind: Kind
    x: str
    y: str = ""
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def choose(result: Result) -> Choice | None:
    kinds = kinds_for(result)
    return kinds[0] if kinds else None


def kinds_for(result: Result) -> list[Choice]:
    """All that fit, the best first."""
    if len(result.rows) < 2:
        return []
    times, names, amounts = roles(result)
    found: list[Choice | None] = []
    if times and amounts:
        found += _over_time(result, times[0], names + times[1:], amounts)
    if names and amounts and not times:
        found += _by_name(result, names, amounts)
    if len(amounts) > 1 and len(result.rows) >= LEAST_FOR_RELATION and not times:
        found.append(Choice("relation", amounts[0], amounts[1], names[0] if names and _few(result, names[0]) else ""))
    if (
        amounts
        and not times
        and len(result.rows) >= LEAST_FOR_DISTRIBUTION
        and not (names and len(result.rows) <= MOST_BARS)
    ):
        found.append(Choice("distribution", amounts[0]))
    return [one for one in found if one]


def roles(result: Result) -> tuple[list[str], list[str], list[str]]:
    """Its columns of time, of names and of amounts."""
    times, names, amounts = [], [], []
    for column in result.columns:
        values = [value for value in result.column(column.name) if value is not None]
        if not values:
            continue
        if is_time(column, values):
            times.append(column.name)
        elif column.type in {"integer", "number"}:
            amounts.append(column.name)
        else:
            names.append(column.name)
    return times, names, amounts


def is_time(column: Column, values: list[Any]) -> bool:
    if column.type in {"date", "datetime"}:
        return True
    if column.type != "integer":
        return False
    words = set(plain(column.name).split())
    named = bool(TIME_WORDS & words) and not AMOUNT_WORDS & words
    years = all(1900 <= value <= 2100 for value in values)
    return (named and (years or all(0 <= value <= 53 for value in values))) or (years and len(set(values)) > 2)


def _few(result: Result, name: str) -> bool:
    return len(set(result.column(name))) <= FEW_LINES


def _over_time(result: Result, time: str, names: list[str], amounts: list[str]) -> list[Choice | None]:
    if not names:
        return [Choice("line", time, amounts[0]), Choice("ranking", time, amounts[0])]
    groups = len(set(result.column(names[0])))
    if len(names) > 1 or groups * len(set(result.column(time))) < len(result.rows):
        return []
    if groups <= FEW_LINES:
        return [Choice("line", time, amounts[0], names[0]), Choice("multiples", time, amounts[0], names[0])]
    return [Choice("multiples", time, amounts[0], names[0])] if groups <= MOST_MULTIPLES else [None]


def _by_name(result: Result, names: list[str], amounts: list[str]) -> list[Choice | None]:
    name, amount = names[0], amounts[0]
    if len(names) > 1:
        return [Choice("grouped", names[0], amount, names[1])] if len(names) == 2 and _few(result, names[1]) else []
    if len(set(result.column(name))) < len(result.rows):
        return []
    found: list[Choice | None] = []
    if vintage := _map_of(result, name):
        found += [Choice("map_before", name, amount)] if vintage == "before" else []
        found.append(Choice("map", name, amount))
    few = len(result.rows) <= FEW_LINES
    if few and _is_whole(result.column(amount)):
        found.append(Choice("part", name, amount))
    if len(result.rows) <= MOST_BARS:
        found.append(Choice("ranking", name, amount))
    if few and _adds_up(result, amount) and not _is_whole(result.column(amount)):
        found.append(Choice("part", name, amount))
    return found


def _map_of(result: Result, name: str) -> str:
    """Provinces of before or of today; none unless a third of the country is there, or the map would be empty."""
    found = match([str(value) for value in result.column(name) if value is not None])
    is_enough = found.share >= 0.8 and len({province.code for province in found.of.values()}) >= 10
    return found.vintage if is_enough else ""


def _adds_up(result: Result, amount: str) -> bool:
    """Counts and sums make a whole; averages do not."""
    column = result.columns[result.names.index(amount)]
    values = [value for value in result.column(amount) if value is not None]
    return column.type == "integer" and bool(AMOUNT_WORDS & set(plain(amount).split())) and min(values, default=-1) >= 0


def _is_whole(values: list[Any]) -> bool:
    given = [value for value in values if value is not None]
    return bool(given) and all(value >= 0 for value in given) and abs(sum(given) - 100) < 0.6
