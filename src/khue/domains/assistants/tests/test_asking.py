"""Sentences with one figure become questions."""

import pytest

from khue.domains.assistants.benching.asking import Asked, is_about, questions


@pytest.mark.parametrize(
    ("sentence", "language", "asked"),
    [
        (
            "Lệ phí cấp hộ chiếu phổ thông là 200.000 đồng.",
            "vi",
            Asked("Lệ phí cấp hộ chiếu phổ thông là bao nhiêu đồng?", "200.000 đồng"),
        ),
        (
            "Trong 60 ngày kể từ ngày sinh con, cha hoặc mẹ đăng ký khai sinh cho con.",
            "vi",
            Asked("Trong bao nhiêu ngày kể từ ngày sinh con, cha hoặc mẹ đăng ký khai sinh cho con?", "60 ngày"),
        ),
        (
            "Receive the certificate within 3 working days.",
            "en",
            Asked("Receive the certificate within how many working days?", "3 working days"),
        ),
        (
            "La demande est instruite en 7 jours ouvrables.",
            "fr",
            Asked("La demande est instruite en combien de jours ouvrables ?", "7 jours ouvrables"),
        ),
    ],
)
def test_a_figure_is_asked_for(sentence, language, asked):
    assert list(questions([sentence], language)) == [asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "Quyết định có hiệu lực từ ngày 15 tháng 9 của năm nay và thay thế quyết định cũ.",
        "Nộp 8.000 đồng trong 5 ngày làm việc tại bộ phận một cửa.",
        "Theo khoản 2 tháng trước, hồ sơ được trả lại cho người nộp.",
        "Hồ sơ nộp tại Ủy ban nhân dân xã nơi cư trú của cha hoặc mẹ.",
        "10 ngày.",
    ],
)
def test_dates_articles_and_several_figures_are_left_alone(sentence):
    assert not list(questions([sentence], "vi"))


def test_a_question_says_what_it_is_about():
    assert is_about("Lệ phí cấp hộ chiếu là bao nhiêu?", "Cấp hộ chiếu")
    assert not is_about("Giấy này có giá trị bao nhiêu tháng?", "Đăng ký kết hôn")
