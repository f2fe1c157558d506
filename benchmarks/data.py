"""Ten million rows: read, profiled, asked, beside pandas. KHUE_BENCH_ROWS: how many (default 10,000,000).

Each part runs in a process of its own, whose largest memory is taken; the page cache is warm for all of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import results

ROWS = int(os.environ.get("KHUE_BENCH_ROWS", 10_000_000))
QUESTION = (
    "SELECT tinh, linh_vuc, avg(so_ngay) AS tb, count(*) AS n FROM ho_so WHERE nam >= 2022 GROUP BY tinh, linh_vuc "
    "ORDER BY tb DESC LIMIT 20"
)
HEAD = ("what", "Khuê: seconds", "memory, MB", "pandas: seconds", "memory, MB")
NOTES = """
{rows:,} rows of 8 columns ({parquet:.0f} MB of Parquet, {csv:.0f} MB of CSV), by a seeded generator. "read": the file
becomes a stored table with types that were checked on all rows. "profile": missing, distinct, least, most, mean,
quartiles, outliers, frequent values and duplicates of the whole table; pandas: isna, nunique, describe, value_counts,
duplicated. "question": {question}. Memory: the largest resident set of the process that does it. Processor time is
shared with whatever else runs; see the load.
"""


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # in a process of its own, so that those that are measured begin small
        parquet, table = Path(folder) / "ho_so.parquet", Path(folder) / "ho_so.csv"
        subprocess.run([sys.executable, "-m", "benchmarks.data", "made", folder], check=True, capture_output=True)
        sizes = {"parquet": parquet.stat().st_size / 2**20, "csv": table.stat().st_size / 2**20}
        rows = [
            _row("read Parquet", _apart("read", parquet), _apart("pandas_parquet", parquet)),
            _row("read CSV", _apart("read", table), _apart("pandas_csv", table)),
            _row("profile", _apart("profile", parquet), _apart("pandas_profile", parquet)),
            _row("question, the process started", _apart("question", parquet), _apart("pandas_question", parquet)),
        ]
        body = results.table(HEAD, rows) + "\n" + NOTES.format(rows=ROWS, question=f"`{QUESTION}`", **sizes)
    results.write("data", "Ten million rows", body)


def made(folder: Path) -> None:
    import duckdb

    parquet, table = folder / "ho_so.parquet", folder / "ho_so.csv"
    connection = duckdb.connect(config={"memory_limit": "1500MB", "temp_directory": str(folder)})
    connection.execute(f"""
        COPY (SELECT 'HS' || lpad(i::VARCHAR, 8, '0') AS ma, 'Tỉnh ' || (hash(i) % 34) AS tinh,
            ['Hộ tịch', 'Đất đai', 'Xây dựng', 'Thuế', 'Giao thông'][(1 + hash(i * 3) % 5)::INT] AS linh_vuc,
            2019 + (hash(i * 5) % 7)::INT AS nam, DATE '2019-01-01' + (hash(i * 7) % 2500)::INT AS ngay,
            1 + (hash(i * 11) % 40)::INT AS so_ngay,
            CASE WHEN hash(i * 13) % 20 > 0 THEN (hash(i * 17) % 500000)::INT END
            AS phi,
            hash(i * 19) % 100 < 83 AS dung_han FROM range({ROWS}) t(i)) TO '{parquet}' (FORMAT parquet)
    """)
    connection.execute(f"COPY (FROM '{parquet}') TO '{table}' (HEADER)")


def _row(what: str, own: tuple[float, float], peer: tuple[float, float]) -> list[object]:
    return [what, f"{own[0]:.2f}", f"{own[1]:.0f}", f"{peer[0]:.2f}", f"{peer[1]:.0f}"]


def _apart(part: str, path: Path) -> tuple[float, float]:
    """(seconds, MB), by a process that measures itself and its children."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.data", part, str(path)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["mb"]


# Parts -------------------------------------------------------------------------------------------


def read(path: Path) -> None:
    from khue.domains.analysis.reading import read as read_apart

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        found = read_apart(path, path.name, Path(folder))
        assert found.tables[0].rows == ROWS


def _engine(path: Path) -> Any:
    from khue.domains.analysis.engine import Engine, Source

    return Engine([Source("ho_so", str(path))], seconds=300)


def profile(path: Path) -> None:
    from khue.domains.analysis.profile import profile as look

    with _engine(path) as engine:
        assert look(engine.query, "ho_so").rows == ROWS


def question(path: Path) -> float:
    """Seconds without starting the process, which a page has done before."""
    with _engine(path) as engine:
        engine.query("SELECT 1")
        started = time.monotonic()
        engine.query(QUESTION)
        return time.monotonic() - started


def pandas_parquet(path: Path) -> None:
    import pandas

    assert len(pandas.read_parquet(path)) == ROWS


def pandas_csv(path: Path) -> None:
    import pandas

    assert len(pandas.read_csv(path, parse_dates=["ngay"])) == ROWS


def pandas_profile(path: Path) -> None:
    import pandas

    frame = pandas.read_parquet(path)
    frame.isna().sum(), frame.nunique(), frame.describe(), frame.duplicated().sum()
    for name in frame.columns:
        frame[name].value_counts().head(300)


def pandas_question(path: Path) -> float:
    import pandas

    frame = pandas.read_parquet(path, columns=["tinh", "linh_vuc", "nam", "so_ngay"])
    started = time.monotonic()
    chosen = frame[frame.nam >= 2022].groupby(["tinh", "linh_vuc"]).so_ngay.agg(["mean", "size"])
    chosen.sort_values("mean", ascending=False).head(20)
    return time.monotonic() - started


def _measured(arguments: Sequence[str]) -> None:
    import resource

    started = time.monotonic()
    own = globals()[arguments[0]](Path(arguments[1]))
    if arguments[0] == "made":
        return
    seconds = own if isinstance(own, float) else time.monotonic() - started
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "mb": max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024}))


if __name__ == "__main__":
    _measured(sys.argv[1:])
