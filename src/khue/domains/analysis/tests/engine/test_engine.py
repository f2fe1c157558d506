"""The engine by itself: whatever it is asked, it reads the named files and nothing else."""

from collections.abc import Iterator

import duckdb
import pytest

from khue.domains.analysis.engine import Engine, QueryFailed, Source, digest
from khue.domains.analysis.tests.sql.unsafe import FUNCTIONS, SOURCES, WRITES


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("data") / "ho_so.parquet"
    duckdb.sql(f"COPY (SELECT 'Huế' AS tinh, 2000 + i AS nam, i / 3 AS x FROM range(9) t(i)) TO '{path}'")
    with Engine([Source("ho_so", str(path))], seconds=20) as opened:
        yield opened


def test_columns_have_types_and_values_are_plain(engine: Engine) -> None:
    found = engine.query("SELECT tinh, nam, x, DATE '2024-02-10' AS tet FROM ho_so ORDER BY nam", rows=2)
    assert [column.type for column in found.columns] == ["text", "integer", "number", "date"]
    assert found.rows[1] == ("Huế", 2001, pytest.approx(1 / 3), "2024-02-10") and found.is_cut


def test_nothing_outside_is_reached_even_past_the_check(engine: Engine) -> None:
    """Without sqlglot in front: what a statement would do outside its files fails here too."""
    outside = [sql for sql in WRITES if not sql.startswith(("EXPLAIN", "DESCRIBE", "SUMMARIZE", "SHOW", "ANALYZE"))]
    outside += [f"SELECT * FROM {one}" for one in FUNCTIONS if "/" in one]
    outside += [f"SELECT * FROM {one}" for one in SOURCES if "/" in one]
    ran = []
    for sql in outside:
        try:
            engine.query(sql, seconds=5)
        except QueryFailed:
            continue
        ran.append(sql)
    assert len(outside) > 90 and ran == []


def test_a_question_that_needs_too_much_ends_and_the_next_one_is_answered(engine: Engine) -> None:
    with pytest.raises(QueryFailed) as heavy:
        engine.query("SELECT list(i) FROM range(400000000) t(i)")
    assert heavy.value.fault in {"heavy", "crashed", "slow"}
    with pytest.raises(QueryFailed) as slow:
        engine.query("SELECT count(*) FROM range(900000000000) a(i) WHERE hash(i) = 1", seconds=0.5)
    assert slow.value.fault == "slow"
    assert engine.query("SELECT count(*) FROM ho_so").rows == ((9,),)


def test_a_digest_is_of_figures_not_of_how_they_are_written(engine: Engine) -> None:
    one = engine.query("SELECT 10 AS n, 0.1 + 0.2 AS x")
    other = engine.query("SELECT 10.0::DOUBLE AS n, 0.3::DOUBLE AS x")
    assert digest(one.columns, one.rows) == digest(other.columns, other.rows)
    assert digest(one.columns, one.rows) != digest(one.columns, [(10, 0.31)])
