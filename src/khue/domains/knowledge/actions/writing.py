"""An answer in the making: the model's words, each sentence checked, then the documents' own; all of it stored."""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from numpy.typing import NDArray

from khue.domains.knowledge.actions import wording
from khue.domains.knowledge.actions.evidence import OWN_TOOL, caller, furthest, question_vector, vectors_of
from khue.domains.knowledge.answering import check as checking
from khue.domains.knowledge.answering import prompt
from khue.domains.knowledge.answering.evidence import Sentence, weigh
from khue.domains.knowledge.answering.quoting import quotes
from khue.domains.knowledge.answering.writing import Draft
from khue.domains.knowledge.models import Exchange
from khue.domains.knowledge.models.conversation import ExchangeStatus
from khue.domains.knowledge.queries import answers as queries
from khue.domains.knowledge.reading.sentences import spans
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, ChatStream, ClassNotAllowed, DataClass, NoModel, Options, Reply, Turn
from khue.kernel.errors import UserError

MAX_TOKENS = 120
STORING_ATTEMPTS = 8
PAUSE_S = 1.0  # eight seconds: a killed database is back by then


@dataclass(frozen=True)
class Piece:
    """Words as the model writes them, not checked yet."""

    text: str


@dataclass(frozen=True)
class Waiting:
    """The model is busy with others; the place in the queue, `expected_s` None where nothing was measured yet."""

    position: int
    of: int
    expected_s: int | None


@dataclass(frozen=True)
class SentenceChecked:
    """`citations` as stored: document, title, page, quote, start, end, n. `quoted`: the source's own words."""

    position: int
    text: str
    supported: bool
    citations: list[dict[str, Any]] = field(default_factory=list)
    reason: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Finished:
    exchange: Exchange


@dataclass(frozen=True)
class Failed:
    message: str


Event = Waiting | Piece | SentenceChecked | Finished | Failed


class Brake:
    """Stops an answer from another thread: at once, also while it waits for its turn or for the first word."""

    def __init__(self) -> None:
        self._is_pulled = False
        self._held: ChatStream | None = None
        self._lock = threading.Lock()

    def hold(self, held: ChatStream) -> None:
        with self._lock:
            self._held = held
            if self._is_pulled:
                held.close()

    def pull(self) -> None:
        with self._lock:
            self._is_pulled = True
            if self._held:
                self._held.close()


class Stopped(Exception):
    """Whoever asked has gone."""


def said_in(exchange: Exchange, words: Any, **values: Any) -> str:
    with wording.spoken(exchange.language):
        return str(words(**values))


