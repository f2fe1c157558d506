"""Of an answer in SQL: who stands where, how it went."""

from collections.abc import Iterator, Sequence
from typing import Any

from khue.domains.analysis.briefing.findings.finding import Finding, Says
from khue.domains.analysis.briefing.seen import Indicator, is_monthly, points
from khue.domains.analysis.briefing.wording import decimals, joined
from khue.domains.analysis.charts.choosing import roles

TAIL = 3
LEAST_FOR_TAIL = 6
MOST_SINGLE = 4
EVEN = 1.03
STEADY = 0.02
Row = tuple[Any, ...]


def of_answer(says: Says) -> Iterator[Finding]:
    result = says.seen.result
    if len(result.rows) == 1:
        yield from _single(says)
        return
    times, names, amounts = roles(result)
    if not amounts:
        return
    if times and not names:
        yield from _course(says, times[0], amounts[0])
    elif names and not times and len(names) == 1:
        yield from ranking(says, names[0], amounts[0], whole=not says.seen.is_part)


def _single(says: Says) -> Iterator[Finding]:
    row, seen = says.seen.result.rows[0], says.seen
    for column in [one.name for one in seen.result.columns if one.type in {"integer", "number"}][:MOST_SINGLE]:
        value = row[seen.result.names.index(column)]
        if value is not None:
            of = seen.indicator(column)
            figure = says.figure(seen.at(row, column), of, decimals(value))
            yield says.finding("single", "fact", of=of, value=figure, weight=0.3)


# Places and groups beside each other --------------------------------------------------------------


def ranking(says: Says, names: str, amount: str, *, whole: bool = True, sure: bool = True) -> Iterator[Finding]:
    """`whole`: the rows are all that there are, not the first of a ranking; `sure`: they differ by more than
    chance."""
    rows = _ordered(says, names, amount)
    if len(rows) < 2:
        return
    of, kind = says.seen.indicator(amount), says.kind(names)
    if not sure:
        yield says.finding("chance", "doubt", role="doubt", of=of, kind=kind, weight=0.8)
        return
    if whole:
        yield _spread(says, names, amount, rows)
    if len(rows) >= (LEAST_FOR_TAIL if whole else 2):
        yield _tail(says, names, amount, rows, whole)


def _ordered(says: Says, names: str, amount: str) -> list[Row]:
    """From the highest down; empty where one name has several rows."""
    result = says.seen.result
    at, of = result.names.index(amount), result.names.index(names)
    rows = [row for row in result.rows if row[at] is not None and row[of] is not None]
    if len({row[of] for row in rows}) < len(rows):
        return []
    return sorted(rows, key=lambda row: -row[at])


def _spread(says: Says, names: str, amount: str, rows: Sequence[Row]) -> Finding:
    seen = says.seen
    of, first = seen.indicator(amount), seen.result.names.index(names)
    value = seen.result.names.index(amount)
    top, bottom = rows[0], rows[-1]
    places = decimals(top[value], bottom[value])
    low, high = (says.figure(seen.at(row, amount), of, places) for row in (bottom, top))
    slots: dict[str, Any] = {
        "at_high": says.at(top[first], names), "at_low": says.at(bottom[first], names), "high": high, "low": low,
        "kind": says.kind(names),
    }  # fmt: skip
    if bottom[value] > 0 and top[value] / bottom[value] < EVEN:
        return says.finding("even", "fact", role="fact", of=of, **slots)
    worst, best = (bottom, top) if of.direction > 0 else (top, bottom)
    gives: dict[str, Any] = {
        "worst": says.name(worst[first], names), "best": says.name(best[first], names), "kind": says.kind(names),
        "at_worst": says.at(worst[first], names), "at_best": says.at(best[first], names),
        "best_value": low if best is bottom else high, "worst_value": high if worst is top else low,
    }  # fmt: skip
    judged = bool(of.direction) and names in seen.places
    if not judged:
        # nobody says which end is the better one, or they are of different kinds: births and land
        gives = {"kind": says.kind(names)}
    relative = (top[value] - bottom[value]) / max(abs(top[value]), abs(bottom[value]), 1e-9)
    return says.finding(
        "spread_low" if of.direction > 0 else "spread_high",
        "spread",
        role="bad" if judged else "uneven",
        weight=min(2.5, (2.0 if judged else 1.2) + relative * 0.5),
        of=of,
        places=[str(worst[first]), str(best[first])],
        highs=[str(top[first])],
        lows=[str(bottom[first])],
        gives=gives,
        apart=says.apart(of, places),
        **slots,
    )


