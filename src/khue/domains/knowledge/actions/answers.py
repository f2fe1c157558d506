"""Answering a question: evidence at once, then the model's words, each sentence checked, all of it stored."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from numpy.typing import NDArray

from khue.domains.knowledge.actions import wording
from khue.domains.knowledge.actions.indexing import sentence_vectors
from khue.domains.knowledge.answering import check as checking
from khue.domains.knowledge.answering import followup, prompt
from khue.domains.knowledge.answering.calibration import is_enough
from khue.domains.knowledge.answering.evidence import Sentence, Source, weigh
from khue.domains.knowledge.answering.quoting import quotes
from khue.domains.knowledge.answering.writing import Draft
from khue.domains.knowledge.models import Collection, Conversation, Exchange
from khue.domains.knowledge.models.conversation import ExchangeStatus
from khue.domains.knowledge.queries import answers as queries
from khue.domains.knowledge.queries.search import search
from khue.domains.knowledge.reading import language as languages
from khue.domains.knowledge.reading.sentences import spans
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, NoModel, Options, Reply, Turn
from khue.kernel.errors import UserError

SEARCHED = 10  # passages weighed
SHOWN = 5  # passages shown as evidence
MAX_TOKENS = 120
STALE = timedelta(minutes=5)
STORING_ATTEMPTS = 8
PAUSE_S = 1.0  # eight seconds: a killed database is back by then


@dataclass(frozen=True)
class Piece:
    """Words as the model writes them, not checked yet."""

    text: str


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


Event = Piece | SentenceChecked | Finished | Failed


# The question --------------------------------------------------------------------------------


def begin(
    *, by: Actor, question: str, conversation_id: UUID | None = None, collections: Sequence[UUID] | None = None
) -> Exchange:
    """Stores the question with its evidence. A new conversation is limited to `collections` (none: all that the person
    may read). Raises Conversation.DoesNotExist for somebody else's."""
    started = time.perf_counter()
    question = question.strip()
    conversation, before = _conversation(by, question, conversation_id, collections)
    language = languages.detect(question)
    searched = followup.completed(question, queries.searched_before(before), language=language)
    found = evidence(by, searched, language=language, collections=_scope(conversation))
    if searched != question and not found.enough:
        # perhaps it did not lean on what went before after all
        alone = evidence(by, question, language=language, collections=_scope(conversation))
        searched, found = (question, alone) if alone.enough else (searched, found)
    exchange = Exchange(
        conversation=conversation,
        question=question,
        searched="" if searched == question else searched,
        language=language,
        evidence=found.shown(),
        abstained=not found.enough,
        timings={"evidence_ms": _since(started)},
    )
    _append(exchange, DataClass(max([conversation.data_class, *(s.data_class for s in found.sources)])))
    return exchange


def drop(*, by: Actor, conversation_id: UUID) -> None:
    """With all its questions; for one that was asked in passing."""
    Conversation.objects.filter(pk=conversation_id, owner_id=by.person_id).delete()


def again(*, by: Actor, exchange_id: UUID) -> Exchange:
    """Forgets the answer and looks for evidence anew; `stream` then answers."""
    started = time.perf_counter()
    exchange = queries.exchange(by, exchange_id)
    asked, scope = exchange.searched or exchange.question, _scope(exchange.conversation)
    found = evidence(by, asked, language=exchange.language, collections=scope)
    for name in ("answer", "error", "model", "provider", "rating_reason"):
        setattr(exchange, name, "")
    exchange.sentences, exchange.left_out, exchange.ledger_id, exchange.rating = [], [], None, None
    exchange.evidence, exchange.abstained = found.shown(), not found.enough
    exchange.timings = {"evidence_ms": _since(started)}
    exchange.status = ExchangeStatus.ANSWERING
    exchange.save()
    return exchange


