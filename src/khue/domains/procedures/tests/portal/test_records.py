"""Whole records, and files that hold none."""

import pytest

from khue.domains.procedures.portal import NotAProcedure, parse
from khue.domains.procedures.portal.loss import lost_characters
from khue.domains.procedures.portal.records import UnreadableRecords, records
from khue.domains.procedures.portal.results import SEPARATORS

RECORD = {"ma_thu_tuc": "9.000001", "ten_thu_tuc": "Đăng ký thử", "cap_thuc_hien": "Cấp xã, Cấp tỉnh"}


def test_a_record_with_two_fields_only():
    procedure = parse(RECORD)
    assert (procedure.code, procedure.levels) == ("9.000001", ("Cấp xã", "Cấp tỉnh"))
    assert procedure.lost == {"cap_thuc_hien": 0}


def test_keywords_that_hang_on_the_conditions():
    procedure = parse(RECORD | {"yeu_cau_dieu_kien": "Đủ 14 tuổi.Từ khóaThẻMô tảKhông có thông tin"})
    assert [step.text for step in procedure.conditions] == ["Đủ 14 tuổi."]
    assert procedure.results.keywords == "Thẻ"


def test_a_record_without_a_code():
    with pytest.raises(NotAProcedure, match="ma_thu_tuc"):
        parse({"ten_thu_tuc": "Đăng ký"})


def test_a_line_that_is_no_json(tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text('{"ma_thu_tuc": "1"}\nnot json\n')
    with pytest.raises(UnreadableRecords, match="line 2"):
        list(records(path))


def test_text_that_is_missing_or_out_of_order_is_lost():
    assert lost_characters("một hai ba", ["một", "ba"], SEPARATORS) == 3
    assert lost_characters("một hai ba", ["ba", "một"], SEPARATORS) == 6
