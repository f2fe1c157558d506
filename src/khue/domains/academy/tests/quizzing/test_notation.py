import pytest

from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.notation import BadItem
from khue.domains.academy.tests.quizzing import samples


@pytest.mark.parametrize("given", samples.ALL, ids=lambda given: given["type"])
def test_what_is_written_reads_back_equal(given):
    read = notation.item(given)
    assert notation.item(notation.mapping(read)) == read
    assert notation.mapping(notation.item(notation.mapping(read))) == notation.mapping(read)


def test_shares_of_several_right_choices():
    body = notation.item(samples.MULTIPLE).body
    assert [option.share for option in body.options] == [0.5, 0.5, -0.5, -0.5]


def test_a_plain_text_is_in_the_language_of_the_file():
    read = notation.item({"key": "x", "type": "short", "text": "Où ?", "accept": ["Paris"]}, language="fr")
    assert read.prompt == {"fr": "Où ?"} and read.body.keys[0].language == "fr"


def test_rights_that_serve_twice_are_shown_once():
    pairs = [{"left": "a", "right": "1"}, {"left": "b", "right": "1"}, {"left": "c", "right": "2"}]
    body = notation.item({"key": "x", "type": "matching", "text": "?", "pairs": pairs}).body
    assert len(body.rights) == 2 and dict(body.pairs) == {"l1": "r1", "l2": "r1", "l3": "r2"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "Có dấu"}, "key"),
        ({"text": "  "}, "text"),
        ({"type": "cloze"}, "type"),
        ({"points": "nhiều"}, "points"),
        ({"points": float("inf")}, "points"),
        ({"points": -1}, "points"),
        ({"choices": []}, "choices"),
        ({"choices": [{"text": "a"}, {"text": "b"}]}, "no_right_answer"),
        ({"choices": [{"text": "a", "right": True}, {"text": ""}]}, "choices"),
        ({"choices": [{"text": "a", "share": 2}, {"text": "b"}]}, "share"),
        ({"choices": [{"key": "a", "text": "a", "right": True}, {"key": "a", "text": "b"}]}, "same_key"),
        ({"marking": "neighbours"}, "marking"),
        ({"text": "a" * 20_001}, "too_long"),
    ],
)
def test_what_cannot_be_asked_or_marked_is_refused(change, code):
    with pytest.raises(BadItem) as refused:
        notation.item(samples.SINGLE | change)
    assert refused.value.code == code
