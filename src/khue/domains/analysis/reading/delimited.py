"""CSV and the like: any encoding, any separator; ten million lines without holding them."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb

from khue.domains.analysis.provinces.matching import plain
from khue.domains.analysis.reading import heading, typing
from khue.domains.analysis.reading.refusals import Unreadable
from khue.domains.analysis.reading.sandbox import Read, Remark
from khue.domains.knowledge.reading import encodings

SEPARATORS = ",;\t|"
SAMPLE = 256 * 1024
# "tổng", "cộng", "total", "sum", "grand total", "whole country", "ensemble"
FIRST_OF_TOTAL = ", ".join(f"'{letter}'" for letter in "tcsgwe")
# an old encoding is read as a whole
LARGEST_OLD = 300 * 1024**2


def read(path: Path, name: str, into: Path) -> Read:
    source, remarks = _as_utf8(path, into)
    with source.open("rb") as file:
        head = file.read(SAMPLE).decode("utf-8-sig", "replace")
    lines = head.splitlines()[:400]
    if len(head) >= SAMPLE - 4:
        lines = lines[:-1]
    separator = _separator(lines)
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
    found = heading.heading(rows)
    if found is None:
        raise Unreadable("no_table")
    if len(found.titles) > typing.WIDEST:
        raise Unreadable("wide", str(len(found.titles)))
    titles = found.titles if _has_heading(rows, found) else tuple(f"cột {at + 1}" for at in range(len(found.titles)))
    after = found.after if _has_heading(rows, found) else found.first
    connection = typing.connect()
    _load(connection, source, separator, _skipped(rows, after), len(titles))
    remarks += _leave_out(connection, len(titles))
    table = typing.write(
        connection, "kept", titles, title=Path(name).stem, path=into / "0.parquet",
        remarks=[Remark("above", {"text": " · ".join(found.above)[:300]})] if found.above else [],
    )  # fmt: skip
    if not table.rows:
        raise Unreadable("no_table")
    return Read((table,), tuple(remarks))


def _as_utf8(path: Path, into: Path) -> tuple[Path, list[Remark]]:
    """The file itself where it is UTF-8, else a copy that is."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
    is_wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in start and not is_wide and start.count(0) < len(start) // 20:
        raise Unreadable("nul")
    if not is_wide and _is_utf8(path):
        text = start.decode("utf-8", "ignore")
        if encodings.decode(text.encode()) == encodings.clean(text):
            return path, []
    if path.stat().st_size > LARGEST_OLD:
        raise Unreadable("too_heavy")
    try:
        text = encodings.decode(path.read_bytes())
    except Exception as problem:
        raise Unreadable("nul" if b"\0" in start else "binary") from problem
    copy = into / "utf8.csv"
    copy.write_text(text, encoding="utf-8")
    return copy, [Remark("old_encoding")]


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while piece := file.read(1 << 22):
            if b"\0" in piece:
                raise Unreadable("nul")
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return False
    return True


def _separator(lines: Sequence[str]) -> str:
    """The one that cuts most lines into the same number of pieces, more than one."""

    def even(separator: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines[:200], delimiter=separator) if len(row) > 1)
        width, times = counts.most_common(1)[0] if counts else (0, 0)
        return times, width

    return max(SEPARATORS, key=even)


def _has_heading(rows: Sequence[Sequence[str]], found: heading.Heading) -> bool:
    """A first line of texts without numbers, or one unlike those below it."""
    first = [value for value in rows[found.first] if value.strip()]
    return all(heading.is_text(value) or heading.is_year(value) for value in first)


def _skipped(rows: Sequence[Sequence[str]], after: int) -> int:
    """Lines of the file, where a quoted cell of the heading holds line ends."""
    return sum(1 + sum(value.count("\n") for value in row) for row in rows[:after])


def _load(connection: duckdb.DuckDBPyConnection, source: Path, separator: str, skip: int, width: int) -> None:
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(width))
    path = str(source).replace("'", "''")
    connection.execute(
        f"CREATE VIEW lines AS SELECT * FROM read_csv('{path}', delim='{separator}', header=false, skip={skip}, "
        f"columns={{{names}}}, auto_detect=false, quote='\"', escape='\"', null_padding=true, strict_mode=false, "
        f"ignore_errors=false, max_line_size=4194304)"
    )


def _leave_out(connection: duckdb.DuckDBPyConnection, width: int) -> list[Remark]:
    """Totals, and lines with nothing in them."""
    there = " OR ".join(f"trim(coalesce(c{at}, '')) != ''" for at in range(width))
    total = _total(connection, width) if width > 1 else ""
    totals = 0
    if total:
        (totals,) = connection.execute(f"SELECT count(*) FROM lines WHERE {total}").fetchone() or (0,)
    kept = f"({there})" + (f" AND NOT ({total})" if totals else "")
    connection.execute(f"CREATE VIEW kept AS SELECT * FROM lines WHERE {kept}")
    return [Remark("totals", {"count": totals, "examples": []})] if totals else []


def _total(connection: duckdb.DuckDBPyConnection, width: int) -> str:
    """The condition of a line of totals; empty where there is none. What may be one is few different short texts, so
    that ten million lines need no pattern each."""
    columns = [f"c{at}" for at in range(min(3, width))]
    asked = ", ".join(
        f"list(DISTINCT {c}) FILTER (WHERE length({c}) < 40 AND lower(left(ltrim({c}), 1)) IN ({FIRST_OF_TOTAL}))"
        for c in columns
    )
    found = connection.execute(f"SELECT {asked} FROM lines").fetchone() or ()
    conditions = []
    for column, texts in zip(columns, found, strict=True):
        named = [text.replace("'", "''") for text in texts or [] if heading.TOTAL.match(plain(text))]
        listed = "', '".join(named)
        conditions += [f"coalesce({column} IN ('{listed}'), false)"] if named else []
    return " OR ".join(conditions)
