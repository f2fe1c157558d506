"""A question to an assistant: what it is, the card at once, then words from the sources. Nothing is stored here."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import wording
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Outcome
from khue.domains.assistants.rules import LONGEST, Manner, manner_of, topic_in
from khue.domains.knowledge import api as knowledge
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.domains.procedures import api as procedures
from khue.gateway import api as gateway
from khue.kernel.errors import UserError

TOOL = "assistant"


class Refusal(UserError):
    """Nothing is stored of what was sent."""


class NoQuestion(Refusal):
    def __init__(self) -> None:
        super().__init__(_("Write a question first."))


class TooLong(Refusal):
    def __init__(self) -> None:
        text = _(
            "That is longer than %(most)s characters. Please put the question in a few sentences; nothing was stored."
        )
        super().__init__(text % {"most": LONGEST})


class NotChecked(Refusal):
    def __init__(self) -> None:
        super().__init__(
            _("Your question could not be checked for personal data, so it was neither stored nor answered. Try again.")
        )


class Marked(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The text bears a marking of secrecy. It does not belong here: nothing was stored."))


class Closed(UserError):
    def __init__(self) -> None:
        super().__init__(_("This assistant is closed at the moment: nobody lends it the right to read its sources."))


@dataclass(frozen=True)
class Before:
    """What a question may lean on: the last one as it was searched for, its procedure, and how many in a row had no
    answer."""

    searched: str = ""
    procedure_id: UUID | None = None
    unanswered: int = 0


@dataclass
class Reply:
    """`answer` is as `khue ask` gives it. While `outcome` is "answering", words are still to come."""

    question: str
    language: str
    hidden: dict[str, int] = field(default_factory=dict)
    outcome: str = Outcome.ANSWERING
    searched: str = ""
    procedure_id: UUID | None = None
    card: dict[str, Any] | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    offers_person: bool = False


def reader(owner_id: UUID | None) -> Actor:
    """Whose reading rights it has. Raises Closed."""
    try:
        return people.actor_of(owner_id) if owner_id else _nobody()
    except (people.NoMembership, ObjectDoesNotExist):
        raise Closed from None


def _nobody() -> Actor:
    raise Closed


def reply(
    definition: Definition, *, by: Actor, question: str, before: Before | None = None, procedure_id: UUID | None = None
) -> Reply:
    """What can be said at once. Raises NoQuestion, TooLong, Marked, NotChecked, all before anything is kept."""
    started = time.perf_counter()
    manner = manner_of(question)
    if manner is Manner.EMPTY:
        raise NoQuestion
    if manner is Manner.TOO_LONG:
        raise TooLong
    said = _hidden(question.strip(), definition)
    with wording.spoken(said.language):
        if not _answered_at_once(said, manner, definition):
            _look(said, definition, by, before or Before(), procedure_id)
        _finish_at_once(said, definition, since(started))
    return said


def _hidden(question: str, definition: Definition) -> Reply:
    """The question with identifiers hidden: only so it is searched for, sent and stored."""
    try:
        seen = gateway.inspect(question)
        hidden = gateway.hidden(question)
    except gateway.DetectorFailed:
        raise NotChecked from None
    if seen.data_class >= gateway.DataClass.SECRET:
        raise Marked
    language = knowledge.detect_language(question, definition.languages[0])
    found = {kind: count for kind, count in seen.found.items() if count} if hidden != question else {}
    return Reply(hidden, language, found or ({"person": 1} if hidden != question else {}), searched=hidden)


def _answered_at_once(said: Reply, manner: Manner, definition: Definition) -> bool:
    """What needs no source: greetings, thanks, insults, wishes for a person, other languages."""
    contact = definition.handover.contact
    if manner is Manner.OTHER_SCRIPT or (manner is Manner.QUESTION and said.language not in definition.languages):
        _say(said, Outcome.COURTESY, _in_all(definition))
    elif manner is Manner.NO_WORDS:
        _say(said, Outcome.COURTESY, wording.no_words())
    elif manner is Manner.GREETING:
        _say(said, Outcome.COURTESY, wording.greeting(definition.opening.said(said.language)))
    elif manner is Manner.THANKS:
        _say(said, Outcome.COURTESY, wording.thanks())
    elif manner is Manner.INSULT:
        _say(said, Outcome.COURTESY, wording.insulted(), offers_person=True)
    elif manner is Manner.PERSON or topic_in(said.question, definition.handover.topics):
        _say(said, Outcome.PERSON, wording.for_a_person(contact), offers_person=True)
    return said.outcome != Outcome.ANSWERING


def _in_all(definition: Definition) -> str:
    lines = []
    for language in definition.languages:
        with wording.spoken(language):
            lines.append(wording.other_language(definition.languages))
    return "\n".join(lines)


def _say(said: Reply, outcome: str, text: str, *, offers_person: bool = False) -> None:
    said.outcome, said.offers_person = outcome, offers_person
    said.answer = blank(said, text)


def blank(said: Reply, text: str = "") -> dict[str, Any]:
    return {
        "answer": text,
        "abstained": said.outcome in {Outcome.ABSTAINED, Outcome.PERSON, Outcome.COURTESY},
        "language": said.language,
        "sentences": [],
        "evidence": [],
        "timings": {"evidence_ms": None, "first_token_ms": None, "total_ms": None},
        "model": "",
    }


# What it knows -----------------------------------------------------------------------------------


def _look(said: Reply, definition: Definition, by: Actor, before: Before, procedure_id: UUID | None) -> None:
    if procedure_id:
        _show_card(said, by, procedure_id)
        said.searched = before.searched or said.question
    elif definition.knowledge.procedures is not None:
        _match(said, definition, by, before)
    if said.card is None and not said.choices:
        said.searched = knowledge.completed(said.question, before.searched, language=said.language)
        if not (definition.knowledge.collections or definition.knowledge.documents):
            said.outcome = Outcome.ABSTAINED
    said.offers_person = before.unanswered + 1 >= definition.handover.after


def _match(said: Reply, definition: Definition, by: Actor, before: Before) -> None:
    found = procedures.match(said.question, actor=by, scope=scope_of(definition))
    if found.decided and found.best:
        _show_card(said, by, found.best[0].procedure_id)
    elif before.procedure_id and leans(said, before):
        _show_card(said, by, before.procedure_id)
    elif found.ask_back:
        said.choices = [
            {"code": one.code, "name": one.name, "label": one.label, "procedure_id": str(one.procedure_id)}
            for one in found.ask_back
        ]


def leans(said: Reply, before: Before) -> bool:
    return knowledge.completed(said.question, before.searched, language=said.language) != said.question


def scope_of(definition: Definition) -> procedures.ProcedureScope:
    wanted = definition.knowledge.procedures
    assert wanted is not None
    return procedures.ProcedureScope(tuple(wanted.fields), tuple(wanted.levels), tuple(wanted.codes))


def _show_card(said: Reply, by: Actor, procedure_id: UUID) -> None:
    try:
        card = procedures.card(procedure_id, question=said.question, language=said.language, actor=by)
    except (LookupError, ObjectDoesNotExist):
        return
    said.card, said.procedure_id, said.documents = card.as_json(), procedure_id, [str(card.document_id)]


def _finish_at_once(said: Reply, definition: Definition, took: float) -> None:
    if said.choices:
        said.outcome, said.answer = Outcome.ASKED_BACK, blank(said, wording.asked_back())
    elif said.outcome == Outcome.ABSTAINED:
        said.answer = blank(said, wording.abstention(definition.handover.contact))
    elif not said.answer:
        said.answer = blank(said, card_text(said.card))
    said.answer["timings"]["card_ms" if said.card or said.choices else "evidence_ms"] = took
    if said.outcome != Outcome.ANSWERING:
        said.answer["timings"]["total_ms"] = took


def card_text(card: dict[str, Any] | None) -> str:
    """What the question asks for, as it stands in the fields."""
    if not card:
        return ""
    asked = [row for row in card["rows"] if row["kind"] in card["asked"]]
    return "\n".join(f"{row['label']}: {row['text']}" for row in asked)


# Words -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unchecked:
    """Words as they come. What could be a figure or a link is left out until it is checked."""

    text: str


Event = knowledge.Waiting | Unchecked | knowledge.SentenceChecked

_VALUE = re.compile(r"\S*(?:\d|://|www\.|@)\S*")


def words(said: Reply, definition: Definition, *, by: Actor, brake: knowledge.Brake | None = None) -> Iterator[Event]:
    """The words around the card, or the answer from the documents; in the end `said` holds it all. What no source backs
    is not shown."""
    started = time.perf_counter()
    for_ = knowledge.For(
        tool=TOOL,
        voice=wording.MANNERS[definition.voice.manner].get(said.language, ""),
        documents=tuple(UUID(document) for document in said.documents) or single_documents(definition, by),
        before="",
    )
    collections = [] if said.documents else collection_ids(definition, by)
    if not collections and not for_.documents:
        _settle(said, definition, None, started)
        return
    question = wording.of_fields(said.card["asked"], said.language) if said.card else ""
    asked = knowledge.begin(by=by, question=question or said.searched, collections=collections, for_=for_)
    try:
        unchecked = ""
        for event in knowledge.stream(exchange_id=asked.id, by=by, brake=brake):
            match event:
                case knowledge.Piece() if not asked.abstained:
                    unchecked += event.text
                    yield Unchecked(_VALUE.sub("…", unchecked))
                case knowledge.SentenceChecked():
                    unchecked = unchecked.partition(event.text)[2]
                    if event.supported:
                        yield event
                case knowledge.Waiting():
                    yield event
                case knowledge.Failed():
                    said.outcome = Outcome.FAILED
        _settle(said, definition, knowledge.answer(by=by, exchange_id=asked.id), started)
    finally:
        knowledge.drop_conversation(by=by, conversation_id=asked.conversation_id)


def collection_ids(definition: Definition, by: Actor) -> list[UUID]:
    """Those that are still there and readable."""
    names = set(definition.knowledge.collections)
    return [one.id for one in knowledge.collections_of(by) if one.name in names] if names else []


def single_documents(definition: Definition, by: Actor) -> tuple[UUID, ...]:
    chosen = definition.knowledge.documents
    if not chosen:
        return ()
    ids = [UUID(one.id) for one in chosen if one.id]
    titles = [one.title for one in chosen if not one.id]
    return tuple(one.id for one in knowledge.find_documents(by, ids=ids, titles=titles, limit=500))


def _settle(said: Reply, definition: Definition, answer: knowledge.Answer | None, started: float) -> None:
    """Puts the answer together: card, backed sentences, or that there is none."""
    backed = [one for one in answer.sentences if one["supported"]] if answer else []
    took = said.answer["timings"]
    earlier = took.get("card_ms") or took.get("evidence_ms") or 0
    if answer and answer.stopped:
        said.outcome = Outcome.STOPPED
    elif answer and said.outcome != Outcome.FAILED:
        said.outcome = Outcome.ANSWERED if said.card or (backed and not answer.abstained) else Outcome.ABSTAINED
    elif said.outcome != Outcome.FAILED:
        said.outcome = Outcome.ANSWERED if said.card else Outcome.ABSTAINED
    with wording.spoken(said.language):
        text = (
            wording.interrupted() if said.outcome == Outcome.FAILED else wording.abstention(definition.handover.contact)
        )
    if said.outcome in {Outcome.ANSWERED, Outcome.STOPPED}:
        text = "\n".join(filter(None, (card_text(said.card), " ".join(one["text"] for one in backed))))
        said.offers_person = False
    else:
        backed = []
    said.answer = blank(said, text) | {"sentences": backed}
    if answer:
        said.answer |= {
            "evidence": answer.evidence,
            "model": answer.model,
            "withheld": sum(not one["supported"] for one in answer.sentences) + int(answer.timings.get("withheld", 0)),
            "used": {kind: int(answer.timings.get(f"{kind}_tokens", 0)) for kind in ("prompt", "completion")},
        }
        first = answer.timings.get("first_token_ms")
        said.answer["timings"] |= {
            "evidence_ms": answer.timings.get("evidence_ms"),
            "first_token_ms": first + earlier if first is not None else None,
        }
    if said.card or "card_ms" in took:
        said.answer["timings"]["card_ms"] = took.get("card_ms")
    said.answer["timings"]["total_ms"] = round(earlier + since(started), 1)


def since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