def _tail(says: Says, names: str, amount: str, rows: Sequence[Row], whole: bool) -> Finding:
    """The few that stand worst; of the first rows of a ranking those that it was made for."""
    seen = says.seen
    of, first = seen.indicator(amount), seen.result.names.index(names)
    value = seen.result.names.index(amount)
    is_low = of.direction > 0 if whole else seen.result.rows[0][value] <= seen.result.rows[-1][value]
    few = (list(reversed(rows)) if is_low else list(rows))[:TAIL]
    places = decimals(rows[0][value], rows[-1][value])
    listed = [
        joined([says.name(row[first], names), " (", says.figure(seen.at(row, amount), of, places), ")"], "")
        for row in few
    ]
    bad = names in seen.places and of.direction != 0 and (of.direction > 0) == is_low
    gives: dict[str, Any] = {
        "worst": says.names([says.name(row[first], names) for row in few]), "kind": says.kind(names),
        "at_worst": says.names([says.at(row[first], names) for row in few]),
    } if bad else {"kind": says.kind(names)}  # fmt: skip
    ends = [str(row[first]) for row in few]
    return says.finding(
        "tail_low" if is_low else "tail_high", "tail", role="bad" if bad else "uneven",
        weight=1.9 if bad else 1.0, of=of, places=ends, gives=gives,
        lows=ends if is_low else (), highs=() if is_low else ends,
        count=says.count(len(few)), kind=says.kind(names), list=says.names(listed),
    )  # fmt: skip


# The course of time -------------------------------------------------------------------------------


def _course(says: Says, time: str, amount: str) -> Iterator[Finding]:
    seen = says.seen
    course = points(seen.result, time, amount)
    if len(course) < 2:
        return
    of = seen.indicator(amount)
    (since, before), (until, now) = course[0], course[-1]
    cells = _ends(says, time, amount, course)
    by_year = is_monthly(course)
    if by_year:
        before, now = seen.derived["first_year"], seen.derived["last_year"]
    places = decimals(before, now)
    slots: dict[str, Any] = {
        "since": says.when(since), "until": says.when(until),
        "before": says.figure(cells[0], of, places), "now": says.figure(cells[1], of, places),
    }  # fmt: skip
    change = abs(now - before) / abs(before) if before else 1.0
    if change < STEADY:
        yield says.finding("steady", "fact", of=of, weight=0.4, **slots)
        return
    role, weight = turn(of, now - before)
    yield says.finding(
        ("rise" if now > before else "fall") + ("_year" if by_year else ""), "course", role=role,
        weight=weight + min(0.4, change), of=of, share=says.changed(), gives={"until": says.when(until)}, **slots,
    )  # fmt: skip


def _ends(says: Says, time: str, amount: str, course: Sequence[tuple[Any, float]]) -> tuple[Any, Any]:
    seen = says.seen
    if is_monthly(course):
        return seen.worked_out("first_year"), seen.worked_out("last_year")
    at = seen.result.names.index(time)
    row = {value[at]: value for value in seen.result.rows}
    return seen.at(row[course[0][0]], amount), seen.at(row[course[-1][0]], amount)


def turn(of: Indicator, change: float) -> tuple[Any, float]:
    """What a change of an indicator means, and how much of a problem it is."""
    if not of.direction:
        return "uneven", 1.3
    return ("good", 0.2) if change * of.direction > 0 else ("bad", 2.3)
