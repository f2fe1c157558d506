"""What an assistant makes of what is said to it, before it looks for an answer."""

import pytest

from khue.domains.assistants.rules import LONGEST, Manner, figures_of, manner_of, slug_of, topic_in


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("", Manner.EMPTY),
        ("   \n", Manner.EMPTY),
        ("x" * 50_000, Manner.TOO_LONG),
        ("😀😀👍", Manner.NO_WORDS),
        ("???", Manner.NO_WORDS),
        ("12345", Manner.NO_WORDS),
        ("请问出生登记怎么办理", Manner.OTHER_SCRIPT),
        ("Как зарегистрировать рождение?", Manner.OTHER_SCRIPT),
        ("xin chào", Manner.GREETING),
        ("Bonjour", Manner.GREETING),
        ("cảm ơn nhé", Manner.THANKS),
        ("Thanks a lot", Manner.THANKS),
        ("đồ ngu", Manner.INSULT),
        ("You stupid bot", Manner.INSULT),
        ("ngu thế, làm khai sinh cho con hết bao nhiêu tiền", Manner.QUESTION),
        ("Cho tôi gặp cán bộ", Manner.PERSON),
        ("toi muon noi chuyen voi nhan vien", Manner.PERSON),
        ("Can I talk to a real person?", Manner.PERSON),
        ("Je veux parler à un agent", Manner.PERSON),
        ("Chào anh chị, cho hỏi làm khai sinh cần gì", Manner.QUESTION),
        ("Lệ phí hộ chiếu?", Manner.QUESTION),
    ],
)
def test_what_a_text_is(text, manner):
    assert manner_of(text) is manner


def test_a_text_just_short_enough_is_a_question():
    assert manner_of(("cấp hộ chiếu " * 200)[:LONGEST]) is Manner.QUESTION


@pytest.mark.parametrize("text", ["Tôi muốn khiếu nại cán bộ", "toi muon khieu nai"])
def test_a_topic_is_found_with_and_without_diacritics(text):
    assert topic_in(text, ["tố cáo", "khiếu nại"]) == "khiếu nại"


def test_a_topic_inside_another_word_does_not_count():
    assert topic_in("lệ phí cấp hộ chiếu", ["phí cấ"]) == ""


def test_figures_of_an_answer_with_their_units():
    assert figures_of("Phí là 8.000 đồng, trong 5 ngày làm việc.") == "8.000 đồng; 5 ngày làm việc"


@pytest.mark.parametrize(("name", "slug"), [("Trợ lý Hộ tịch!", "tro-ly-ho-tich"), ("???", "tro-ly")])
def test_a_short_name_for_addresses(name, slug):
    assert slug_of(name) == slug