def _conversation(
    by: Actor, question: str, conversation_id: UUID | None, collections: Sequence[UUID] | None
) -> tuple[Conversation, list[Exchange]]:
    if conversation_id:
        conversation = Conversation.objects.get(pk=conversation_id, owner_id=by.person_id)
        _give_up_on_stale(conversation)
        return conversation, list(conversation.exchanges.order_by("position"))
    conversation = Conversation.objects.create(
        owner_id=by.person_id, organisation_id=by.organisation_id, title=question[:300]
    )
    conversation.collections.set(Collection.objects.visible_to(by).filter(pk__in=collections or []))
    return conversation, []


def _scope(conversation: Conversation) -> list[UUID] | None:
    return list(conversation.collections.values_list("pk", flat=True)) or None


def _give_up_on_stale(conversation: Conversation) -> None:
    """An answer that nobody is writing any more (its process was killed) is said to have failed."""
    stale = conversation.exchanges.filter(status=ExchangeStatus.ANSWERING, updated_at__lt=timezone.now() - STALE)
    stale.update(status=ExchangeStatus.FAILED, error=wording.lost())


@transaction.atomic
def _append(exchange: Exchange, data_class: DataClass) -> None:
    conversation = Conversation.objects.select_for_update().get(pk=exchange.conversation_id)
    last = conversation.exchanges.aggregate(last=Max("position"))["last"]
    exchange.position = 0 if last is None else last + 1
    exchange.save()
    conversation.data_class = data_class
    conversation.save(update_fields=["data_class", "updated_at"])
    exchange.conversation = conversation


# The evidence ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    ranked: list[Sentence]
    enough: bool

    @property
    def sources(self) -> list[Source]:
        """Each passage once, the one with the best sentence first; those that are shown."""
        first = {(s.source.document, s.source.passage): s.source for s in reversed(self.ranked)}
        order = dict.fromkeys((s.source.document, s.source.passage) for s in self.ranked)
        return [first[key] for key in order][:SHOWN]

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


def evidence(by: Actor, question: str, *, language: str, collections: Sequence[UUID] | None) -> Evidence:
    """What bears on the question, weighed; `collections` none: all that the person may read."""
    found = search(question, actor=by, collections=collections, highest_class=DataClass.CONFIDENTIAL, k=SEARCHED)
    vectors = _sentence_vectors([hit.passage for hit in found.hits[:SHOWN]]) if found.vector is not None else {}
    sources = queries.sources(by, {hit.passage: hit.dense for hit in found.hits}, vectors)
    ranked = weigh(question, found.vector, sources, language=language)
    return Evidence(ranked, is_enough(question, ranked, language=language))


def _sentence_vectors(passages: list[int]) -> dict[int, NDArray[np.float32]]:
    """Empty where embeddings are not to be had: words alone then decide."""
    try:
        return sentence_vectors(passages)
    except UserError:
        return {}


def _caller(by: Actor, purpose: str) -> Caller:
    return Caller(person_id=by.person_id, organisation_id=by.organisation_id, tool="ask", purpose=purpose)


def _vector(by: Actor, question: str, sources: Sequence[Source]) -> NDArray[np.float32] | None:
    """None where embeddings are not to be had: words alone then decide."""
    if not sources:
        return None
    data_class = DataClass(max(source.data_class for source in sources))
    try:
        made = gateway.embed([question], kind="query", caller=_caller(by, "weigh"), data_class=data_class)
    except UserError:
        return None
    return np.asarray(made[0])


# The answer ------------------------------------------------------------------------------------


def stream(*, exchange_id: UUID, by: Actor) -> Iterator[Event]:
    """The answer as it comes. Closing it stops the model; what was written until then is kept.

    Ends with Finished or Failed; whichever it is, the exchange is stored. One that has ended is not answered again
    (`again` opens it anew).
    """
    exchange = queries.exchange(by, exchange_id)
    if exchange.status != ExchangeStatus.ANSWERING:
        yield Finished(exchange)
        return
    writer = _Writer(by, exchange)
    try:
        yield from writer.answer()
    except GeneratorExit:
        writer.stop()
        raise
    except (OperationalError, InterfaceError):
        yield Failed(writer.fail(_said(exchange, wording.interrupted)))
    except UserError as error:
        yield Failed(writer.fail(str(error)))
    else:
        yield Finished(exchange) if _store(exchange) else Failed(_said(exchange, wording.interrupted))


