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

DAYS = 30
# questions of each span, below which a share says nothing; a fall of the share that is worth a word
ENOUGH, FALL = 20, 0.1


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
    begins: datetime
    questions: int
    answered: float
    liked: int
    disliked: int


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
    """The latest first."""
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
class Drift:
    """Shares of questions that were answered: of the last two weeks, and of the six before."""

    now: float
    before: float

    @property
    def is_down(self) -> bool:
        return self.now < self.before - FALL


def drift(assistant: Assistant) -> Drift | None:
    """None while there are too few questions to compare."""
    since = timezone.now() - timedelta(weeks=2)
    recent = Q(created_at__gte=since)
    counted = asked(assistant).filter(created_at__gte=since - timedelta(weeks=6)).aggregate(
        now=Count("pk", filter=recent), well_now=Count("pk", filter=recent & ANSWERED),
        before=Count("pk", filter=~recent), well_before=Count("pk", filter=~recent & ANSWERED),
    )  # fmt: skip
    if min(counted["now"], counted["before"]) < ENOUGH:
        return None
    return Drift(counted["well_now"] / counted["now"], counted["well_before"] / counted["before"])


@dataclass(frozen=True)
class Cost:
    """Of the last 30 days: questions, those that a model worded, how long models worked, the tokens that it took."""

    questions: int
    worded: int
    model_seconds: float
    tokens: int


def cost(assistant: Assistant) -> Cost:
    recent = asked(assistant).filter(created_at__gte=timezone.now() - timedelta(days=DAYS))
    answers: list[dict[str, Any]] = list(recent.values_list("answer", flat=True))
    worded = [one for one in answers if one.get("model")]
    took = sum(float(one["timings"].get("total_ms") or 0) for one in worded) / 1000
    tokens = sum(sum(one.get("used", {}).values()) for one in worded)
    return Cost(len(answers), len(worded), round(took, 1), tokens)


def worse(assistants: Sequence[Assistant]) -> set[UUID]:
    """Those whose latest finished test went worse than the one before."""
    done = Run.objects.filter(version__assistant__in=assistants, state=RunState.DONE)
    latest = done.order_by("version__assistant_id", "-created_at").distinct("version__assistant_id")
    return {run.version.assistant_id for run in latest.select_related("version") if run.worse}
