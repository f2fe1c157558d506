"""What came of a survey: counts, texts, and the change from before to after."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.db.models import QuerySet

from khue.domains.academy.models import Activity, ActivityKind, Cohort, Enrolment, SurveyDone, SurveyReply
from khue.domains.academy.quizzing.effects import Change, change
from khue.domains.academy.rules.surveys import may_show
from khue.domains.people.api import Actor


@dataclass(frozen=True)
class Bar:
    """How many chose this; `share` of those who replied to the question."""

    label: dict[str, str]
    number: str
    count: int
    share: float


@dataclass(frozen=True)
class Figures:
    """Of one question. Empty parts below the fewest replies that may be shown."""

    key: str
    kind: str
    text: dict[str, str]
    replies: int
    bars: tuple[Bar, ...] = ()
    mean: float | None = None
    texts: tuple[str, ...] = ()
    low: dict[str, str] | None = None
    high: dict[str, str] | None = None


@dataclass(frozen=True)
class Compared:
    """One scale question before and after, in the same people; `change` None below the fewest pairs."""

    key: str
    text: dict[str, str]
    steps: int
    change: Change | None


@dataclass(frozen=True)
class Comparison:
    """`whole`: the mean of all scales that both surveys have. `before`, `after`: replies, `pairs`: found together."""

    before: int
    after: int
    pairs: int
    rows: tuple[Compared, ...]
    whole: Change | None


def has_replied(actor: Actor, activity: Activity, cohort: Cohort | None) -> bool:
    return SurveyDone.objects.filter(activity=activity, cohort=cohort, person_id=actor.person_id).exists()


def replies(activity: Activity, cohort: Cohort | None) -> list[SurveyReply]:
    return list(SurveyReply.objects.filter(activity=activity, cohort=cohort))


def asked(cohort: Cohort | None) -> int:
    """How many people could reply."""
    return Enrolment.objects.taking_part().filter(cohort=cohort).count() if cohort else 0


def surveys_of(cohort: Cohort) -> QuerySet[Activity]:
    return cohort.version.activities.filter(kind=ActivityKind.SURVEY).order_by("position")


def figures(activity: Activity, found: Sequence[SurveyReply]) -> list[Figures]:
    """Of each question; texts in an order of chance."""
    return [_figures(question, [reply.answers for reply in found]) for question in activity.definition["questions"]]


def _figures(question: dict[str, Any], answers: Sequence[dict[str, Any]]) -> Figures:
    key, kind = question["key"], question["type"]
    given = [answer[key] for answer in answers if key in answer]
    head: dict[str, Any] = {"key": key, "kind": kind, "text": question["text"], "replies": len(given)}
    if not may_show(len(given)):
        return Figures(**head)
    if kind == "open":
        return Figures(**head, texts=tuple(random.SystemRandom().sample(given, len(given))))
    if kind == "scale":
        levels: list[tuple[str, dict[str, str]]] = [
            (str(level), {}) for level in range(1, question.get("steps", 5) + 1)
        ]
        bars = _bars(levels, Counter(str(level) for level in given), len(given))
        return Figures(**head, bars=bars, mean=fmean(given), low=question["low"], high=question["high"])
    chosen = Counter(option for answer in given for option in (answer if isinstance(answer, list) else [answer]))
    options = [(option["key"], option["text"]) for option in question["options"]]
    return Figures(**head, bars=_bars(options, chosen, len(given)))


def _bars(options: Iterable[tuple[str, dict[str, str]]], counts: "Counter[str]", of: int) -> tuple[Bar, ...]:
    return tuple(Bar(text, key, counts[key], counts[key] / of) for key, text in options)


def compared(cohort: Cohort) -> Comparison | None:
    """The survey before with the one after; None when the programme does not have both."""
    found = {activity.definition.get("when"): activity for activity in surveys_of(cohort)}
    if not {"before", "after"} <= found.keys():
        return None
    sets = [replies(found[when], cohort) for when in ("before", "after")]
    pairs = _paired(*sets)
    scales = _common_scales(found["before"], found["after"])
    rows = [
        Compared(scale["key"], scale["text"], scale.get("steps", 5), _change(pairs, [scale["key"]])) for scale in scales
    ]
    whole = _change(pairs, [scale["key"] for scale in scales]) if len(scales) > 1 else None
    return Comparison(len(sets[0]), len(sets[1]), len(pairs), tuple(rows), whole)


def _common_scales(before: Activity, after: Activity) -> list[dict[str, Any]]:
    there = {q["key"]: q for q in before.definition["questions"] if q["type"] == "scale"}
    return [
        question
        for question in after.definition["questions"]
        if question["type"] == "scale"
        and question["key"] in there
        and there[question["key"]].get("steps", 5) == question.get("steps", 5)
    ]


Pair = tuple[dict[str, Any], dict[str, Any]]


def _paired(before: Sequence[SurveyReply], after: Sequence[SurveyReply]) -> list[Pair]:
    """By the person, or by the code that only the person knows; a code that several gave pairs nobody."""

    def by_name(found: Sequence[SurveyReply]) -> dict[str, dict[str, Any]]:
        names = [str(reply.person_id or "") or reply.pair_code for reply in found]
        return {n: reply.answers for n, reply in zip(names, found, strict=True) if n and names.count(n) == 1}

    first, second = by_name(before), by_name(after)
    return [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]


def _change(pairs: Sequence[Pair], keys: Sequence[str]) -> Change | None:
    """Of the mean of these scales, in those who answered all of them both times."""
    whole = [pair for pair in pairs if all(key in side for side in pair for key in keys)]
    if not may_show(len(whole)):
        return None
    before, after = ([fmean(pair[side][key] for key in keys) for pair in whole] for side in (0, 1))
    return change(before, after)
