"""What the columns of an answer were made of."""

import pytest

from khue.domains.analysis.sql.outputs import Output, is_part, outputs


@pytest.mark.parametrize(
    ("sql", "made"),
    [
        ("SELECT year(thang), sum(so) FROM t GROUP BY 1", [Output("thang", "year"), Output("so", "sum")]),
        ("SELECT extract(month FROM thang) AS m, round(avg(cho), 1) AS c FROM t GROUP BY 1",
         [Output("thang", "month", "m"), Output("cho", "mean", "c")]),
        ("SELECT date_trunc('month', thang), count(*) FROM t GROUP BY 1",
         [Output("thang", "plain"), Output("", "count")]),
        ("WITH s AS (SELECT tinh, sum(so) AS tong FROM t GROUP BY 1) SELECT tinh, tong FROM s",
         [Output("tinh", "plain"), Output("so", "sum")]),
        ("SELECT sum(a) / sum(b) AS ty_le FROM t", [Output("", "other", "ty_le")]),
        ("SELECT * FROM t", []),
        ("SELECT FROM WHERE", []),
    ],
)  # fmt: skip
def test_a_column_is_traced_to_that_of_the_data(sql, made):
    assert outputs(sql) == made


def test_only_first_rows():
    assert is_part("SELECT a FROM t ORDER BY 1 LIMIT 5") and not is_part("SELECT a FROM t")
