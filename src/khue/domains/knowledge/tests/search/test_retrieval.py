"""The measurement itself."""

import pytest

from khue.domains.knowledge import api
from khue.domains.knowledge.models import Collection, Document
from khue.domains.knowledge.queries import lexical
from khue.domains.people.models import Organisation

pytestmark = pytest.mark.django_db

RECORDS = [
    {"id": "a", "title": "Khai sinh", "text": "Đăng ký khai sinh không thu lệ phí."},
    {"id": "b", "text": "Đăng ký kết hôn được giải quyết ngay trong ngày."},
    {"id": "c", "text": "A passport is issued within five working days."},
]


@pytest.fixture
def measure(an, embedding_server):
    def measure(*questions):
        asked = api.retrieval_questions(
            {"id": str(i), "text": text, "positive_ids": positives} for i, (text, positives) in enumerate(questions)
        )
        return api.retrieval_trial(an, RECORDS, asked).figures()

    return measure


def test_what_is_found_first_counts_fully(measure):
    figures = measure(("lệ phí khai sinh", ["a"]), ("kết hôn bao lâu", ["b"]))
    assert (figures["n"], figures["recall@1"], figures["mrr@10"]) == (2, 1.0, 1.0)
    assert set(figures) == {"n", "recall@1", "recall@5", "recall@10", "mrr@10", "index_s", "p50_ms", "p95_ms"}


def test_a_wrong_expectation_shows(measure):
    figures = measure(("lệ phí khai sinh", ["b"]), ("lệ phí khai sinh", ["none"]))
    assert (figures["recall@1"], figures["recall@5"]) == (0.0, 0.5)
    assert 0 < figures["mrr@10"] < 0.5


def test_questions_without_an_expectation_are_left_out(measure):
    assert measure(("lệ phí khai sinh", ["a"]), ("ngoài phạm vi", []))["n"] == 1


def test_nothing_stays_behind(measure):
    before = Organisation.objects.count()
    measure(("lệ phí khai sinh", ["a"]))
    assert not Collection.objects.exists() and not Document.objects.exists()
    assert list(lexical.index().passages()) == []
    assert Organisation.objects.count() == before
