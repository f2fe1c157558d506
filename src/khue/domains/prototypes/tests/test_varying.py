"""Parameters brought nearer to the description and the examples."""

from khue.domains.prototypes.patterns import pattern
from khue.domains.prototypes.writing import choosing
from khue.domains.prototypes.writing.aligning import aligned
from khue.domains.prototypes.writing.choosing import Candidate
from khue.domains.prototypes.writing.filling import settled
from khue.domains.prototypes.writing.varying import variants

STOCK = "Kho có Bìa hồ sơ 120 tập (tối thiểu 30) và Kẹp giấy 45 hộp (tối thiểu 15)."


def test_figures_are_those_behind_the_name_of_the_row():
    stock = pattern("inventory")
    given = {"title": "Kho", "items": [{"name": "Bìa hồ sơ", "quantity": 20}, {"name": "Kẹp giấy", "quantity": 50}]}
    items = aligned(stock, given, STOCK)["items"]
    assert items == [
        {"name": "Bìa hồ sơ", "quantity": 120, "least": 30},
        {"name": "Kẹp giấy", "quantity": 45, "least": 15},
    ]


def test_rows_that_the_description_does_not_name_are_left():
    stock = pattern("inventory")
    given = {"title": "Kho", "items": [{"name": "Bút bi", "quantity": 20}]}
    assert aligned(stock, given, STOCK) == given


def test_two_texts_that_say_the_same_and_an_introduction_that_says_it_again_go():
    given = {
        "title": "Vay vốn",
        "conditions": [{"label": "Tuổi", "type": "number", "least": 18, "reason": "Phải đủ 18 tuổi."}],
        "met": "Chưa đủ điều kiện",
        "unmet": "Chưa đủ điều kiện",
        "intro": "Hỏi tuổi, trả lời Đủ hoặc Chưa đủ điều kiện",
    }
    made, _notes = settled(
        pattern("eligibility-check"), given, "Hỏi Tuổi, từ 18, trả lời Đủ hoặc Chưa đủ điều kiện.", "vi"
    )
    assert not {"met", "unmet", "intro"} & set(made)


def test_variants_differ_in_one_value_and_can_be_built():
    fee = pattern("fee-calculator")
    held = {"title": "Phí", "lines": [{"label": "Bản", "price": 5000}]}
    near = variants(fee, held, "Mỗi bản 8.000 đồng")
    assert {"title": "Phí", "lines": [{"label": "Bản", "price": 8000}]} in near
    assert held not in near


def test_a_kind_that_works_another_way_than_the_examples_stands_back():
    kinds = [pattern("intake-form"), pattern("fee-calculator")]
    found = [Candidate("intake-form", 0.7), Candidate("fee-calculator", 0.6)]
    computed = choosing.fitting(found, kinds, "Copies: 3 → 24,000 ₫", "en")
    assert computed[0].key == "fee-calculator"
    assert choosing.fitting(found, kinds, "Name: An, press Register → An", "en")[0].key == "intake-form"
    assert choosing.fitting(found, kinds, "", "en") == found
