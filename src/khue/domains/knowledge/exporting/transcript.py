"""What is exported, apart from how: built from what was stored with each exchange."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from khue.domains.knowledge.answering import links
from khue.gateway.classes import DataClass


@dataclass(frozen=True)
class Citation:
    number: int
    title: str
    page: int | None
    quote: str


@dataclass(frozen=True)
class Sentence:
    """`pieces`: the text, and whether each piece is an address that stands in the cited passages."""

    text: str
    pieces: tuple[tuple[str, bool], ...]
    supported: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    question: str
    asked_at: datetime
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    # what is shown when there is no sentence: an abstention or an error, as the person read it
    note: str
    model: str


@dataclass(frozen=True)
class Transcript:
    """`data_class` is the highest of all that took part: it binds whoever takes the file along."""

    title: str
    answers: tuple[Answer, ...]
    data_class: DataClass


def transcript(title: str, exchanges: Iterable[Any], data_class: DataClass) -> Transcript:
    """`exchanges` are knowledge.models.Exchange, or anything with the same attributes."""
    shown = list(exchanges)
    highest = max([data_class, *(DataClass(exchange.data_class) for exchange in shown)])
    return Transcript(title, tuple(_answer(exchange) for exchange in shown), highest)


def _answer(exchange: Any) -> Answer:
    cited = {c["n"]: c for sentence in exchange.sentences for c in sentence["citations"]}
    return Answer(
        question=exchange.question,
        asked_at=exchange.created_at,
        sentences=tuple(
            Sentence(
                s["text"],
                tuple(links.split(s["text"], s["citations"] if s["supported"] else ())),
                s["supported"],
                tuple(c["n"] for c in s["citations"]),
            )
            for s in exchange.sentences
        ),
        citations=tuple(Citation(n, c["title"], c.get("page"), c["quote"]) for n, c in sorted(cited.items())),
        abstained=exchange.abstained,
        note=exchange.error or exchange.answer,
        model=exchange.model,
    )
