"""The figures of an evaluation."""

import pytest

from khue.domains.knowledge.actions.grounding import questions
from khue.domains.knowledge.answering.measures import Asked, contains, f1, summary


def asked(answerable=True, abstained=False, answer="", references=("8.000 đồng",), sentences=(True,), first=100.0):
    said = tuple({"supported": supported} for supported in sentences)
    return Asked(answerable, references, answer, abstained, said, 50.0, first, 200.0)


@pytest.mark.parametrize(
    ("answer", "reference", "held"),
    [
        ("Lệ phí là 8.000 đồng.", "8.000 đồng", True),
        ("LỆ PHÍ LÀ “8.000 ĐỒNG”", "8.000 đồng", True),
        ("the fee of the Panthers", "a fee", True),
        ("Lệ phí là 18.000 đồng.", "8.000 đồng", False),
        ("136 sacks", "13", False),
    ],
)
def test_a_reference_is_contained_as_whole_words(answer, reference, held):
    assert contains(answer, [reference]) is held


def test_f1_is_the_harmonic_mean_of_shared_words():
    assert f1("The Denver Broncos", ["Denver Broncos"]) == 1.0
    assert f1("Denver", ["Denver Broncos"]) == pytest.approx(2 / 3)
    assert f1("Carolina", ["Denver Broncos", "carolina"]) == 1.0
    assert f1("nothing", ["Denver"]) == 0.0


def test_an_abstention_neither_contains_nor_scores():
    figures = summary([asked(answer="8.000 đồng"), asked(abstained=True, answer="8.000 đồng", sentences=())])
    assert figures["contains_answer"] == 0.5
    assert figures["answer_f1"] == 0.5
    assert figures["false_abstain"] == 0.5


def test_figures_without_any_case_are_empty():
    figures = summary([asked(answerable=False, abstained=True, sentences=(), first=None)])
    assert figures["contains_answer"] is None
    assert figures["first_token_ms_p50"] is None
    assert figures["abstain_on_unanswerable"] == 1.0


def test_the_share_of_unsupported_sentences_is_of_those_shown():
    assert summary([asked(sentences=(True, False)), asked(sentences=(True, True))])["unsupported_sentences"] == 0.25


RECORDS = [{"id": str(n), "text": f"câu {n}", "answers": ["x"], "answerable": True, "art": n % 5} for n in range(40)]


def test_half_of_the_articles_can_be_withheld():
    sample = questions(RECORDS, limit=None, seed=1, withhold=0.5)
    assert sum(not question.answerable for question in sample) == 20
    assert all((question.without is None) == question.answerable for question in sample)


def test_the_seed_decides_the_sample():
    assert questions(RECORDS, limit=5, seed=1, withhold=0) == questions(RECORDS, limit=5, seed=1, withhold=0)
    assert questions(RECORDS, limit=5, seed=1, withhold=0) != questions(RECORDS, limit=5, seed=2, withhold=0)


def test_what_is_marked_unanswerable_is_asked_as_it_stands():
    sample = questions([{"id": "1", "text": "?", "answerable": False}], limit=None, seed=1, withhold=1.0)
    assert [(question.answerable, question.without) for question in sample] == [(False, None)]
