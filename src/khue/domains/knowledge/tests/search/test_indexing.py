"""Vectors of passages and sentences."""

import numpy as np
import pytest

from khue.domains.knowledge.actions import indexing
from khue.domains.knowledge.models import Passage
from khue.domains.knowledge.queries.indexing import progress
from khue.gateway.api import GatewayError

pytestmark = pytest.mark.django_db


def test_every_passage_gets_a_vector(documents, library, embedding_server):
    assert progress([library.pk]).embedded == 0
    assert indexing.embed_waiting() == 3
    assert progress([library.pk]).is_complete
    assert np.isclose(np.linalg.norm(Passage.objects.first().embedding), 1, atol=1e-3)


def test_title_and_heading_are_embedded_with_the_text(documents, embedding_server):
    indexing.embed_waiting()
    assert any("Kết hôn" in text and "trong ngày" in text for text in embedding_server.requests[0]["input"])


def test_what_is_done_is_not_done_again(documents, embedding_server):
    assert indexing.embed_waiting(most=1) == 3  # a batch is not cut
    assert indexing.embed_waiting() == 0
    assert len(embedding_server.requests) == 1


def test_after_a_failure_it_goes_on_where_it_stopped(library, add, embedding_server, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 1)
    add(library, "Một", "Lệ phí một.")
    add(library, "Hai", "Lệ phí hai.")

    def fail_later(done):
        embedding_server.failure = "refuse"

    with pytest.raises(GatewayError):
        indexing.embed_waiting(progress=fail_later)
    assert progress([library.pk]).embedded == 1
    embedding_server.reset()
    assert indexing.embed_waiting() == 1


def test_background_texts_are_marked_so_that_questions_go_first(documents, embedding_server):
    indexing.embed_waiting()
    assert embedding_server.requests[0]["_headers"]["X-Khue-Priority"] == "background"


def test_sentence_vectors_are_made_once_and_kept(library, add, embedding_server):
    document = add(library, "Hai câu", "Lệ phí là 8.000 đồng. Thời hạn là ba ngày làm việc.")
    [passage] = Passage.objects.filter(document=document)
    first = indexing.sentence_vectors([passage.pk])[passage.pk]
    again = indexing.sentence_vectors([passage.pk])[passage.pk]
    assert first.shape == (len(passage.sentences), 384)
    assert np.array_equal(first, again)
    assert len(embedding_server.requests) == 1
