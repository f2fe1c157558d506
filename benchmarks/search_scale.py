"""How search grows: 25,000 passages, 100,000, a million. Texts are sentences of the evaluation sets shuffled, vectors
mixtures of real ones; the search is the one of the pages, in a database of its own that is dropped afterwards.

KHUE_BENCH_SIZES chooses the sizes (default: 25000 100000; the million takes an hour on 2 cores and 8 GB of disk, and
has a section of its own).
"""

import os
import re
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.retrieval import loaded

SIZES = [int(size) for size in os.environ.get("KHUE_BENCH_SIZES", "25000 100000").split()]
QUESTIONS = 200
REAL = 600  # passages that are really embedded
PER_DOCUMENT = 10
# of this share of the documents is a collection of its own: a search with a narrow filter
SMALL = 0.01
HEAD = ("passages", "search in", "p50 ms", "p95 ms", "of it embedding p50", "of it finding p50")
BUILD = ("passages", "lexical index s", "its MB", "graph of vectors s", "its MB", "near ten found by the graph")
COLUMNS = 'document_id, position, heading, text, start, "end", sentences, embedding'


@dataclass(frozen=True)
class Material:
    sentences: list[str]
    vectors: NDArray[np.float32]
    questions: list[str]


def run() -> None:
    from khue.cli.session import session

    rows: list[Any] = []
    built: list[Any] = []
    with session(embeddings=True), _database_of_its_own():
        material = _material()
        by, large, small = _places()
        have = 0
        for size in sorted(SIZES):
            _fill(have, size, material, large, small)
            have = size
            built.append((f"{size:,}", *_build(material)))
            for label, question_of, collections in (
                ("everything", str, None),
                ("everything, no diacritics", _plain(), None),
                ("one collection of 1%", str, [small]),
            ):
                rows.append((f"{size:,}", label, *_timed(by, material, question_of, collections)))
                sys.stderr.write(f"  {rows[-1]}\n")
    body = f"{results.table(HEAD, rows)}\n\nBuilding:\n\n{results.table(BUILD, built)}\n\n{' '.join(NOTES.split())}"
    million = max(SIZES) >= 1_000_000
    results.write("search_scale" + "_million" * million, "Search, growing" + " to a million" * million, body)


NOTES = """One question at a time, one sentence each, as the pages search: the question's vector included. "Near ten
found by the graph": the share of the exact ten nearest vectors that the graph index finds too."""


@contextmanager
def _database_of_its_own() -> Iterator[None]:
    from django.db import connection
    from django.test.utils import override_settings

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="khue-bench-") as home, override_settings(KHUE_HOME=Path(home)):
        connection.close()
        connection.close_pool()  # it would go on handing out connections to the other database
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield
        finally:
            connection.close()
            connection.close_pool()
            connection.creation.destroy_test_db(name, verbosity=0)


