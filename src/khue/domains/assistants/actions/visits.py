"""Visitors ask. Who they are is not asked, not known and not stored."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import answering, wording
from khue.domains.assistants.actions.answering import Before, Reply
from khue.domains.assistants.models import Assistant, Channel, HandOver, Message, Outcome, State, Version, Visit
from khue.domains.knowledge import api as knowledge
from khue.gateway import api as gateway
from khue.kernel.errors import UserError

MOST_MESSAGES = 60
KEPT_DAYS = 90
FIELDS = ("question", "language", "hidden", "outcome", "searched", "procedure_id", "card", "choices", "documents")


class LongVisit(answering.Refusal):
    def __init__(self) -> None:
        super().__init__(_("This conversation has become very long. Begin a new one; you can take this one along."))


class NotNow(UserError):
    def __init__(self) -> None:
        super().__init__(_("This assistant does not pass questions on to people."))


def published(slug: str) -> Assistant:
    """Raises Assistant.DoesNotExist for one that is not open to the public."""
    return Assistant.objects.select_related("published").get(slug=slug, state=State.PUBLISHED, published__isnull=False)


def ask(
    *,
    assistant: Assistant,
    question: str,
    visit: Visit | None = None,
    version: Version | None = None,
    channel: str = Channel.PAGE,
    procedure_id: UUID | None = None,
) -> Message:
    """Stores the question, with what can be said at once; `stream` gives the rest. Raises answering.Refusal, with
    nothing stored, and Closed."""
    version = version or (visit.version if visit else assistant.published)
    assert version
    if visit and visit.messages.count() >= MOST_MESSAGES:
        raise LongVisit
    reader = answering.reader(assistant.owner_id)
    said = answering.reply(
        version.shape, by=reader, question=question, before=_before(visit), procedure_id=procedure_id
    )
    return _store(said, visit, assistant, version, channel)


def _before(visit: Visit | None) -> Before:
    if visit is None:
        return Before()
    last = list(visit.messages.exclude(outcome=Outcome.COURTESY).order_by("-position")[:10])
    unanswered = 0
    for message in last:
        if message.outcome not in {Outcome.ABSTAINED, Outcome.FAILED}:
            break
        unanswered += 1
    if not last:
        return Before()
    return Before(last[0].searched or last[0].question, last[0].procedure_id, unanswered)


@transaction.atomic
def _store(said: Reply, visit: Visit | None, assistant: Assistant, version: Version, channel: str) -> Message:
    visit = visit or Visit.objects.create(assistant=assistant, version=version, channel=channel, language=said.language)
    Visit.objects.select_for_update().get(pk=visit.pk)
    last = visit.messages.aggregate(last=Max("position"))["last"]
    message = Message(visit=visit, position=0 if last is None else last + 1)
    _put(message, said)
    message.save()
    return message


def _put(message: Message, said: Reply) -> None:
    for name in (*FIELDS, "answer", "offers_person"):
        setattr(message, name, getattr(said, name))


def _reply(message: Message) -> Reply:
    return Reply(**{name: getattr(message, name) for name in (*FIELDS, "answer", "offers_person")})


def stream(*, message: Message, brake: knowledge.Brake | None = None) -> Generator[answering.Event, None, None]:
    """The words as they come; afterwards `message` holds all of it and is stored. Closing it stops the model."""
    if message.outcome != Outcome.ANSWERING:
        return
    said = _reply(message)
    try:
        reader = answering.reader(message.visit.assistant.owner_id)
        yield from answering.words(said, message.visit.version.shape, by=reader, brake=brake)
        if said.outcome == Outcome.ANSWERING:
            said.outcome = Outcome.STOPPED
    except GeneratorExit:
        said.outcome = Outcome.STOPPED
        raise
    except UserError:
        said.outcome = Outcome.ANSWERED if said.card else Outcome.FAILED
        with wording.spoken(said.language):
            said.answer["answer"] = said.answer["answer"] or wording.interrupted()
    finally:
        if said.outcome == Outcome.ANSWERING:
            said.outcome = Outcome.FAILED
        _put(message, said)
        message.save()


def answered(assistant: Assistant, question: str, *, conversation: UUID | None, channel: str) -> dict[str, Any]:
    """The whole answer, for programs. Raises answering.Refusal, Closed, Visit.DoesNotExist."""
    visit = Visit.objects.get(pk=conversation, assistant=assistant) if conversation else None
    message = ask(assistant=assistant, question=question, visit=visit, channel=channel)
    for _event in stream(message=message):
        pass
    return as_json(message)


def as_json(message: Message) -> dict[str, Any]:
    """What `khue ask` gives, and what only an assistant has."""
    answer = {name: value for name, value in message.answer.items() if name not in {"withheld", "used"}}
    citation = ("document", "title", "page", "quote", "start", "end")
    answer["sentences"] = [
        {
            "text": one["text"],
            "supported": one["supported"],
            "citations": [{name: cited[name] for name in citation} for cited in one["citations"]],
        }
        for one in answer["sentences"]
    ]
    answer["evidence"] = [
        {name: item[name] for name in ("document", "title", "score", "text")} for item in answer["evidence"]
    ]
    return answer | {
        "outcome": message.outcome,
        "card": message.card,
        "choices": message.choices,
        "offers_person": message.offers_person,
        "conversation": str(message.visit_id),
        "message": str(message.pk),
    }


def rate(*, message: Message, rating: int | None, reason: str = "") -> None:
    """+1, -1 or None; the reason without its identifiers."""
    if rating not in {1, -1, None}:
        raise ValueError(rating)
    message.rating = rating
    message.rating_reason = _masked(reason)[:1000] if rating else ""
    message.save(update_fields=["rating", "rating_reason", "updated_at"])


def _masked(text: str) -> str:
    """Raises NotChecked."""
    try:
        return gateway.hidden(text.strip()) if text.strip() else ""
    except gateway.DetectorFailed:
        raise answering.NotChecked from None


def hand_over(*, message: Message, words: str = "") -> HandOver:
    """Puts the question into the queue for people; a second time changes nothing. Raises NotNow."""
    if not message.visit.version.shape.handover.queue:
        raise NotNow
    made, _made = HandOver.objects.get_or_create(message=message, defaults={"words": _masked(words)[:2000]})
    return made


def forget_old(*, days: int) -> int:
    """Conversations are kept so many days after their last question → how many went."""
    before = timezone.now() - timedelta(days=days)
    old = Visit.objects.filter(updated_at__lt=before).exclude(messages__created_at__gte=before)
    count = old.count()
    old.delete()
    return count
