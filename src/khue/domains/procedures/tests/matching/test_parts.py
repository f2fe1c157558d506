"""What a question asks for, by which way and in which case: plain functions over words."""

import pytest

from khue.domains.procedures.matching import parts
from khue.domains.procedures.matching.asked import Asked
from khue.domains.procedures.matching.phrases import Said, table


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("đổi bằng lái hết bao nhiêu tiền", "vi", ("fee",)),
        ("doi bang lai het bao nhieu tien", "vi", ("fee",)),
        ("làm hộ chiếu mấy ngày xong", "vi", ("time",)),
        ("cần giấy tờ gì và nộp ở đâu", "vi", ("papers", "place")),
        ("How much does it cost and how long does it take?", "en", ("fee", "time")),
        ("Quels papiers faut-il ?", "fr", ("papers", "conditions")),
        ("mưa", "vi", ()),
    ],
)
def test_the_parts_that_are_asked_for(question, language, asked):
    assert parts.asked_parts(Said(question, language)) == asked


def test_the_way_to_apply_is_named_or_left_open():
    assert parts.asked_way(Said("nộp trực tuyến được không", "vi")) == "online"
    assert parts.asked_way(Said("Can I send it by post?", "en")) == "post"
    assert parts.asked_way(Said("làm ở đâu", "vi")) == ""


def test_a_line_for_another_way_is_not_the_askers():
    assert parts.is_of_way("Nộp trực tuyến trên cổng dịch vụ công.", "online")
    assert not parts.is_of_way("Trường hợp nộp trực tiếp thì xuất trình bản chính.", "online")
    assert parts.is_of_way("Cơ quan thẩm định hồ sơ.", "online")
    assert parts.is_of_way("Trường hợp nộp trực tiếp thì xuất trình bản chính.", "")


def test_a_case_that_nobody_mentions_leaves_all():
    cases = ["Giấy tờ phải nộp:", "Trường hợp người nước ngoài", "Trường hợp quân nhân"]

    assert parts.fitting_cases(cases, "kết hôn cần gì") == {0, 1, 2}
    assert parts.fitting_cases(cases, "vợ tôi là người nước ngoài") == {0, 1}


@pytest.mark.parametrize(
    ("question", "language", "elsewhere"),
    [
        ("Làm bằng lái xe ở California cần giấy tờ gì?", "vi", True),
        ("renewing my British passport in London", "en", True),
        ("Cưới ở Nhật rồi, về Việt Nam ghi nhận thế nào?", "vi", False),
        ("What documents do I need for my newborn?", "en", False),
        ("sổ đỏ của anh tôi", "vi", False),
    ],
)
def test_what_belongs_to_another_country(question, language, elsewhere):
    assert Asked.of(question, language).is_elsewhere is elsewhere


def test_a_longer_phrase_says_more_than_the_one_within_it():
    meanings = dict((one.official[0], weight) for one, weight in Asked.of("tách hộ khẩu", "vi").meanings)

    assert meanings["tách hộ"] > meanings["đăng ký thường trú"]


def test_every_entry_of_everyday_words_has_words_in_three_languages():
    for entry in table("everyday")["words"]:
        assert entry["means"]
        assert entry["vi"] and entry["en"] and entry["fr"], entry["means"]
