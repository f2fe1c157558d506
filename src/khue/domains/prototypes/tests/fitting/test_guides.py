"""Guides and conditions read from a description, in three languages."""

import pytest

from khue.domains.prototypes.fitting import conditions, guide


@pytest.mark.parametrize(
    ("idea", "example"),
    [
        (
            "Hỏi: Bạn có nhà riêng không? Nếu có thì nộp tại công an xã. Nếu không thì hỏi tiếp: Chủ nhà có đồng ý "
            "không? Nếu có, nộp kèm giấy đồng ý. Nếu không, liên hệ tổ dân phố.",
            "bấm Không, bấm Có → nộp kèm giấy đồng ý",
        ),
        (
            "Do you own it? If yes, file at the ward. If no, ask: Does the owner agree? If yes, bring the consent; if "
            "no, see the head of the street.",
            "press No, press Yes → bring the consent",
        ),
        (
            "Êtes-vous propriétaire ? Si oui, déposez à la mairie. Sinon, avez-vous son accord ? Si oui, joignez "
            "l’accord ; si non, voyez le chef de rue.",
            "cliquer sur Non, cliquer sur Oui → joignez l’accord",
        ),
    ],
)
def test_what_follows_a_yes_and_a_no_is_read(idea, example):
    steps = guide(idea, example)
    assert steps is not None
    assert [(one["id"], one["if_no"]) for one in steps][0] == ("a", "b")
    assert len(steps) == 2
    assert steps[1]["text"].endswith("?")


@pytest.mark.parametrize(
    ("idea", "example"),
    [
        ("First ask whether they are married. If yes go to room 1.", ""),
        ("Do you drive? If yes, go to A.", ""),
        ("Do you drive? If yes, go to A. If no, go to B.", "press Yes → B"),
        # whose “no” the last one is, only a reader can tell
        ("Is it A? If yes: is it B? If yes, do C; if no, do D. If no, do E.", ""),
    ],
)
def test_what_is_not_whole_or_not_so_is_left_to_the_model(idea, example):
    assert guide(idea, example) is None


def test_conditions_have_the_figures_that_the_description_gives_them():
    told = conditions(
        "Kiểm tra điều kiện mua nhà ở xã hội. Tuổi từ 18 đến 60, Thu nhập tháng không quá 15.000.000 đồng, Đã có nhà "
        "phải là không. Trả lời Được mua hoặc Không được mua.",
        "Tuổi: 30, Thu nhập tháng: 10.000.000, Đã có nhà: không → Được mua; không thấy Không được mua\n"
        "Tuổi: 30, Thu nhập tháng: 20.000.000, Đã có nhà: không → Không được mua\n"
        "Tuổi: 30, Thu nhập tháng: 10.000.000, Đã có nhà: có → Không được mua",
        "vi",
    )
    assert told is not None
    age, income, house = told["conditions"]
    assert (age["least"], age["most"]) == (18, 60)
    assert income["most"] == 15_000_000
    assert "least" not in income
    assert "15.000.000" in income["reason"]
    assert house["wanted"] is False
    assert (told["met"], told["unmet"]) == ("Được mua", "Không được mua")


def test_what_is_said_of_who_fits_is_found_beside_what_is_said_of_who_does_not():
    told = conditions(
        "Age must be under 30. Say Eligible or Not eligible.",
        "Age: 20 → not shown: Not eligible\nAge: 40 → Not eligible",
        "en",
    )
    assert told is not None
    assert told["met"] == "Eligible"
    assert told["conditions"][0]["most"] == 29


@pytest.mark.parametrize(
    "examples",
    [
        "",
        "Age: 20 → Eligible",
        "Age: 20 → Eligible\nAge: 20 → Not eligible",
        "Name: An → Eligible\nName: B → Not eligible",
    ],
)
def test_conditions_that_the_examples_do_not_show_are_left_to_the_model(examples):
    assert conditions("Age from 18.", examples, "en") is None