class Writer:
    """One answer in the making; whatever it has produced stands in `exchange` at any moment."""

    def __init__(self, by: Actor, exchange: Exchange, brake: Brake) -> None:
        self.by = by
        self.brake = brake
        self.exchange = exchange
        self.started = time.perf_counter()
        self.draft = Draft(spans)
        self.numbers = {item["passage"]: item["n"] for item in exchange.evidence}
        exchange.sentences, exchange.answer, exchange.error = [], "", ""

    def answer(self) -> Iterator[Event]:
        if self.exchange.abstained:
            yield from self._abstain()
            return
        ranked = self._ranked()
        if not ranked:
            raise EvidenceGone(said_in(self.exchange, wording.deleted))
        try:
            yield from self._phrase(ranked)
        except NoModel:
            pass
        except ClassNotAllowed as refusal:  # the documents speak for themselves then
            self.exchange.not_sent = str(refusal)
        yield from self._quote(ranked)
        self._finish(ExchangeStatus.ANSWERED)

    def stop(self) -> None:
        self._finish(ExchangeStatus.STOPPED)
        store(self.exchange)

    def fail(self, message: str) -> str:
        self.exchange.error = message
        self._finish(ExchangeStatus.FAILED)
        store(self.exchange)
        return message

    def _finish(self, status: ExchangeStatus) -> None:
        exchange = self.exchange
        exchange.status = status
        exchange.timings["total_ms"] = round(exchange.timings.get("evidence_ms", 0) + since(self.started), 1)
        if not exchange.abstained:
            unread = self.draft.text[self.draft.done :].strip() if status != ExchangeStatus.ANSWERED else ""
            exchange.answer = " ".join([*(s["text"] for s in exchange.sentences), unread]).strip()

    def _abstain(self) -> Iterator[Event]:
        self.exchange.answer = said_in(self.exchange, wording.abstention, nearest=bool(self.exchange.evidence))
        self._finish(ExchangeStatus.ANSWERED)
        yield Piece(self.exchange.answer)

    def _ranked(self) -> list[Sentence]:
        shown = {item["passage"]: item["cosine"] for item in self.exchange.evidence}
        sources = queries.sources(self.by, shown, vectors_of(list(shown)))
        question = self.exchange.searched or self.exchange.question
        vector = question_vector(question, by=self._caller("weigh"), data_class=self._class()) if sources else None
        return weigh(question, vector, sources, language=self.exchange.language)

    # The model's words

    def _phrase(self, ranked: list[Sentence]) -> Iterator[Event]:
        asked = self.exchange.searched or self.exchange.question
        budget = prompt.BUDGET if self.exchange.conversation.tool == OWN_TOOL else prompt.BRIEF
        built = prompt.build(asked, ranked, language=self.exchange.language, budget=budget)
        self.exchange.left_out = self._left_out(built)
        instruction = f"{built.instruction} {self.exchange.conversation.voice}".strip()
        turns = [Turn("system", instruction), Turn("user", built.text)]
        with gateway.chat(
            turns, caller=self._caller("answer"), data_class=self._class(), options=Options(max_tokens=MAX_TOKENS)
        ) as reply:
            self.brake.hold(reply)
            yield from self._wait(reply)
            for piece in reply:
                self.exchange.timings.setdefault("first_token_ms", self._elapsed())
                yield Piece(piece)
                yield from self._checked(self.draft.add(piece), built.sent)
            yield from self._checked(self.draft.rest(), built.sent)
        if reply.reply:
            self._record(reply.reply)
            if reply.reply.finish_reason == "cancelled":
                raise Stopped
        self._withhold()

    def _wait(self, reply: ChatStream) -> Iterator[Event]:
        """Meanwhile the exchange stays known as one that is being answered."""
        for place in reply.wait():
            Exchange.objects.filter(pk=self.exchange.pk).update(updated_at=timezone.now())
            yield Waiting(place.position, place.of, place.expected_s)

    def _caller(self, purpose: str) -> Caller:
        return caller(self.by, purpose, self.exchange.conversation)

    def _class(self) -> DataClass:
        return DataClass(self.exchange.conversation.data_class)

    def _elapsed(self) -> float:
        return round(float(self.exchange.timings.get("evidence_ms", 0)) + since(self.started), 1)

    def _record(self, reply: Reply) -> None:
        self.exchange.model, self.exchange.provider = reply.model, reply.provider
        self.exchange.ledger_id = reply.ledger_id
        self.exchange.zone = furthest(self.exchange.zone, reply.zone)
        self.exchange.hidden = dict(reply.hidden)
        self.exchange.timings |= {"prompt_tokens": reply.prompt_tokens, "completion_tokens": reply.completion_tokens}

    def _left_out(self, built: prompt.Prompt) -> list[dict[str, Any]]:
        """The passages of the evidence of which the model read nothing."""
        read = {sentence.source.passage for sentence in built.sent}
        return [
            {"n": item["n"], "document": item["document"], "passage": item["passage"], "title": item["title"]}
            for item in self.exchange.evidence
            if item["passage"] not in read
        ]

    def _checked(self, sentences: Sequence[str], evidence: Sequence[Sentence]) -> Iterator[Event]:
        for text in sentences:
            verdict = checking.check(
                text,
                evidence,
                language=self.exchange.language,
                question=self.exchange.searched or self.exchange.question,
                similarities=self._similarities(text, evidence),
            )
            reason = said_in(self.exchange, wording.reason, verdict=verdict)
            yield self._add(text, verdict.supported, verdict.cited, reason)

    def _similarities(self, text: str, evidence: Sequence[Sentence]) -> NDArray[np.float32] | None:
        """Cosines of a sentence of the answer with those of the evidence; none where embeddings are not to be had."""
        missing = [s.text for s in evidence if s.vector is None]
        try:
            made = gateway.embed(
                [text, *missing], kind="passage", caller=self._caller("check"), data_class=self._class()
            )
        except UserError:
            return None
        rest = iter(made[1:])
        vectors = np.stack([next(rest) if s.vector is None else s.vector for s in evidence])
        return np.asarray(vectors @ made[0])

    def _withhold(self) -> None:
        """Words of the model with no backing at all give way to quotations."""
        sentences = self.exchange.sentences
        if sentences and not any(sentence["supported"] for sentence in sentences):
            self.exchange.sentences = []
            self.exchange.timings["withheld"] = len(sentences)

    # The documents' words

    def _quote(self, ranked: list[Sentence]) -> Iterator[Event]:
        said = [sentence["text"] for sentence in self.exchange.sentences]
        cited = [(c["start"], c["end"], c["document"]) for s in self.exchange.sentences for c in s["citations"]]
        for sentence in quotes(ranked, said=said, cited=cited):
            yield self._add(sentence.text, True, (sentence,), "", quoted=True)

    def _add(
        self, text: str, supported: bool, cited: Sequence[Sentence], reason: str, *, quoted: bool = False
    ) -> SentenceChecked:
        citations = [self._citation(sentence) for sentence in cited]
        event = SentenceChecked(len(self.exchange.sentences), text, supported, citations, reason, quoted)
        stored = asdict(event)
        del stored["position"]
        self.exchange.sentences.append(stored)
        return event

    def _citation(self, sentence: Sentence) -> dict[str, Any]:
        source, (start, end) = sentence.source, sentence.place
        return {
            "document": source.document,
            "title": source.title,
            "page": source.page,
            "quote": sentence.text,
            "start": start,
            "end": end,
            "n": self.numbers[source.passage],
        }


class EvidenceGone(UserError):
    """The documents were deleted, or closed to this person, between the question and the answer."""


# Storing ---------------------------------------------------------------------------------------


def store(exchange: Exchange) -> bool:
    """Also when the database has been away for a moment; False when it stays away."""
    for attempt in range(STORING_ATTEMPTS):
        try:
            exchange.save()
            return True
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            with contextlib.suppress(OperationalError, InterfaceError):
                connection.close()
            if attempt < STORING_ATTEMPTS - 1:
                time.sleep(PAUSE_S)
    return False


def since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
