"""What search stands on, made in the background: vectors of passages and of their sentences.

Resumable by nature: what has no vector yet is what is still to do. Words are searched meanwhile.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from khue.domains.knowledge.models import Passage
from khue.domains.knowledge.models.passage import DIMENSIONS
from khue.gateway import api as gateway
from khue.gateway.api import Caller, ClassNotAllowed, DataClass, Priority

# small, so that a question waits a second at most for the processor
BATCH = 16


def embed_waiting(
    *, collection: UUID | None = None, most: int | None = None, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Gives a vector to passages that have none, in the order of their ids → how many. Raises GatewayError.

    Passages of a class that no model of meaning may have stay without; they are found by words.
    """
    done, kept = 0, DataClass.SECRET
    while (most is None or done < most) and (batch := _waiting(collection, below=kept)):
        try:
            _embed(batch)
        except ClassNotAllowed:
            kept = DataClass(batch[0].document.data_class)
            continue
        done += len(batch)
        progress(done)
    return done


def _waiting(collection: UUID | None, *, below: DataClass) -> list[Passage]:
    """The next batch, all of one collection and so on one organisation's account, and of one class."""
    waiting = Passage.objects.filter(embedding__isnull=True, document__data_class__lt=below)
    if collection:
        waiting = waiting.filter(document__collection=collection)
    batch = list(waiting.select_related("document__collection").order_by("id")[:BATCH])
    return [passage for passage in batch if _account(passage) == _account(batch[0])]


def _account(passage: Passage) -> tuple[UUID, int]:
    return passage.document.collection_id, passage.document.data_class


def _embed(batch: Sequence[Passage]) -> None:
    texts = ["\n".join(filter(None, [p.document.title, p.heading, p.text])) for p in batch]
    vectors = _vectors(batch, texts, "background")
    with connection.cursor() as cursor:
        # one statement for the batch; a passage deleted meanwhile is simply not there
        cursor.execute(
            """update knowledge_passage set embedding = made.vector::halfvec
               from unnest(%s::bigint[], %s::text[]) as made(id, vector) where knowledge_passage.id = made.id""",
            [[passage.pk for passage in batch], [str(vector.tolist()) for vector in vectors]],
        )


def _vectors(passages: Sequence[Passage], texts: Sequence[str], priority: Priority) -> NDArray[np.float32]:
    documents = [passage.document for passage in passages]
    return gateway.embed(
        texts,
        kind="passage",
        caller=Caller(None, documents[0].collection.organisation_id, tool="ingest"),
        data_class=DataClass(max(document.data_class for document in documents)),
        priority=priority,
    )


def sentence_vectors(passages: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """Passage → one unit vector a sentence. Made when a passage first becomes evidence, then kept: at ingest they
    would double the work for passages of which most are never evidence. One call makes all that are missing."""
    rows = list(Passage.objects.filter(id__in=passages).select_related("document__collection"))
    missing = [passage for passage in rows if passage.sentence_vectors is None and passage.sentences]
    if missing:
        _make_sentence_vectors(missing)
    return {passage.pk: _matrix(passage) for passage in rows}


def _make_sentence_vectors(passages: Sequence[Passage]) -> None:
    texts = [passage.text[start:end] for passage in passages for start, end in passage.sentences]
    vectors = _vectors(passages, texts, "question").astype(np.float16)
    at = 0
    for passage in passages:
        passage.sentence_vectors = vectors[at : at + len(passage.sentences)].tobytes()
        at += len(passage.sentences)
    Passage.objects.bulk_update(passages, ["sentence_vectors"])


def _matrix(passage: Passage) -> NDArray[np.float32]:
    halves = np.frombuffer(bytes(passage.sentence_vectors or b""), np.float16)
    return halves.reshape(-1, DIMENSIONS).astype(np.float32)
