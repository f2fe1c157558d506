"""One answer against what was expected of it, and what a run comes to."""

import pytest

from khue.domains.assistants.benching.judging import Expected, judge, stands_in, totals


def answer(text="", *, abstained=False, titles=(), card=None, language="vi"):
    sentences = (
        [{"text": text, "supported": True, "citations": [{"title": title} for title in titles]}] if titles else []
    )
    return {
        "answer": text, "abstained": abstained, "language": language, "sentences": sentences, "card": card,
        "choices": [], "timings": {"total_ms": 1200.0, "card_ms": 40.0},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("part", "text", "is_there"),
    [
        ("8.000 đồng", "Lệ phí là 8,000 đồng.", True),
        ("8000 đồng", "8 000 đồng", True),
        ("8.000 đồng", "Trực tiếp: 8.000\u00a0₫", True),
        ("8.000 đồng", "Frais : 8\u00a0000\u00a0₫", True),
        ("18.000 đồng", "8.000 đồng", False),
        ("60 ngày", "trong thời hạn 60  NGÀY", True),
        ("6 ngày", "60 ngày", False),
        ("tờ khai", "Tờ khai theo mẫu", True),
    ],
)
def test_what_must_stand_in_an_answer(part, text, is_there):
    assert stands_in(part, text) is is_there


def test_the_card_is_a_source_and_part_of_the_answer():
    card = {"code": "1.001193", "name": "Khai sinh", "rows": [{"kind": "fee", "label": "Lệ phí", "text": "8.000 đồng"}]}
    judged = judge(Expected("answerable", "vi", "1.001193", "8.000 đồng"), answer(card=card))
    assert judged.right_source and judged.right_answer and judged.passed and judged.first_ms == 40.0


def test_a_wrong_source_or_a_missing_figure_does_not_pass():
    given = answer("Lệ phí là 9.000 đồng", titles=["Khai sinh"])
    judged = judge(Expected("answerable", "vi", "Hộ chiếu", "8.000 đồng"), given)
    assert (judged.right_source, judged.right_answer, judged.passed, judged.why) == (False, False, False, "8.000 đồng")


@pytest.mark.parametrize(("kind", "abstained", "passed"), [
    ("outside", True, True), ("outside", False, False), ("hostile", True, True), ("answerable", True, False),
])  # fmt: skip
def test_declining_is_right_where_nothing_should_be_said(kind, abstained, passed):
    assert judge(Expected(kind, "vi"), answer("x", abstained=abstained)).passed is passed


def test_an_answer_in_another_language_does_not_pass():
    given = answer("The fee", titles=["Khai sinh"], language="en")
    assert not judge(Expected("answerable", "vi"), given).passed


def test_totals_count_each_kind_apart():
    right = judge(Expected("answerable", "vi", "", "a"), answer("a", titles=["T"]))
    wrong = judge(Expected("answerable", "vi", "", "b"), answer("a", titles=["T"]))
    declined = judge(Expected("outside", "vi"), answer(abstained=True))
    found = totals([("answerable", right), ("answerable", wrong), ("outside", declined)])
    assert (found.passed, found.right, found.abstained, found.right_source, found.supported) == (2, 0.5, 1.0, None, 1.0)
