"""What may run, and what may not."""

import pytest

from khue.domains.analysis.sql.check import Refused, check
from khue.domains.analysis.tests.sql.schema import SCHEMA
from khue.domains.analysis.tests.sql.unsafe import attempts


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT tinh, avg(so_ngay) AS tb FROM ho_so GROUP BY tinh HAVING avg(so_ngay) > 3 ORDER BY tb DESC LIMIT 5",
        "WITH t AS (SELECT nam, count(*) AS n FROM ho_so GROUP BY nam) SELECT n - lag(n) OVER (ORDER BY nam) FROM t",
        "SELECT 100.0 * count(*) FILTER (WHERE dung_han) / count(*) FROM ho_so WHERE nam BETWEEN 2020 AND 2024",
        "SELECT count(DISTINCT ho_ten) FROM ho_so",
        "SELECT a.tinh FROM ho_so a JOIN ho_so b ON a.tinh = b.tinh WHERE a.nam = 2020 AND b.nam = 2021",
        "SELECT CASE WHEN so_ngay > 10 THEN 'lâu' ELSE 'nhanh' END AS x, count(*) FROM ho_so GROUP BY 1",
    ],
)
def test_reading_is_allowed(sql: str) -> None:
    assert check(sql, SCHEMA).sql.startswith(("SELECT", "WITH"))


def test_none_of_two_hundred_attempts_passes() -> None:
    tried = list(attempts())
    passed = []
    for sql in tried:
        try:
            check(sql, SCHEMA)
        except Refused:
            continue
        passed.append(sql)
    assert len(set(tried)) >= 200 and passed == []


def test_what_runs_has_no_comments_and_is_what_was_understood() -> None:
    checked = check("SELECT nam -- /* DROP */\nFROM ho_so /* x */ WHERE nam > 1;", SCHEMA)
    assert checked.sql == "SELECT nam FROM ho_so WHERE nam > 1"
    assert checked.columns == {("ho_so", "nam")}


@pytest.mark.parametrize(
    ("sql", "code", "detail"),
    [
        ("SELECT tuoi FROM ho_so", "column", "tuoi"),
        ("SELECT * FROM can_bo", "table", "can_bo"),
        ("SELECT ho_ten FROM ho_so", "person", "ho_ten"),
        ("SELECT * FROM ho_so", "person", "ho_ten"),
        ("DELETE FROM ho_so", "writes", "DELETE"),
    ],
)
def test_a_refusal_names_what_it_is_about(sql: str, code: str, detail: str) -> None:
    with pytest.raises(Refused) as refusal:
        check(sql, SCHEMA)
    assert (refusal.value.code, refusal.value.detail) == (code, detail)
