"""Questions that give a profile: one pass over all columns, then one for the frequent values of each."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.profile.columns import ColumnProfile, TableProfile
from khue.domains.analysis.provinces import is_province_column, match
from khue.domains.analysis.provinces.matching import plain

Query = Callable[[str], Result]
# how many values of a column are kept
VALUES = 300
FEW_NUMBERS = 40
# above this, duplicates are counted on the rows of one sixteenth of all fingerprints
EXACT_ROWS = 2_000_000
PARTS = 16
NUMBERS = {"integer", "number"}
YEARS = range(1900, 2101)
UNIT = re.compile(r"\(\s*(?:đvt|đơn vị|unit|unité)?\s*:?\s*([^()]{1,24})\s*\)\s*$|[,;]\s*(%)\s*$", re.I)
CODES = re.compile(r"^(ma|id|code|stt|so thu tu|no|identifiant)\b|\b(id|code|ma)$")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def profile(query: Query, table: str, titles: Mapping[str, str] | None = None) -> TableProfile:
    """`titles`: what columns were called in the file, by their names in SQL."""
    started = time.monotonic()
    columns = query(f"SELECT * FROM {quoted(table)} LIMIT 0").columns
    rows = query(f"SELECT count(*) FROM {quoted(table)}").rows[0][0]
    figures = _figures(query, table, columns, is_exact=rows <= EXACT_ROWS)
    seen = tuple(
        _column(query, table, column, (titles or {}).get(column.name, column.name), figures) for column in columns
    )
    duplicates, is_estimate = _duplicates(query, table, rows) if rows else (0, False)
    return TableProfile(rows, seen, duplicates, is_estimate, round((time.monotonic() - started) * 1000))


def _figures(query: Query, table: str, columns: tuple[Column, ...], *, is_exact: bool) -> dict[str, Any]:
    """All figures of all columns; in parts, so that a sheet of thousands of columns is no single huge statement."""
    found: dict[str, Any] = {}
    for start in range(0, len(columns), 200):
        asked = ["count(*) AS rows"]
        for at, column in enumerate(columns[start : start + 200], start):
            asked += _asked(column, f"c{at}", is_exact)
        result = query(f"SELECT {', '.join(asked)} FROM {quoted(table)}")
        found |= dict(zip(result.names, result.rows[0], strict=True))
    return {**found, "places": {column.name: f"c{at}" for at, column in enumerate(columns)}}


def _asked(column: Column, key: str, is_exact: bool) -> list[str]:
    name = quoted(column.name)
    different = f"count(DISTINCT {name})" if is_exact else f"approx_count_distinct({name})"
    asked = [f"count({name}) AS {key}_n", f"{different} AS {key}_d"]
    if column.type != "other":
        asked += [f"min({name}) AS {key}_min", f"max({name}) AS {key}_max"]
    if column.type in NUMBERS:
        asked += [f"avg({name}) AS {key}_avg"]
        asked += [f"approx_quantile({name}, {part})::DOUBLE AS {key}_q{part * 100:.0f}" for part in (0.25, 0.5, 0.75)]
    if column.type == "date":
        asked += [f"bool_and(day({name}) = 1) AS {key}_first", f"bool_and(dayofyear({name}) = 1) AS {key}_new_year"]
    return asked


def _every(figures: Mapping[str, Any], key: str) -> str:
    return "year" if figures.get(f"{key}_new_year") else "month" if figures.get(f"{key}_first") else ""


def _column(query: Query, table: str, column: Column, title: str, figures: Mapping[str, Any]) -> ColumnProfile:
    key, rows = figures["places"][column.name], figures["rows"]
    distinct = figures[f"{key}_d"]
    values, is_complete = _values(query, table, column, distinct, rows)
    if is_complete:
        distinct = len(values)
    quartiles = tuple(figures[f"{key}_q{part}"] for part in (25, 50, 75)) if column.type in NUMBERS else ()
    has_numbers = bool(quartiles) and quartiles[0] is not None
    role = _role(column, title, values, distinct, rows, figures.get(f"{key}_min"), figures.get(f"{key}_max"))
    return ColumnProfile(
        name=column.name,
        title=title,
        type=column.type,
        role=role,
        missing=rows - figures[f"{key}_n"],
        distinct=distinct,
        minimum=figures.get(f"{key}_min"),
        maximum=figures.get(f"{key}_max"),
        mean=figures.get(f"{key}_avg"),
        quartiles=quartiles if has_numbers else (),
        outliers=_outliers(query, table, column, quartiles) if has_numbers and role == "measure" else 0,
        unit=unit(title),
        values=values,
        values_complete=is_complete,
        provinces=_provinces(values) if role == "place" else {},
        every=_every(figures, key),
    )


def _values(
    query: Query, table: str, column: Column, distinct: int, rows: int
) -> tuple[tuple[tuple[Any, int], ...], bool]:
    """The most frequent values; none of numbers that hardly repeat."""
    if column.type == "other" or (column.type != "text" and distinct > FEW_NUMBERS) or not rows:
        return (), False
    name, of = quoted(column.name), quoted(table)
    # a column of names or texts: frequent values say little and cost a lot, a few show what it holds
    few = distinct > 50_000
    source = f"(SELECT {name} FROM {of} LIMIT 20000)" if few else of
    asked = (
        f"SELECT {name} AS value, count(*) AS n FROM {source} WHERE {name} IS NOT NULL "
        f"GROUP BY 1 ORDER BY n DESC, value LIMIT {VALUES + 1}"
    )
    found = query(asked).rows
    return tuple((value, count) for value, count in found[:VALUES]), len(found) <= VALUES and not few


def _role(
    column: Column, title: str, values: tuple[tuple[Any, int], ...], distinct: int, rows: int, least: Any, most: Any
) -> str:
    name = plain(title)
    if column.type in {"date", "datetime", "time"} or _is_year(column, name, least, most):
        return "time"
    if column.type == "text":
        texts = [value for value, _ in values]
        if texts and is_province_column(title, texts):
            return "place"
        if CODES.search(name) or (rows > 30 and distinct >= rows * 0.95):
            return "identifier"
        return "category" if distinct <= max(50, rows // 20) else "text"
    if column.type == "boolean":
        return "category"
    if column.type in NUMBERS:
        return "identifier" if CODES.search(name) and column.type == "integer" else "measure"
    return "text"


def _is_year(column: Column, name: str, least: Any, most: Any) -> bool:
    if column.type != "integer" or least is None:
        return False
    said = re.search(r"\b(nam|year|annee|thang|month|mois|quy|quarter|trimestre|tuan|week)\b", name)
    in_range = least in YEARS and most in YEARS
    return bool(said) and (in_range or 1 <= least <= most <= 53)


def unit(title: str) -> str:
    found = UNIT.search(title)
    if found:
        return (found[1] or found[2]).strip()
    return "%" if "%" in title or re.search(r"\b(ty le|percent|taux|pct)\b", plain(title)) else ""


def _outliers(query: Query, table: str, column: Column, quartiles: tuple[float, ...]) -> int:
    low, _, high = quartiles
    far = 3 * (high - low)
    if far <= 0:
        return 0
    name = quoted(column.name)
    asked = f"SELECT count(*) FROM {quoted(table)} WHERE {name} < {low - far!r} OR {name} > {high + far!r}"
    return int(query(asked).rows[0][0])


def _duplicates(query: Query, table: str, rows: int) -> tuple[int, bool]:
    of = quoted(table)
    if rows <= EXACT_ROWS:
        return int(query(f"SELECT count(*) - count(DISTINCT hash(t)) FROM {of} t").rows[0][0]), False
    asked = f"SELECT count(h) - count(DISTINCT h) FROM (SELECT hash(t) AS h FROM {of} t) WHERE h % {PARTS} = 0"
    return int(query(asked).rows[0][0]) * PARTS, True


def _provinces(values: tuple[tuple[Any, int], ...]) -> dict[str, Any]:
    found = match([str(value) for value, _ in values])
    return {
        "vintage": found.vintage,
        "matched": len(found.of),
        "provinces": len({province.code for province in found.of.values()}),
        "unknown": list(found.unknown[:20]),
    }
