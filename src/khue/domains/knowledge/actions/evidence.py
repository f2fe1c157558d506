"""What bears on a question: found, weighed, and shown before any answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.actions.classes import Part
from khue.domains.knowledge.actions.indexing import sentence_vectors
from khue.domains.knowledge.answering.calibration import is_enough
from khue.domains.knowledge.answering.evidence import Sentence, Source, weigh
from khue.domains.knowledge.models import Conversation
from khue.domains.knowledge.queries import answers as queries
from khue.domains.knowledge.queries.search import search
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.gateway.zones import Zone
from khue.kernel.errors import UserError

OWN_TOOL = "ask"
SEARCHED = 10  # passages weighed
SHOWN = 5  # passages shown as evidence


@dataclass(frozen=True)
class Evidence:
    """`zone`: where the model of meaning stands that read the question; empty where words alone were compared.
    `question`: as it was read, with its marks where it was typed without them; `vector`: the question's."""

    ranked: list[Sentence]
    enough: bool
    zone: str = ""
    question: str = ""
    vector: NDArray[np.float32] | None = None

    @property
    def sources(self) -> list[Source]:
        """Each passage once, the one with the best sentence first; those that are shown."""
        first = {(s.source.document, s.source.passage): s.source for s in reversed(self.ranked)}
        order = dict.fromkeys((s.source.document, s.source.passage) for s in self.ranked)
        return [first[key] for key in order][:SHOWN]

    def parts(self) -> list[Part]:
        """What of it bears on the class: one part for each source that is shown."""
        return [
            Part(n, source.title, DataClass(source.data_class), source.found)
            for n, source in enumerate(self.sources, start=1)
        ]

    def shown(self) -> list[dict[str, Any]]:
        best: dict[int, Sentence] = {}
        for sentence in self.ranked:
            best.setdefault(sentence.source.passage, sentence)
        return [_shown(n, best[source.passage]) for n, source in enumerate(self.sources, start=1)]


def _shown(n: int, sentence: Sentence) -> dict[str, Any]:
    """`start` and `end` are the place of `quote` in the document's text."""
    source, (start, end) = sentence.source, sentence.place
    return {
        "n": n,
        "document": source.document,
        "passage": source.passage,
        "title": source.title,
        "heading": source.heading,
        "page": source.page,
        "start": start,
        "end": end,
        "score": round(sentence.score, 4),
        "cosine": source.dense,
        "text": source.text,
        "quote": sentence.text,
    }


@dataclass(frozen=True)
class Within:
    """Where to look; None: wherever the person may read."""

    collections: Sequence[UUID] | None = None
    documents: Sequence[UUID] | None = None


def evidence(by: Actor, question: str, *, language: str, within: Within, data_class: DataClass) -> Evidence:
    """What bears on the question, weighed. `data_class` is that of
    the question, which alone goes to the model of meaning."""
    found = search(
        question,
        actor=by,
        collections=within.collections,
        documents=within.documents,
        highest_class=DataClass.CONFIDENTIAL,
        data_class=data_class,
        k=SEARCHED,
    )
    vectors = vectors_of([hit.passage for hit in found.hits[:SHOWN]]) if found.vector is not None else {}
    sources = queries.sources(by, {hit.passage: hit.dense for hit in found.hits}, vectors)
    ranked = weigh(found.question, found.vector, sources, language=language)
    zone = meaning_zone() if found.vector is not None else ""
    enough = is_enough(found.question, ranked, language=language, vector=found.vector)
    return Evidence(ranked, enough, zone, found.question, found.vector)


def meaning_zone() -> str:
    """Where texts are turned into vectors."""
    return next((str(info.zone) for info in gateway.providers() if info.kind == "embed"), "")


def furthest(*zones: str) -> str:
    """Of those that are not empty."""
    return max(filter(None, zones), key=lambda zone: Zone(zone).reach, default="")


def vectors_of(passages: list[int]) -> dict[int, NDArray[np.float32]]:
    """Empty where embeddings are not to be had: words alone then decide."""
    try:
        return sentence_vectors(passages)
    except UserError:
        return {}


def caller(by: Actor, purpose: str, conversation: Conversation) -> Caller:
    """Pseudonyms stay the same within a conversation. For another tool it is not the person who asks: they lend their
    right to read, and others ask whom nobody knows."""
    asks = by.person_id if conversation.tool == OWN_TOOL else None
    return Caller(asks, by.organisation_id, tool=conversation.tool, purpose=purpose, conversation_id=conversation.pk)


def question_vector(question: str, *, by: Caller, data_class: DataClass) -> NDArray[np.float32] | None:
    """None where embeddings are not to be had: words alone then decide."""
    try:
        made = gateway.embed([question], kind="query", caller=by, data_class=data_class)
    except UserError:
        return None
    return np.asarray(made[0])
