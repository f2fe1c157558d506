"""Hand-checked rows of `cach_thuc_thuc_hien`."""

from decimal import Decimal

from khue.domains.procedures.portal.channels import HEADER, channels


def rows(body):
    parsed = channels(HEADER + body)
    assert (parsed.lost, parsed.remains) == (0, ())
    return parsed.value


def test_three_ways_with_the_same_time_and_fee():
    found = rows(
        "Trực tuyến2 Ngày làm việc70,000 VNĐ(70.000 đồng/Giấy)Dịch vụ bưu chính3 Ngày70,000 VNĐTrực tiếp2 GiờMiễn phí"
    )
    assert [(c.form, c.time_value, c.time_unit) for c in found] == [
        ("Trực tuyến", 2, "working_day"),
        ("Dịch vụ bưu chính", 3, "day"),
        ("Trực tiếp", 2, "hour"),
    ]
    assert [c.fees[0].amount for c in found] == [70000, 70000, 0]
    assert found[0].fees[0].note == "70.000 đồng/Giấy"


def test_a_form_named_inside_a_description_begins_no_row():
    (only,) = rows("Trực tiếp7 Ngày làm việcMiễn phí- Trực tuyến: nộp qua Cổng. - Trực tiếp: nộp tại trụ sở.")
    assert only.description == "- Trực tuyến: nộp qua Cổng. - Trực tiếp: nộp tại trụ sở."


def test_a_time_without_a_unit_stays_without_one():
    (only,) = rows("Trực tuyến1Miễn phí")
    assert (only.time, only.time_value, only.time_unit) == ("1", 1, "")


def test_a_time_without_a_unit_before_an_amount_is_one_digit():
    found = rows("Trực tuyến1100,000 VNĐDịch vụ bưu chính1Miễn phí")
    assert (found[0].time, found[0].fees[0].text, found[0].fees[0].amount) == ("1", "100,000 VNĐ", 100000)


def test_free_with_an_amount_in_the_note_is_not_free():
    (only,) = rows("Trực tiếp12 NgàyMiễn phí(Một loại hình: 8.000.000/lần; thêm một loại hình: 2.000.000/lần.)")
    assert only.fees[0].text == "Miễn phí"
    assert only.fees[0].amount is None


def test_free_with_an_amount_in_the_description_is_not_free():
    (only,) = rows("Trực tiếp5 NgàyMiễn phíPhí thẩm định: 1.500.000 đồng/lần")
    assert only.fees[0].amount is None


def test_free_with_a_note_that_says_none_is_free():
    (only,) = rows("Trực tiếp8 Ngày làm việcMiễn phí(Không có.)")
    assert only.fees[0].amount == 0


def test_lost_thousands_come_back_only_where_the_note_has_them():
    found = rows("Trực tuyến2 Giờ20 VNĐ(20.000 đ/tờ khai)Trực tiếp15 Ngày850 VNĐ")
    assert [c.fees[0].amount for c in found] == [20000, None]


def test_dollars_keep_their_currency():
    (only,) = rows("Trực tiếp5 Ngày làm việc25 USD(25 USD/chiếc)")
    assert (only.fees[0].amount, only.fees[0].currency) == (25, "USD")


def test_no_information_on_time_and_fee():
    (only,) = rows("Trực tuyếnKhông có thông tinKhông có thông tinKhông quy định")
    assert (only.time, only.fees[0].text, only.description) == (
        "Không có thông tin",
        "Không có thông tin",
        "Không quy định",
    )
    assert (only.time_value, only.fees[0].amount) == (None, None)


def test_words_instead_of_a_time():
    found = rows("Trực tuyếnKhông phải trả kết quả cho người nộp thuếMiễn phíQua CổngTrực tiếpKhôngMiễn phíTại quầy")
    assert [(c.time, c.description) for c in found] == [
        ("Không phải trả kết quả cho người nộp thuế", "Qua Cổng"),
        ("Không", "Tại quầy"),
    ]


def test_an_item_number_after_the_fee_belongs_to_the_description():
    (only,) = rows("Trực tiếp34 Ngày làm việcKhông có thông tin(1) Trường hợp điều chỉnh: nộp hồ sơ tại Bộ.")
    assert only.fees[0].note == ""
    assert only.description.startswith("(1) Trường hợp")


def test_brackets_inside_a_note():
    (only,) = rows(
        "Trực tuyến3 Ngày làm việc20,000 Việt Nam Đồng(/hồ sơ (Thông tư số 61/2023/TT-BTC))- Trong ngày làm việc."
    )
    assert only.fees[0].note == "/hồ sơ (Thông tư số 61/2023/TT-BTC)"
    assert only.description == "- Trong ngày làm việc."


def test_a_note_that_the_portal_cut_off_in_mid_word():
    (only,) = rows(
        "Trực tiếp8 Ngày50,000 Việt Nam Đồng(- 50.000đ/tem (Thông tư số 25). - 25.000đ (theo Thông tư của Bộ Tài chín)"
        "+ Nộp tại trụ sở"
    )
    assert only.fees[0].note.endswith("Bộ Tài chín")
    assert only.description == "+ Nộp tại trụ sở"


def test_a_decimal_time():
    (only,) = rows("Trực tuyến0.5 Ngày làm việcMiễn phí")
    assert (only.time_value, only.time_unit) == (Decimal("0.5"), "working_day")


def test_what_is_no_table_is_kept_and_counted():
    parsed = channels(HEADER + "Nộp tại nhà máy")
    assert parsed.value == ()
    assert parsed.remains == ("Nộp tại nhà máy",)
    assert parsed.lost == len("Nộptạinhàmáy")