def _said(exchange: Exchange, words: Any, **values: Any) -> str:
    with wording.spoken(exchange.language):
        return str(words(**values))


class _Writer:
    """One answer in the making; whatever it has produced stands in `exchange` at any moment."""

    def __init__(self, by: Actor, exchange: Exchange) -> None:
        self.by = by
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
            raise EvidenceGone(_said(self.exchange, wording.deleted))
        with contextlib.suppress(NoModel):
            yield from self._phrase(ranked)
        yield from self._quote(ranked)
        self._finish(ExchangeStatus.ANSWERED)

    def stop(self) -> None:
        self._finish(ExchangeStatus.STOPPED)
        _store(self.exchange)

    def fail(self, message: str) -> str:
        self.exchange.error = message
        self._finish(ExchangeStatus.FAILED)
        _store(self.exchange)
        return message

    def _finish(self, status: ExchangeStatus) -> None:
        exchange = self.exchange
        exchange.status = status
        exchange.timings["total_ms"] = round(exchange.timings.get("evidence_ms", 0) + _since(self.started), 1)
        if not exchange.abstained:
            unread = self.draft.text[self.draft.done :].strip() if status != ExchangeStatus.ANSWERED else ""
            exchange.answer = " ".join([*(s["text"] for s in exchange.sentences), unread]).strip()

    def _abstain(self) -> Iterator[Event]:
        self.exchange.answer = _said(self.exchange, wording.abstention, nearest=bool(self.exchange.evidence))
        self._finish(ExchangeStatus.ANSWERED)
        yield Piece(self.exchange.answer)

    def _ranked(self) -> list[Sentence]:
        shown = {item["passage"]: item["cosine"] for item in self.exchange.evidence}
        sources = queries.sources(self.by, shown, _sentence_vectors(list(shown)))
        question = self.exchange.searched or self.exchange.question
        return weigh(question, _vector(self.by, question, sources), sources, language=self.exchange.language)

    # The model's words

    def _phrase(self, ranked: list[Sentence]) -> Iterator[Event]:
        built = prompt.build(self.exchange.searched or self.exchange.question, ranked, language=self.exchange.language)
        self.exchange.left_out = self._left_out(built)
        turns = [Turn("system", built.instruction), Turn("user", built.text)]
        with gateway.chat(
            turns, caller=_caller(self.by, "answer"), data_class=self._class(), options=Options(max_tokens=MAX_TOKENS)
        ) as reply:
            for piece in reply:
                self.exchange.timings.setdefault("first_token_ms", self._elapsed())
                yield Piece(piece)
                yield from self._checked(self.draft.add(piece), built.sent)
            yield from self._checked(self.draft.rest(), built.sent)
        if reply.reply:
            self._record(reply.reply)
        self._withhold()

    def _class(self) -> DataClass:
        return DataClass(self.exchange.conversation.data_class)

    def _elapsed(self) -> float:
        return round(float(self.exchange.timings.get("evidence_ms", 0)) + _since(self.started), 1)

    def _record(self, reply: Reply) -> None:
        self.exchange.model, self.exchange.provider = reply.model, reply.provider
        self.exchange.ledger_id = reply.ledger_id

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
            reason = _said(self.exchange, wording.reason, verdict=verdict)
            yield self._add(text, verdict.supported, verdict.cited, reason)

    def _similarities(self, text: str, evidence: Sequence[Sentence]) -> NDArray[np.float32] | None:
        """Cosines of a sentence of the answer with those of the evidence; none where embeddings are not to be had."""
        missing = [s.text for s in evidence if s.vector is None]
        try:
            made = gateway.embed(
                [text, *missing], kind="passage", caller=_caller(self.by, "check"), data_class=self._class()
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


def _store(exchange: Exchange) -> bool:
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


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
