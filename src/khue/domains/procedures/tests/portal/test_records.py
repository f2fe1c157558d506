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


def test_a_text_that_was_cut_where_it_names_another_field():
    procedure = parse(
        RECORD
        | {
            "trinh_tu_thuc_hien": "Bước 1. Lập hồ sơ theo mục 9.3 (",
            "thanh_phan_ho_so": ") và nộp cho cơ quan.\nBước 2. Nhận kết quả.",
        }
    )
    assert [(step.label, step.text) for step in procedure.steps] == [
        ("Bước 1.", "Lập hồ sơ theo mục 9.3 (Thành phần hồ sơ) và nộp cho cơ quan."),
        ("Bước 2.", "Nhận kết quả."),
    ]
    assert procedure.papers == ()
    assert procedure.lost["thanh_phan_ho_so"] == 0


def test_ways_to_apply_that_were_cut_at_the_mention_of_legal_bases():
    procedure = parse(
        RECORD
        | {
            "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến1 Ngày100,000 VNĐ(",
            "can_cu_phap_ly": ": Thông tư 1/2016)Trực tiếp2 Ngày200,000 VNĐ",
        }
    )
    assert [(channel.form, channel.fees[0].amount) for channel in procedure.channels] == [
        ("Trực tuyến", 100000),
        ("Trực tiếp", 200000),
    ]
    assert procedure.channels[0].fees[0].note == "Căn cứ pháp lý: Thông tư 1/2016"


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
