"""Measuring answers: a scratch library from a file of passages, questions asked as the page asks them, all dropped."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from khue.domains.knowledge.actions import adding, answers, collections
from khue.domains.knowledge.actions.adding import NewDocument
from khue.domains.knowledge.actions.indexing import embed_waiting
from khue.domains.knowledge.answering.measures import Asked
from khue.domains.knowledge.models import Access, Collection, Conversation, Exchange
from khue.domains.knowledge.reading.blocks import paragraphs
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass

Record = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """`without` names the article that is withheld while it is asked."""

    text: str
    references: tuple[str, ...]
    answerable: bool
    without: str | None = None


def questions(records: Iterable[Record], *, limit: int | None, seed: int, withhold: float) -> list[Question]:
    """A sample in an order that the seed decides. Of the answerable ones with an article, the share `withhold` is asked
    without it."""
    chance = random.Random(seed)  # noqa: S311 -- a repeatable sample
    sample = list(records)
    chance.shuffle(sample)
    sample = sample[:limit]
    able = [i for i, r in enumerate(sample) if r.get("answerable", True) and r.get("art") is not None]
    withheld = set(chance.sample(able, round(withhold * len(able))))
    return [_question(record, i in withheld) for i, record in enumerate(sample)]


def _question(record: Record, withheld: bool) -> Question:
    return Question(
        text=record["text"],
        references=tuple(record.get("answers") or ()),
        answerable=record.get("answerable", True) and not withheld,
        without=str(record["art"]) if withheld else None,
    )


@contextmanager
def scratch_library(
    by: Actor, passages: Sequence[Record], *, progress: Callable[[int], None] = lambda done: None
) -> Iterator[dict[str, UUID]]:
    """Article → collection with its passages, embedded; dropped with all conversations of `by` at the end."""
    articles: dict[str, list[Record]] = {}
    for passage in passages:
        articles.setdefault(str(passage.get("art", "")), []).append(passage)
    made: dict[str, Collection] = {}
    try:
        for article, records in articles.items():
            made[article] = _scratch(by, article, records)
        embed_waiting_in(made.values(), progress)
        yield {article: collection.pk for article, collection in made.items()}
    finally:
        Conversation.objects.filter(owner_id=by.person_id).delete()
        for collection in made.values():
            collections.delete(by=by, collection=collection)


def _scratch(by: Actor, article: str, records: Sequence[Record]) -> Collection:
    collection = collections.create(
        by=by, name=f"scratch {article}", access=Access.PRIVATE, data_class=DataClass.PUBLIC, scratch=True
    )
    adding.add_documents(by=by, collection=collection, documents=[_document(record) for record in records])
    return collection


def _document(record: Record) -> NewDocument:
    title = str(record.get("title") or record["id"]).replace("_", " ")
    return NewDocument(title, tuple(paragraphs(record["text"])), key=str(record["id"]))


def embed_waiting_in(made: Iterable[Collection], progress: Callable[[int], None]) -> None:
    done = 0
    for collection in made:
        done += embed_waiting(collection=collection.pk)
        progress(done)


def ask(by: Actor, question: Question, library: dict[str, UUID]) -> Asked:
    """One question, through `answers.begin` and `answers.stream`."""
    places = [place for article, place in library.items() if article != question.without]
    exchange = answers.begin(by=by, question=question.text, collections=places)
    for _event in answers.stream(exchange_id=exchange.pk, by=by):
        pass
    exchange = Exchange.objects.get(pk=exchange.pk)
    times = exchange.timings
    return Asked(
        answerable=question.answerable,
        references=question.references,
        answer=exchange.answer,
        abstained=exchange.abstained,
        sentences=tuple(exchange.sentences),
        evidence_ms=times["evidence_ms"],
        first_token_ms=times.get("first_token_ms"),
        total_ms=times.get("total_ms", 0.0),
    )
