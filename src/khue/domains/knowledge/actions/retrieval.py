"""Measuring retrieval: a scratch collection from a file of passages, searched as the page searches, then dropped."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from khue.domains.knowledge.actions import adding, collections, indexing
from khue.domains.knowledge.actions.adding import NewDocument
from khue.domains.knowledge.models import Access, Collection
from khue.domains.knowledge.queries import lexical
from khue.domains.knowledge.queries.search import search
from khue.domains.knowledge.reading.blocks import paragraphs
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass

# passages asked for so that ten different documents are among them
DEPTH = 50


@dataclass(frozen=True)
class Question:
    """`positives`: the records of which one has to be found."""

    text: str
    positives: frozenset[str]


@dataclass(frozen=True)
class Trial:
    """`ranks`: for each question the place of its first right document, from 0; None if it is not among the first
    ten. `seconds`: for each question. `index_s`: adding, indexing and embedding everything."""

    ranks: Sequence[int | None]
    seconds: Sequence[float]
    index_s: float

    def figures(self) -> dict[str, float]:
        p50, p95 = np.percentile(self.seconds, [50, 95]) * 1000 if self.seconds else (0.0, 0.0)
        recalls = {f"recall@{k}": self._mean(float(r is not None and r < k) for r in self.ranks) for k in (1, 5, 10)}
        return {
            "n": len(self.ranks),
            **recalls,
            "mrr@10": self._mean(0.0 if rank is None else 1 / (rank + 1) for rank in self.ranks),
            "index_s": round(self.index_s, 1),
            "p50_ms": round(float(p50), 1),
            "p95_ms": round(float(p95), 1),
        }

    def _mean(self, values: Iterable[float]) -> float:
        return round(sum(values) / max(len(self.ranks), 1), 4)


def questions(records: Iterable[dict[str, Any]]) -> list[Question]:
    """Those that name what they should find."""
    asked = (Question(record["text"], frozenset(record.get("positive_ids") or ())) for record in records)
    return [question for question in asked if question.positives]


def trial(
    by: Actor,
    records: Sequence[dict[str, Any]],
    asked: Sequence[Question],
    *,
    indexed: Callable[[int], None] = lambda done: None,
    searched: Callable[[int], None] = lambda done: None,
) -> Trial:
    """`records` have id, text and perhaps a title; each becomes a document."""
    collection = collections.create(
        by=by, name="scratch", access=Access.PRIVATE, data_class=DataClass.PUBLIC, scratch=True
    )
    try:
        began = time.perf_counter()
        added = adding.add_documents(by=by, collection=collection, documents=map(_document, records))
        names = {one.document_id: str(record["id"]) for one, record in zip(added, records, strict=True)}
        lexical.follow()
        indexing.embed_waiting(collection=collection.pk, progress=indexed)
        index_s = time.perf_counter() - began
        ranks, seconds = [], []
        for number, question in enumerate(asked, 1):
            began = time.perf_counter()
            found = _found(by, question.text, collection)
            seconds.append(time.perf_counter() - began)
            ranks.append(_rank([names[document] for document in found], question.positives))
            searched(number)
        return Trial(ranks, seconds, index_s)
    finally:
        collections.delete(by=by, collection=collection)
        lexical.sweep()


def _document(record: dict[str, Any]) -> NewDocument:
    return NewDocument(str(record.get("title") or ""), tuple(paragraphs(record["text"])), key=str(record["id"]))


def _found(by: Actor, question: str, collection: Collection) -> list[UUID]:
    """The ten best documents by their best passages."""
    results = search(question, actor=by, collections=[collection.pk], highest_class=DataClass.CONFIDENTIAL, k=DEPTH)
    return list(dict.fromkeys(hit.document for hit in results.hits))[:10]


def _rank(found: Sequence[str], positives: frozenset[str]) -> int | None:
    return next((place for place, name in enumerate(found) if name in positives), None)
