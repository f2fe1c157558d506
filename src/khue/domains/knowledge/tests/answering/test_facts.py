"""Facts in one form, whatever their spelling."""

import pytest

from khue.domains.knowledge.answering.facts import facts, missing

SAME = [
    ("Thời hạn là 60 ngày.", "The time limit is sixty days."),
    ("Ngày 5 tháng 3 năm 2026", "entered into force on 5 March 2026"),
    ("05/03/2026", "le 5 mars 2026"),
    ("March 5, 2026", "ngày 05/03/2026"),
    ("le 1er mars 2026", "2026-03-01"),
    ("Lệ phí 8.000 đồng", "a fee of 8,000 ₫"),
    ("1.234,5", "1,234.5"),
    ("1 234,5", "1.234,5"),
    ("hai mươi lăm triệu đồng", "25 triệu đồng"),
    ("25.000.000 đồng", "25 triệu đồng"),
    ("một trăm hai mươi ba", "123"),
    ("quatre-vingt-dix-sept jours", "97 days"),
    ("3 bước", "gồm ba bước"),
    ("năm 2026", "ngày 05/03/2026"),
    ("Khoản 2 Điều 7", "clause 2 of Article 7"),
    ("163/QĐ-BTP", "Quyết định số 163/QĐ-BTP"),
    ("thủ tục 1.001193", "Mã thủ tục: 1.001193"),
    ("50%", "50 phần trăm"),
    ("6½ lần", "6.5 sacks"),
]
DIFFERENT = [
    ("Thời hạn là 60 ngày.", "Thời hạn là 90 ngày."),
    ("60 ngày", "60 giờ"),
    ("05/03/2026", "03/05/2026"),
    ("ngày 5 tháng 3 năm 2026", "tháng 3 năm 2026"),
    ("8.000 đồng", "8.000 ngày"),
    ("8.000 đồng", "80.000 đồng"),
    ("25 triệu", "25 nghìn"),
    ("Điều 7", "Khoản 7"),
    ("Điều 7", "Điều 17"),
    ("163/QĐ-BTP", "164/QĐ-BTP"),
    ("1.001193", "1.001194"),
    ("hai bên", "ba bên"),
]


@pytest.mark.parametrize(("claim", "source"), SAME)
def test_a_fact_is_found_in_another_spelling(claim, source):
    assert facts(claim), claim
    assert missing(claim, [source]) == []


@pytest.mark.parametrize(("claim", "source"), DIFFERENT)
def test_another_fact_is_missing(claim, source):
    assert missing(claim, [source])


def test_a_date_is_not_read_as_three_numbers():
    assert [fact.kind for fact in facts("từ ngày 05/03/2026")] == ["date"]


def test_an_article_is_no_number_to_be_found():
    assert facts("Một người nộp một đơn.") == []
    assert facts("A person without an identity card") == []
