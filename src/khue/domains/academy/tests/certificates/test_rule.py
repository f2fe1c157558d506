"""Who gets a certificate."""

import pytest

from khue.domains.academy.rules.certificates import (
    Part,
    Rule,
    Standing,
    checklist,
    initials,
    is_eligible,
    is_same_name,
    rule,
)

ACTIVITIES = [("a-quiz", "quiz"), ("b-quiz", "quiz"), ("hoi", "lab"), ("sprint", "sprint"), ("after", "survey")]


def test_the_rule_of_a_programme():
    asked = {"attendance_percent": 75, "labs": ["hoi"], "sprint": True, "surveys": ["after"]}
    assert rule(asked, ACTIVITIES) == Rule(75, ("a-quiz", "b-quiz"), ("hoi",), ("sprint",), ("after",))


def test_what_is_not_asked_for_is_not_in_the_rule():
    assert rule({"quizzes": False, "attendance_percent": 0}, ACTIVITIES) == Rule(0)
    assert checklist(Rule(0), Standing(0, 9)) == ()


@pytest.mark.parametrize(("came", "of", "is_met"), [(4, 5, True), (3, 4, False), (0, 0, True), (79, 99, False)])
def test_attendance_is_not_rounded_up(came: int, of: int, is_met: bool):
    (line,) = checklist(Rule(80), Standing(came, of))
    assert line.is_met is is_met


def test_the_checklist_names_what_is_missing():
    wanted = Rule(80, ("a-quiz", "b-quiz"), ("hoi",))
    found = checklist(wanted, Standing(5, 5, frozenset({"b-quiz", "hoi"})))
    assert [(line.part, line.done, line.needed, line.missing) for line in found] == [
        (Part.ATTENDANCE, 100, 80, ()),
        (Part.QUIZ, 1, 2, ("a-quiz",)),
        (Part.LAB, 1, 1, ()),
    ]
    assert not is_eligible(found)
    assert [code for line in found for code in line.codes] == ["quiz:a-quiz"]
    assert [line.codes for line in checklist(Rule(80), Standing(1, 5))] == [("attendance",)]


def test_codes_of_institutions_differ():
    assert initials("khue-van", set()) == "KV"
    assert initials("khue-van", {"KV", "KV2"}) == "KV3"


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [("nguyễn  thị an ", True), ("Nguye\u0302\u0303n Thi\u0323 An", True), ("Nguyen Thi An", False), ("", False)],
)
def test_a_name_is_compared_as_people_type_it(typed: str, is_same: bool):
    assert is_same_name(typed, "Nguyễn Thị An") is is_same
