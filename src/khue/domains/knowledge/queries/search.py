"""Search: words and meaning propose passages, PostgreSQL decides which of them this person may see, fusion ranks."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import FloatField, Q, QuerySet, Value
from numpy.typing import NDArray
from pgvector.django import MaxInnerProduct

from khue.domains.knowledge.models import Collection, Passage
from khue.domains.knowledge.queries import lexical
from khue.domains.knowledge.search import fusion, tokens
from khue.domains.knowledge.search.marks import Spelling
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel.errors import UserError

# candidates of each kind; the best answer hardly ever stands lower in both lists
CANDIDATES = 50
# passages that show how a question without marks is spelt
SPELT = 100
# passages of chosen documents that are compared
MOST_OF_CHOSEN = 5000
# comparing a vector costs this share of a step of the walk through the graph, as measured with 100,000 passages
STEP = 1 / 20
# a passage of the document that the question names, and one that only mentions it
NAMED, MENTIONED = 3.0, 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hit:
    """A passage found. `score` ranks within one search (0…1, above 1 where a code was named); `lexical` is BM25,
    `dense` the cosine (None while the passage has no vector or meaning took no part)."""

    passage: int
    document: UUID
    collection: UUID
    title: str
    heading: str
    text: str
    page: int | None
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...]
    data_class: DataClass
    score: float
    lexical: float
    dense: float | None


@dataclass(frozen=True)
class Results:
    """Best first. `vector` is the question's, None if only words were compared; `question` as it was read: with its
    marks where it was typed without them. Times in milliseconds."""

    hits: tuple[Hit, ...]
    vector: NDArray[np.float32] | None
    timings: dict[str, float] = field(default_factory=dict)
    question: str = ""


def search(
    question: str,
    *,
    actor: Actor | None,
    highest_class: DataClass,
    collections: Sequence[UUID] | None = None,
    documents: Sequence[UUID] | None = None,
    k: int = 10,
    data_class: DataClass | None = None,
) -> Results:
    """The k best passages that the actor may read (None: the operator at the server's console), of the given
    collections (None: all) and, if documents are given, of these too (without collections: of these only), of no higher
    class than `highest_class`. `data_class` is the question's own (default: the gateway judges the words): where no
    model of meaning may have it, words alone are compared."""
    clock = _Clock()
    with clock("prepare_ms"):
        lexical.follow_soon()
        permitted = _permitted(actor, collections, highest_class)
        places = list(permitted.values_list("id", flat=True))
    if not (places or documents) or not question.strip():
        return Results((), None, clock.total(), question)
    wanted = _Wanted(question, None, places, _readable(actor, permitted, documents, highest_class, collections))
    if documents is not None:
        wanted = replace(wanted, chosen=tuple(documents), chosen_only=collections is None)
    with clock("embed_ms"):
        spelt = _spelt(wanted)
        vector = _vector(spelt, actor, DataClass.PUBLIC if data_class is None else data_class)
    with clock("find_ms"):
        hits = _hits(replace(wanted, vector=vector), k)
    return Results(hits, vector, clock.total(), spelt)


def _readable(
    actor: Actor | None,
    permitted: QuerySet[Collection],
    documents: Sequence[UUID] | None,
    highest_class: DataClass,
    collections: Sequence[UUID] | None,
) -> QuerySet[Passage]:
    passages = Passage.objects.filter(document__data_class__lte=highest_class)
    if documents is None:
        return passages.filter(document__collection__in=permitted)
    visible = Collection.objects.visible_to(actor) if actor else Collection.objects.all()
    chosen = Q(document__in=documents, document__collection__in=visible.order_by())
    return passages.filter(chosen if collections is None else chosen | Q(document__collection__in=permitted))


def _permitted(
    actor: Actor | None, collections: Sequence[UUID] | None, highest_class: DataClass
) -> QuerySet[Collection]:
    visible = Collection.objects.visible_to(actor) if actor else Collection.objects.all()
    chosen = visible.filter(scratch=False) if collections is None else visible.filter(id__in=collections)
    return chosen.filter(data_class__lte=highest_class).order_by()


def _spelt(wanted: "_Wanted") -> str:
    """The question with its marks: E5 finds nothing without them. What its words find says how they are spelt."""
    index = lexical.index()
    if not index.lacks_diacritics(wanted.question):
        return wanted.question
    near = _of_chosen(wanted) if wanted.chosen_only else index.best(wanted.question, within=wanted.places, limit=SPELT)
    rows = wanted.readable.filter(id__in=list(near)[:SPELT]).values_list("document__title", "heading", "text")
    return Spelling("\n".join(row) for row in rows).read(wanted.question)


def _vector(question: str, actor: Actor | None, data_class: DataClass) -> NDArray[np.float32] | None:
    """None where words must do: the question still lacks its marks, or nothing can embed it."""
    if lexical.index().lacks_diacritics(question):
        return None
    person, organisation = (actor.person_id, actor.organisation_id) if actor else (None, None)
    caller = Caller(person, organisation, tool="search")
    try:
        vectors = gateway.embed([question], kind="query", caller=caller, data_class=data_class)
    except UserError as error:
        log.warning("Searching by words only: %s", error)
        return None
    question_vector: NDArray[np.float32] = vectors[0]
    return question_vector


@dataclass(frozen=True)
class _Wanted:
    """What is looked for, and the only passages that may be found."""

    question: str
    vector: NDArray[np.float32] | None
    places: list[UUID]
    readable: QuerySet[Passage]
    # all passages of these documents are compared, nothing needs to propose any
    chosen: tuple[UUID, ...] = ()
    chosen_only: bool = False

    @cached_property
    def codes(self) -> list[str]:
        return tokens.codes(self.question)


def _hits(wanted: _Wanted, k: int) -> tuple[Hit, ...]:
    """Asks for more while passages that are gone or may not be read take the place of others."""
    index, limit = lexical.index(), max(CANDIDATES, k)
    chosen = _of_chosen(wanted)
    while not wanted.chosen_only:
        by_words = index.best(wanted.question, within=wanted.places, limit=limit)
        named = index.named(wanted.codes, within=wanted.places, limit=limit)
        distances = _distances(wanted, {*by_words, *named, *chosen, *_nearest(wanted, limit)})
        if len(distances) >= k or max(len(by_words), len(named)) < limit:
            break
        limit *= 4
    else:
        by_words, distances = {}, _distances(wanted, chosen)
    unscored = [passage for passage in distances if passage not in by_words]
    scored = by_words | index.scores(wanted.question, unscored)
    words = {passage: scored.get(passage, 0.0) for passage in distances}
    meaning = {passage: -distance for passage, distance in distances.items() if distance is not None}
    scores = fusion.fuse(words, meaning, _first(wanted, distances))
    rows = _rows(wanted, list(scores)[:k])
    return tuple(
        _hit(rows[passage], score, words[passage], meaning.get(passage))
        for passage, score in scores.items()
        if passage in rows
    )


def _of_chosen(wanted: _Wanted) -> list[int]:
    if not wanted.chosen:
        return []
    return list(wanted.readable.filter(document__in=wanted.chosen).values_list("id", flat=True)[:MOST_OF_CHOSEN])


def _nearest(wanted: _Wanted, limit: int) -> list[int]:
    """The passages whose vectors are nearest."""
    if wanted.vector is None:
        return []
    embedded = wanted.readable.filter(embedding__isnull=False).values_list("id", flat=True)
    distance = MaxInnerProduct("embedding", wanted.vector)
    if _exact_is_cheaper(wanted.places, limit):
        return list(embedded.order_by(distance + 0.0)[:limit])  # a sum, which no index answers
    with transaction.atomic(), connection.cursor() as cursor:
        # the walk goes on until enough passages have passed the filter
        cursor.execute(
            "select set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('hnsw.ef_search', %s, true)",
            [str(min(limit, 1000))],
        )
        return list(embedded.order_by(distance)[:limit])


def _exact_is_cheaper(places: list[UUID], limit: int) -> bool:
    """Comparing all vectors of these collections, against a walk that meets one of theirs every total/size steps."""
    index = lexical.index()
    size = index.size(places)
    return size * STEP <= limit * index.count() / max(size, 1)


def _distances(wanted: _Wanted, passages: Iterable[int]) -> dict[int, float | None]:
    """The readable ones among them, with their distance from the question; None for one without a vector."""
    distance = Value(None, FloatField()) if wanted.vector is None else MaxInnerProduct("embedding", wanted.vector)
    return dict(wanted.readable.filter(id__in=list(passages)).values_list("id", distance))


def _first(wanted: _Wanted, passages: Iterable[int]) -> dict[int, float]:
    """What the codes in the question, if any, put first."""
    if not wanted.codes:
        return {}
    rows = wanted.readable.filter(id__in=list(passages)).values_list("id", "document__codes", "document__title", "text")
    codes = set(wanted.codes)
    first = {}
    for passage, carried, title, text in rows:
        if codes.intersection(map(tokens.fold, carried)):
            first[passage] = NAMED
        elif codes.intersection(tokens.codes(f"{title} {text}")):
            first[passage] = MENTIONED
    return first


def _rows(wanted: _Wanted, passages: Iterable[int]) -> dict[int, dict[str, Any]]:
    found = wanted.readable.filter(id__in=list(passages)).values(
        "id", "heading", "text", "page", "start", "end", "sentences", "document_id",
        "document__title", "document__data_class", "document__collection_id",
    )  # fmt: skip
    return {row["id"]: dict(row) for row in found}


def _hit(row: dict[str, Any], score: float, words: float, meaning: float | None) -> Hit:
    return Hit(
        passage=row["id"],
        document=row["document_id"],
        collection=row["document__collection_id"],
        title=row["document__title"],
        heading=row["heading"],
        text=row["text"],
        page=row["page"],
        start=row["start"],
        end=row["end"],
        sentences=tuple((start, end) for start, end in row["sentences"]),
        data_class=DataClass(row["document__data_class"]),
        score=score,
        lexical=words,
        dense=meaning,
    )


class _Clock:
    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self._started = time.perf_counter()

    @contextmanager
    def __call__(self, part: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.times[part] = (time.perf_counter() - started) * 1000

    def total(self) -> dict[str, float]:
        return self.times | {"total_ms": (time.perf_counter() - self._started) * 1000}
