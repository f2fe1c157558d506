"""Formulas from a description and its examples, without a model."""

import pytest

from khue.domains.prototypes.fitting import fit
from khue.domains.prototypes.fitting.figures import alone, figures, number


def formulas(idea, *examples):
    found = fit(idea, "\n".join(examples))
    return [one["formula"] for one in found.results] if found else None


@pytest.mark.parametrize(
    ("text", "value"), [("8.000", 8000), ("1,234,567", 1234567), ("2,5", 2.5), ("24 000", 24000), ("1.234,5", 1234.5)]
)
def test_numbers_are_read_as_they_are_written(text, value):
    assert number(text) == value


def test_a_code_is_no_number_and_a_day_is_no_figure():
    assert alone("0912345678") is None
    assert alone("12 ngày") == (12, "ngày")
    said = figures("Nghị định 30/2020, từ 01/07/2025, mỗi bản 2 nghìn đồng, giảm 50%")
    assert [(one.value, one.share) for one in said] == [(2000, False), (50, True)]


def test_a_figure_belongs_to_the_field_beside_which_it_stands():
    found = formulas(
        "Mỗi Ghế thuê giá 5.000 đồng, mỗi Bàn thuê giá 20.000 đồng.", "Ghế: 4, Bàn: 4 → Tiền thuê: 100.000 ₫"
    )
    assert found == ["20000 * ban + 5000 * ghe"]


def test_a_yes_takes_a_share_off_or_adds_an_amount():
    idea = "Phí 7.000 đồng mỗi bản, hộ nghèo giảm 30%, hỏa tốc thêm 12.000 đồng."
    given = (
        "Số bản: 10 → Phí: 70.000 ₫",
        "Số bản: 10, Hộ nghèo: có → Phí: 49.000 ₫",
        "Số bản: 10, Hỏa tốc: có → Phí: 82.000 ₫",
    )
    (formula,) = formulas(idea, *given)
    assert "if(ho_ngheo, 0.7, 1)" in formula
    assert "if(hoa_toc, 12000, 0)" in formula


def test_a_choice_has_the_figure_behind_its_name():
    found = fit(
        "Parking: Motorbike 5,000 dong an hour, Car 20,000 dong an hour.",
        "Vehicle: Car, Hours: 2 → Due: 40,000 ₫\nVehicle: Motorbike, Hours: 3 → Due: 15,000 ₫",
    )
    assert found.fields[0] == {"name": "vehicle", "label": "Vehicle", "type": "choice", "options": "Motorbike|Car"}
    assert '"Motorbike", 5000' in found.results[0]["formula"]


def test_a_share_of_the_whole_is_per_cent():
    found = fit("Tỷ lệ hồ sơ đúng hạn.", "Đúng hạn: 45, Tổng số hồ sơ: 60 → Tỷ lệ: 75%")
    assert found.results[0]["format"] == "percent"


def test_days_are_counted_as_working_days():
    found = formulas("Phản hồi trong 5 ngày làm việc.", "Ngày nhận: 29/04/2026 → Hạn: 08/05/2026")
    assert found == ["addworkdays(ngay_nhan, 5)"]


def test_texts_are_turned_and_counted():
    assert formulas("Viết hoa tên phường.", "Tên: hải châu → Kết quả: HẢI CHÂU") == ["upper(ten)"]
    assert formulas("Count the lines.", 'Names: "An\\nChi" → Lines: 2', 'Names: "An" → Lines: 1') == ["lines(names)"]
    assert formulas("Lời chào.", "Tên: An → Kính gửi ông An!") == ['"Kính gửi ông " & ten & "!"']


def test_of_two_words_the_check_decides():
    (formula,) = formulas("Says Good or Bad for a phone number.", "Phone: 0912345678 → Good", "Phone: 12 → Bad")
    assert formula == 'if(phone = "", "", if(isphone(phone), "Good", "Bad"))'


def test_buttons_change_a_number():
    found = fit("Đếm xe.", "bấm Vào, bấm Vào, bấm Ra → Số xe: 1\nbấm Ra → Số xe: 0")
    assert [one["formula"] for one in found.buttons] == ["counter + 1", "max(counter - 1, 0)"]


def test_figures_that_no_example_shows_are_named():
    assert fit("Mỗi bản 8.000 đồng, gấp thì thêm 20.000 đồng.", "Số bản: 2 → Phí: 16.000 ₫").unused == (20000,)


@pytest.mark.parametrize("examples", ["", "no arrow", "Số bản: 3 → Phí: 24.001 ₫", "bấm Gửi → Đã gửi"])
def test_what_no_formula_gives_is_left_to_the_model(examples):
    assert fit("Mỗi bản 8.000 đồng.", examples) is None
