import pytest

from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.scoring import mark
from khue.domains.academy.tests.quizzing import samples


def share(given, answer, **changes):
    return mark(notation.item(given | changes), answer).share


@pytest.mark.parametrize(("answer", "expected"), [(["a"], 1), (["b"], 0), (["c"], 0.5), ([], 0), (None, 0), (["x"], 0)])
def test_single(answer, expected):
    assert share(samples.SINGLE, answer) == expected


@pytest.mark.parametrize(
    ("answer", "parts", "whole"),
    [
        (["a", "b"], 1, 1),
        (["b", "a"], 1, 1),
        (["a"], 0.5, 0),
        (["a", "c"], 0, 0),
        (["a", "b", "c"], 0.5, 0),
        (["c", "d"], 0, 0),
    ],
)
def test_multiple(answer, parts, whole):
    assert share(samples.MULTIPLE, answer) == pytest.approx(parts)
    assert share(samples.MULTIPLE, answer, marking="all") == whole


def test_three_thirds_are_one():
    choices = [{"text": letter, "share": 0.33333} for letter in "abc"]
    given = {"key": "x", "type": "multiple", "text": "?", "choices": [*choices, {"text": "d", "share": -1}]}
    assert share(given, ["o1", "o2", "o3"]) == 1


@pytest.mark.parametrize(
    ("answer", "parts", "neighbours", "whole"),
    [
        (["o1", "o2", "o3", "o4"], 1, 1, 1),
        (["o2", "o1", "o3", "o4"], 0.5, 1 / 3, 0),
        (["o2", "o3", "o4", "o1"], 0, 2 / 3, 0),
        (["o1", "o2", "o3"], 0, 0, 0),
        (["o1", "o1", "o3", "o4"], 0, 0, 0),
    ],
)
def test_ordering(answer, parts, neighbours, whole):
    assert share(samples.ORDERING, answer) == pytest.approx(parts)
    assert share(samples.ORDERING, answer, marking="neighbours") == pytest.approx(neighbours)
    assert share(samples.ORDERING, answer, marking="all") == whole


def test_matching():
    right = {"l1": "r1", "l2": "r2", "l3": "r3"}
    assert share(samples.MATCHING, right) == 1
    assert share(samples.MATCHING, right | {"l3": "r4"}) == pytest.approx(2 / 3)
    assert share(samples.MATCHING, right | {"l3": "r4"}, marking="all") == 0
    assert share(samples.MATCHING, {"l1": "r1"}) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("1.234,5", 1),
        ("1235", 1),
        ("1,2345 km", 1),
        ("1250 m", 0.5),
        ("1300", 0),
        ("khoảng nghìn", 0),
        ("1234,5 kg", 0),
    ],
)
def test_number(answer, expected):
    assert share(samples.NUMBER, answer) == expected


def test_a_unit_that_is_needed():
    assert share(samples.NUMBER, "1234,5", unit_needed=True) == 0
    assert share(samples.NUMBER, "1234,5 m", unit_needed=True) == 1


def test_the_language_decides_what_a_point_is():
    read = notation.item({"key": "x", "type": "number", "text": "?", "answer": 1234})
    assert mark(read, "1.234", language="vi").share == 1
    assert mark(read, "1.234", language="en").share == 0


@pytest.mark.parametrize(
    ("answer", "expected"), [("hoa lư", 1), ("Hoa Lu citadel", 1), ("kinh thành Huế", 0.25), ("Hà Nội", 0)]
)
def test_short(answer, expected):
    assert share(samples.SHORT, answer) == expected


def test_an_essay_waits_for_a_person_unless_it_is_empty():
    assert share(samples.ESSAY, "Soạn thảo văn bản.") is None
    assert share(samples.ESSAY, "   ") == 0


def test_feedback_of_the_choice_then_of_the_mark_then_for_everyone():
    said = mark(notation.item(samples.SINGLE | {"when_wrong": {"vi": "Chưa đúng."}}), ["b"]).feedback
    assert [words["vi"] for words in said] == ["Chỉ có thủ tục của tỉnh.", "Chưa đúng.", "Cổng Dịch vụ công quốc gia."]
    partly = mark(notation.item(samples.MULTIPLE), ["a"]).feedback
    assert [words["vi"] for words in partly] == ["Còn thiếu."]
