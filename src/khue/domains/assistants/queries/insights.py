"""How a published assistant is doing: what it could not answer, what was not liked, what has changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from khue.domains.assistants.models import Assistant, Channel, Message, Outcome, Run, RunState
from khue.domains.assistants.queries import knowledge
from khue.domains.people.api import Actor

DAYS = 30
# a source that nobody has touched for so long is looked at again
OLD = timedelta(days=365)


@dataclass(frozen=True)
class Group:
    """Questions without an answer that mean the same; `example` is the latest."""

    id: UUID
    example: str
    count: int
    language: str
    last_at: datetime
    message_id: UUID


@dataclass(frozen=True)
class Language:
    language: str
    questions: int
    answered: float
    rating: float | None


@dataclass(frozen=True)
class Week:
    """`model_seconds` is what answering cost: the time that the model worked."""

    begins: datetime
    questions: int
    answered: float
    liked: int
    disliked: int


@dataclass(frozen=True)
class Stale:
    title: str
    why: str
    changed_at: datetime


def asked(assistant: Assistant) -> QuerySet[Message]:
    """By visitors, not by builders who try."""
    found = Message.objects.filter(visit__assistant=assistant).exclude(visit__channel=Channel.PREVIEW)
    return found.exclude(outcome=Outcome.COURTESY)


def unanswered(assistant: Assistant, *, most: int = 20) -> list[Group]:
    """The most frequent first."""
    groups: dict[UUID, list[Message]] = defaultdict(list)
    for message in asked(assistant).filter(outcome=Outcome.ABSTAINED).order_by("-created_at")[:1000]:
        groups[message.group or message.pk].append(message)
    made = [
        Group(pk, found[0].question, len(found), found[0].language, found[0].created_at, found[0].pk)
        for pk, found in groups.items()
    ]
    return sorted(made, key=lambda group: -group.count)[:most]


def disliked(assistant: Assistant, *, most: int = 20) -> Sequence[Message]:
    return list(asked(assistant).filter(rating=-1).order_by("-updated_at")[:most])


ANSWERED = Q(outcome__in=[Outcome.ANSWERED, Outcome.ASKED_BACK, Outcome.PERSON])


def languages(assistant: Assistant) -> list[Language]:
    counted = asked(assistant).values("language").annotate(
        all=Count("pk"), done=Count("pk", filter=ANSWERED), rating=Avg("rating")
    )  # fmt: skip
    return [
        Language(row["language"], row["all"], row["done"] / row["all"], row["rating"])
        for row in counted.order_by("-all")
    ]


def weeks(assistant: Assistant, *, most: int = 8) -> list[Week]:
    """Drift: the latest first."""
    counted = (
        asked(assistant)
        .annotate(week=TruncWeek("created_at"))
        .values("week")
        .annotate(
            all=Count("pk"),
            done=Count("pk", filter=ANSWERED),
            liked=Count("pk", filter=Q(rating=1)),
            disliked=Count("pk", filter=Q(rating=-1)),
        )
        .order_by("-week")[:most]
    )
    return [Week(row["week"], row["all"], row["done"] / row["all"], row["liked"], row["disliked"]) for row in counted]


@dataclass(frozen=True)
class Cost:
    """Of the last 30 days: questions, those that a model worded, and how long models worked."""

    questions: int
    worded: int
    model_seconds: float


def cost(assistant: Assistant) -> Cost:
    recent = asked(assistant).filter(created_at__gte=timezone.now() - timedelta(days=DAYS))
    answers: list[dict[str, Any]] = list(recent.values_list("answer", flat=True))
    worded = [one for one in answers if one.get("model")]
    took = sum(float(one["timings"].get("total_ms") or 0) for one in worded) / 1000
    return Cost(len(answers), len(worded), round(took, 1))


def stale(assistant: Assistant, reader: Actor) -> list[Stale]:
    """Sources that changed since the last test, and those that nobody has touched for a year."""
    shape = assistant.published.shape if assistant.published else assistant.definition
    run = Run.objects.filter(version__assistant=assistant, state=RunState.DONE).order_by("-created_at").first()
    found: list[Stale] = [Stale(name, "gone", timezone.now()) for name in knowledge.lacking(shape, reader)]
    for document in knowledge.recent(shape, reader):
        if run and document.changed_at > run.created_at:
            found.append(Stale(document.title, "changed", document.changed_at))
    found += [
        Stale(document.title, "old", document.changed_at)
        for document in knowledge.oldest(shape, reader)
        if document.changed_at < timezone.now() - OLD
    ]
    return found[:30]
