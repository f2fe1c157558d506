"""A table of texts becomes a table of numbers, dates and texts: the form is seen in samples, the whole is read in SQL,
and a column stays as it is where values would be lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from khue.domains.analysis.reading import values
from khue.domains.analysis.reading.names import column_names
from khue.domains.analysis.reading.sandbox import ReadTable, Remark

SAMPLE = 20_000
# of a column that is otherwise numbers or dates, so many may be something else; they are told
MOST_STRANGE = 0.005
WIDEST = 2_000


# columns of which values are counted in one pass
AT_ONCE = 100


@dataclass(frozen=True)
class Typed:
    expression: str
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """What a column seems to be by its sample; `cleaned` is what it stays if too many values are something else."""

    column: str
    expression: str
    cleaned: str
    title: str
    kind: str
    remarks: tuple[Remark, ...] = ()


def connect() -> duckdb.DuckDBPyConnection:
    settings: dict[str, Any] = {
        "memory_limit": "1200MB",
        "threads": 2,
        "temp_directory": "",
        "preserve_insertion_order": True,
    }
    return duckdb.connect(":memory:", config=settings)


def write(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    titles: Sequence[str],
    *,
    title: str,
    path: Path,
    remarks: Sequence[Remark] = (),
    texts: Sequence[bool] | None = None,
) -> ReadTable:
    """`relation` is SQL for a table whose columns are c0, c1 …; `texts` says which of them are texts (default: all)."""
    names = column_names(titles)
    is_text = list(texts) if texts is not None else [True] * len(titles)
    samples = _samples(connection, relation, is_text)
    form = _form_of_all(samples)
    seen = [
        _seen(f"c{at}", samples[at], form, titles[at]) if is_text[at] else Typed(f"c{at}") for at in range(len(names))
    ]
    columns = _checked(connection, relation, seen)
    chosen = [f'{typed.expression} AS "{name}"' for typed, name in zip(columns, names, strict=True)]
    said = [*remarks, *(remark for typed in columns for remark in typed.remarks)]
    target = str(path).replace("'", "''")
    options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 200000"
    connection.execute(f"COPY (SELECT {', '.join(chosen)} FROM {relation}) TO '{target}' ({options})")
    rows = connection.execute(f"SELECT count(*) FROM read_parquet('{target}')").fetchone()
    assert rows
    return ReadTable(title, path, rows[0], dict(zip(names, titles, strict=True)), tuple(said))


def _samples(connection: duckdb.DuckDBPyConnection, relation: str, is_text: Sequence[bool]) -> dict[int, list[str]]:
    """Different values of each column of texts, from the first rows."""
    asked = [at for at, text in enumerate(is_text) if text]
    if not asked:
        return {}
    columns = ", ".join(f"c{at}" for at in asked)
    rows = connection.execute(f"SELECT {columns} FROM {relation} LIMIT {SAMPLE}").fetchall()
    return {at: list({row[place] for row in rows if row[place] is not None}) for place, at in enumerate(asked)}


def _form_of_all(samples: Mapping[int, Sequence[str]]) -> values.Number | None:
    """The form of those columns that tell it."""
    forms = {values.number_form(given) for given in samples.values()}
    return "vietnamese" if forms & {"vietnamese", "french"} else None


def _seen(column: str, sample: Sequence[str], form: values.Number | None, title: str) -> Typed | Candidate:
    cleaned = f"CASE WHEN {values.missing_sql(column)} THEN NULL ELSE trim({column}) END"
    if not any(not values.is_missing(text) for text in sample):
        return Typed(f"NULLIF(trim({column}), '')")
    if values.is_truth(sample):
        yes = ", ".join(f"'{word}'" for word in sorted(values.TRUE))
        return Typed(f"CASE WHEN {values.missing_sql(column)} AND lower(trim({column})) != 'x' THEN NULL "
                     f"ELSE lower(trim({column})) IN ({yes}) END")  # fmt: skip
    strange = _strange(sample)
    if _is_label(sample, strange):
        return Typed(cleaned)
    regular = [text for text in sample if text not in strange]
    number = values.number_form(regular, others=form)
    if number and not _is_code(regular, title):
        return Candidate(column, values.number_sql(column, number), cleaned, title, number)
    try:
        date = values.date_form(regular)
    except values.Undecided:
        return Typed(cleaned, (Remark("dates_undecided", {"column": title}),))
    if date:
        several = (Remark("dates_several", {"column": title, "forms": date.forms}),) if date.forms > 1 else ()
        return Candidate(column, values.date_sql(column, date), cleaned, title, "date", several)
    return Typed(cleaned)


def _strange(sample: Sequence[str]) -> set[str]:
    """The few that are no numbers among many that are."""
    return {text for text in sample if not any(sign.isdigit() for sign in text) and not values.is_missing(text)}


def _is_label(sample: Sequence[str], strange: set[str]) -> bool:
    return len(strange) > max(1, len(sample) * 0.02)


def _is_code(texts: Sequence[str], title: str) -> bool:
    """Numbers that begin with zero, or are too long to count with: names, not amounts."""
    given = [values.bare(text) for text in texts if not values.is_missing(text)]
    zero_first = any(len(text) > 1 and text[0] == "0" and text.isdigit() for text in given)
    return zero_first or any(text.isdigit() and len(text) > 15 for text in given)


def _checked(connection: duckdb.DuckDBPyConnection, relation: str, seen: Sequence[Typed | Candidate]) -> list[Typed]:
    """Nothing may be lost unsaid: values of the whole columns that their expressions cannot read are counted, of many
    columns in one pass."""
    candidates = [one for one in seen if isinstance(one, Candidate)]
    found: dict[str, tuple[int, int, bool, list[str]]] = {}
    for start in range(0, len(candidates), AT_ONCE):
        asked = [part for one in candidates[start : start + AT_ONCE] for part in _counts(one)]
        row = connection.execute(f"SELECT {', '.join(asked)} FROM {relation}").fetchone() or ()
        for at, one in enumerate(candidates[start : start + AT_ONCE]):
            found[one.column] = row[at * 4 : at * 4 + 4]
    return [_decided(one, *found[one.column]) if isinstance(one, Candidate) else one for one in seen]


def _counts(one: Candidate) -> tuple[str, str, str, str]:
    """Filled, lost, whether all are whole numbers, some that are lost."""
    x, there = one.expression, f"({one.column} IS NOT NULL AND NOT {values.missing_sql(one.column)})"
    is_whole = f"bool_and({x} IS NULL OR ({x} = floor({x}) AND abs({x}) < 9e15))" if one.kind != "date" else "false"
    lost = f"FILTER (WHERE {there} AND {x} IS NULL)"
    return f"count(*) FILTER (WHERE {there})", f"count(*) {lost}", is_whole, f"list(DISTINCT {one.column}) {lost}"


def _decided(one: Candidate, filled: int, lost: int, whole: bool, examples: list[str] | None) -> Typed:
    said = {"column": one.title, "count": lost, "examples": sorted(examples or [])[:3]}
    if lost > max(1, filled * MOST_STRANGE):
        return Typed(one.cleaned, (*one.remarks, Remark("mixed", said)))
    remarks = [*one.remarks, *([Remark("unread", said)] if lost else [])]
    if one.kind == "vietnamese":
        remarks.append(Remark("vietnamese_numbers", {"column": one.title}))
    return Typed(f"CAST({one.expression} AS BIGINT)" if whole else one.expression, tuple(remarks))


def too_wide(width: int) -> dict[str, Any] | None:
    return {"columns": width, "most": WIDEST} if width > WIDEST else None