def _material() -> Material:
    from khue.gateway.api import Caller, DataClass, embed

    sets = [loaded(name) for name in ("xquad_vi", "vlsp_vi", "xquad_en", "spfqr_fr")]
    texts = [text for data in sets for text in data.passages]
    chance = np.random.default_rng(1)
    real = [texts[int(i)] for i in chance.choice(len(texts), min(REAL, len(texts)), replace=False)]
    caller = Caller(None, None, tool="benchmark")
    vectors = embed(real, kind="passage", caller=caller, data_class=DataClass.PUBLIC, priority="background")
    sentences = [s for text in texts for s in re.split(r"(?<=[.;?!])\s+", text) if 30 < len(s) < 300]
    asked = [question["text"] for data in sets for question in data.asked[:: max(1, len(data.asked) // QUESTIONS)]]
    return Material(sentences, vectors, [asked[int(i)] for i in chance.permutation(len(asked))[:QUESTIONS]])


def _places() -> tuple[Any, UUID, UUID]:
    from khue.domains.knowledge import api
    from khue.domains.people.actions import organisations
    from khue.domains.people.api import Role, actor_of
    from khue.domains.people.models import Membership, Person

    academy = organisations.create(by=None, parent=None, kind="academy", names={"vi": "Học viện"})
    person = Person.objects.create(username="bench")
    Membership.objects.create(person=person, organisation=academy, role=Role.ADMINISTRATOR)
    by = actor_of(person.pk)
    large, small = (api.create_collection(name, by=by) for name in ("large", "small"))
    return by, large.id, small.id


def _fill(have: int, size: int, material: Material, large: UUID, small: UUID) -> None:
    """Documents by the ORM, passages by binary COPY: a million in minutes."""
    from django.db import connection

    from khue.domains.knowledge.models import Document

    with connection.cursor() as cursor:
        cursor.execute("drop index if exists passage_embedding")
    for start in range(have, size, 10_000):
        chance = np.random.default_rng(start)
        count = min(10_000, size - start)
        documents = [
            Document(
                collection_id=small if chance.random() < SMALL else large,
                title=f"Văn bản {start + n}",
                data_class=1,
                status="ready",
                sha256=f"{start + n}",
            )
            for n in range(0, count, PER_DOCUMENT)
        ]
        Document.objects.bulk_create(documents)
        _copy([document.pk for document in documents], count, material, chance)
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _copy(documents: list[UUID], count: int, material: Material, chance: np.random.Generator) -> None:
    from django.db import connection

    vectors = _mixed(material.vectors, count, chance)
    picks = chance.integers(len(material.sentences), size=(count, 7))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy knowledge_passage ({COLUMNS}) from stdin (format binary)") as copy,
    ):
        copy.write(b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0))
        for n in range(count):
            text = " ".join(material.sentences[i] for i in picks[n])
            copy.write(_row(documents[n // PER_DOCUMENT], n % PER_DOCUMENT, text, vectors[n]))
        copy.write(struct.pack(">h", -1))


def _row(document: UUID, position: int, text: str, vector: NDArray[np.float16]) -> bytes:
    fields = (
        document.bytes,
        struct.pack(">i", position),
        b"",
        text.encode(),
        struct.pack(">i", 0),
        struct.pack(">i", len(text)),
        b"\x01[]",
        struct.pack(">hh", len(vector), 0) + vector.astype(">f2").tobytes(),
    )
    return struct.pack(">h", len(fields)) + b"".join(struct.pack(">i", len(field)) + field for field in fields)


def _mixed(real: NDArray[np.float32], count: int, chance: np.random.Generator) -> NDArray[np.float16]:
    """Between two real vectors, and a little beside: as crowded as real ones are."""
    one, other = real[chance.integers(len(real), size=(2, count))]
    share = chance.random((count, 1), dtype=np.float32)
    mixed = share * one + (1 - share) * other + 0.02 * chance.standard_normal(one.shape, dtype=np.float32)
    return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float16)


def _build(material: Material) -> tuple[object, ...]:
    from django.conf import settings
    from django.db import connection

    from khue.domains.knowledge import api

    began = time.perf_counter()
    api.follow_index()
    lexical_s = time.perf_counter() - began
    files = sum(file.stat().st_size for file in (settings.KHUE_HOME / "index").rglob("*") if file.is_file())
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("set maintenance_work_mem = '2GB'")
        cursor.execute("create index passage_embedding on knowledge_passage using hnsw (embedding halfvec_ip_ops)")
        graph_s = time.perf_counter() - began
        cursor.execute("select pg_relation_size('passage_embedding')")
        graph = cursor.fetchone()[0]
    recall = _graph_recall(material)
    return f"{lexical_s:.0f}", files // 2**20, f"{graph_s:.0f}", graph // 2**20, f"{recall:.3f}"


def _graph_recall(material: Material) -> float:
    from django.db import connection

    near = "select id from knowledge_passage order by (embedding <#> %s::halfvec){} limit 10"
    shares = []
    with connection.cursor() as cursor:
        cursor.execute("set hnsw.ef_search = 50")
        for vector in _mixed(material.vectors, 20, np.random.default_rng(7)):
            asked = [str(vector.astype(float).tolist())]
            cursor.execute(near.format(""), asked)
            found = {row[0] for row in cursor.fetchall()}
            cursor.execute(near.format(" + 0"), asked)
            shares.append(len(found & {row[0] for row in cursor.fetchall()}) / 10)
    return float(np.mean(shares))


def _plain() -> Any:
    from khue.domains.knowledge import api

    return api.without_diacritics


def _timed(by: Any, material: Material, question_of: Any, collections: list[UUID] | None) -> tuple[str, ...]:
    from khue.domains.knowledge import api

    times = []
    for number, question in enumerate(material.questions):
        found = api.search(
            question_of(question), actor=by, collections=collections, highest_class=api.DataClass.CONFIDENTIAL
        )
        if number >= 10:  # the first ones warm up
            times.append([found.timings[part] for part in ("total_ms", "embed_ms", "find_ms")])
    total, embed, find = np.array(times).T
    figures = np.percentile(total, 50), np.percentile(total, 95), np.percentile(embed, 50), np.percentile(find, 50)
    return tuple(f"{figure:.1f}" for figure in figures)
