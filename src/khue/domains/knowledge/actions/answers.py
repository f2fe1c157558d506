"""Answering a question: evidence at once, then the model's words, each sentence checked, all of it stored."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max
from django.utils import timezone

from khue.domains.knowledge.actions import classes, wording
from khue.domains.knowledge.actions.evidence import Evidence, Within, evidence
from khue.domains.knowledge.actions.writing import (
    Brake,
    Event,
    Failed,
    Finished,
    Piece,
    SentenceChecked,
    Stopped,
    Waiting,
    Writer,
    said_in,
    since,
    store,
)
from khue.domains.knowledge.answering import followup
from khue.domains.knowledge.models import Collection, Conversation, Exchange
from khue.domains.knowledge.models.conversation import ExchangeStatus
from khue.domains.knowledge.queries import answers as queries
from khue.domains.knowledge.reading import language as languages
from khue.domains.people.api import Actor
from khue.gateway.api import DataClass
from khue.kernel.errors import UserError

__all__ = [
    "Brake",
    "Failed",
    "Finished",
    "For",
    "Piece",
    "SentenceChecked",
    "Waiting",
    "again",
    "begin",
    "drop",
    "evidence",
    "stream",
]

STALE = timedelta(minutes=5)


# The question --------------------------------------------------------------------------------


@dataclass(frozen=True)
class For:
    """For which tool a new conversation is begun. `voice` is added to the instruction; `documents`: these only;
    `before`: the question as it was searched for that this one may lean on."""

    tool: str = "ask"
    voice: str = ""
    documents: tuple[UUID, ...] = ()
    before: str = ""


OWN = For()


def begin(
    *,
    by: Actor,
    question: str,
    conversation_id: UUID | None = None,
    collections: Sequence[UUID] | None = None,
    for_: For = OWN,
) -> Exchange:
    """Stores the question with its evidence. A new conversation is limited to `collections` (none: all that the person
    may read). Raises Conversation.DoesNotExist for somebody else's, StateSecret for a text with a secrecy marking."""
    started = time.perf_counter()
    question = question.strip()
    asked = classes.of_question(question)
    conversation, before = _conversation(by, question, conversation_id, collections, for_)
    language = languages.detect(question)
    data_class = _own(asked, conversation)
    look = partial(evidence, by, language=language, within=_within(conversation), data_class=data_class)
    searched = followup.completed(question, queries.searched_before(before) or for_.before, language=language)
    found = look(searched)
    if searched != question and not found.enough:
        # perhaps it did not lean on what went before after all
        alone = look(question)
        found = alone if alone.enough else found
    exchange = Exchange(
        conversation=conversation,
        question=question,
        searched="" if found.question == question else found.question,
        language=language,
        evidence=found.shown(),
        abstained=not found.enough,
        timings={"evidence_ms": since(started)},
        zone=found.zone,
    )
    _append(exchange, asked, found)
    return exchange


def drop(*, by: Actor, conversation_id: UUID) -> None:
    """With all its questions; for one that was asked in passing."""
    Conversation.objects.filter(pk=conversation_id, owner_id=by.person_id).delete()


def again(*, by: Actor, exchange_id: UUID) -> Exchange:
    """Forgets the answer and looks for evidence anew; `stream` then answers."""
    started = time.perf_counter()
    exchange = queries.exchange(by, exchange_id)
    question, asked = exchange.searched or exchange.question, classes.of_question(exchange.question)
    found = evidence(
        by,
        question,
        language=exchange.language,
        within=_within(exchange.conversation),
        data_class=_own(asked, exchange.conversation),
    )
    for name in ("answer", "error", "model", "provider", "rating_reason", "not_sent"):
        setattr(exchange, name, "")
    exchange.sentences, exchange.left_out, exchange.ledger_id, exchange.rating = [], [], None, None
    exchange.zone, exchange.hidden = found.zone, {}
    exchange.evidence, exchange.abstained = found.shown(), not found.enough
    exchange.timings = {"evidence_ms": since(started)}
    exchange.status = ExchangeStatus.ANSWERING
    _taint(exchange, asked, found)
    return exchange


def _own(asked: classes.Look, conversation: Conversation) -> DataClass:
    """A follow-up may lean on all that was said before."""
    return max(asked.data_class, DataClass(conversation.data_class))


def _conversation(
    by: Actor, question: str, conversation_id: UUID | None, collections: Sequence[UUID] | None, for_: For
) -> tuple[Conversation, list[Exchange]]:
    if conversation_id:
        conversation = Conversation.objects.get(pk=conversation_id, owner_id=by.person_id)
        _give_up_on_stale(conversation)
        return conversation, list(conversation.exchanges.order_by("position"))
    conversation = Conversation.objects.create(
        owner_id=by.person_id,
        organisation_id=by.organisation_id,
        title=question[:300],
        tool=for_.tool,
        voice=for_.voice,
        documents=[str(document) for document in for_.documents],
    )
    conversation.collections.set(Collection.objects.visible_to(by).filter(pk__in=collections or []))
    return conversation, []


def _within(conversation: Conversation) -> Within:
    documents = tuple(UUID(document) for document in conversation.documents)
    return Within(tuple(conversation.collections.values_list("pk", flat=True)) or None, documents or None)


def _give_up_on_stale(conversation: Conversation) -> None:
    """An answer that nobody is writing any more (its process was killed) is said to have failed."""
    stale = conversation.exchanges.filter(status=ExchangeStatus.ANSWERING, updated_at__lt=timezone.now() - STALE)
    stale.update(status=ExchangeStatus.FAILED, error=wording.lost())


@transaction.atomic
def _append(exchange: Exchange, asked: classes.Look, found: Evidence) -> None:
    conversation = Conversation.objects.select_for_update().get(pk=exchange.conversation_id)
    last = conversation.exchanges.aggregate(last=Max("position"))["last"]
    exchange.position = 0 if last is None else last + 1
    _taint(exchange, asked, found)


@transaction.atomic
def _taint(exchange: Exchange, asked: classes.Look, found: Evidence) -> None:
    """Question and conversation get the highest class of all that takes part; within a conversation it never falls."""
    conversation = Conversation.objects.select_for_update().get(pk=exchange.conversation_id)
    exchange.data_class, exchange.class_reasons = classes.of_exchange(asked, conversation.data_class, found.parts())
    exchange.save()
    conversation.data_class = exchange.data_class
    conversation.save(update_fields=["data_class", "updated_at"])
    exchange.conversation = conversation


# The answer ------------------------------------------------------------------------------------


def stream(*, exchange_id: UUID, by: Actor, brake: Brake | None = None) -> Iterator[Event]:
    """The answer as it comes. Closing it, or pulling the brake, stops the model; what was written until then is kept.

    Ends with Finished or Failed; whichever it is, the exchange is stored. One that has ended is not answered again
    (`again` opens it anew).
    """
    exchange = queries.exchange(by, exchange_id)
    if exchange.status != ExchangeStatus.ANSWERING:
        yield Finished(exchange)
        return
    writer = Writer(by, exchange, brake or Brake())
    try:
        yield from writer.answer()
    except GeneratorExit:
        writer.stop()
        raise
    except Stopped:
        writer.stop()
        yield Finished(exchange)
    except (OperationalError, InterfaceError):
        yield Failed(writer.fail(said_in(exchange, wording.interrupted)))
    except UserError as error:
        yield Failed(writer.fail(str(error)))
    else:
        yield Finished(exchange) if store(exchange) else Failed(said_in(exchange, wording.interrupted))
