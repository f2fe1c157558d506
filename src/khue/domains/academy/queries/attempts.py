"""An attempt as its person may see it: the questions while it runs, what came of them when that is due."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from khue.domains.academy.models import Answer, Attempt, Quiz, Shows, Sitting
from khue.domains.academy.quizzing import draws, scoring, showing, telling
from khue.domains.academy.quizzing.items import Number
from khue.domains.academy.quizzing.numerals import NotANumber, Quantity, quantity
from khue.domains.academy.quizzing.showing import Shown
from khue.domains.academy.quizzing.words import said
from khue.domains.people.api import Actor
from khue.kernel import clock


@dataclass(frozen=True)
class Question:
    position: int
    shown: Shown
    heard: "Heard | None"


@dataclass(frozen=True)
class Heard:
    """How a typed number was read: `quantity`, or why it was not ("number", "unit")."""

    quantity: Quantity | None
    problem: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of one answer. `solution` and the comment for everyone only when the answers are due."""

    position: int
    prompt: str
    answered: list[str]
    share: float | None
    points: float
    most_points: float
    comments: list[str]
    solution: list[str]
    note: str


def mine(actor: Actor, sitting: Sitting) -> QuerySet[Attempt]:
    return Attempt.objects.of(actor).filter(sitting=sitting).select_related("sitting__quiz").order_by("number")


def one(actor: Actor, attempt_id: UUID) -> Attempt:
    """Raises Attempt.DoesNotExist for somebody else's."""
    return (
        Attempt.objects.of(actor).select_related("sitting__quiz__activity__topic", "sitting__cohort").get(pk=attempt_id)
    )


def questions(attempt: Attempt, language: str) -> list[Question]:
    return [_question(answer, attempt, language) for answer in attempt.answers.select_related("item")]


def _question(answer: Answer, attempt: Attempt, language: str) -> Question:
    item = answer.item.item
    shown = showing.shown(item, seed=attempt.seed, answer=answer.given, language=language)
    return Question(answer.position, shown, heard(answer))


def heard(answer: Answer) -> Heard | None:
    body = answer.item.item.body
    if not isinstance(body, Number) or not answer.given:
        return None
    try:
        return Heard(quantity(str(answer.given), answer.language, body.units))
    except NotANumber as problem:
        return Heard(None, problem.reason)


def are_answers_due(attempt: Attempt) -> bool:
    """A right answer shown too early is one that the next attempt, or the next person, no longer has to find."""
    quiz, closes = attempt.sitting.quiz, attempt.sitting.closes_at
    if attempt.finished_at is None or quiz.shows == Shows.NEVER:
        return False
    if quiz.shows == Shows.ATTEMPT or (closes and clock.now() >= closes):
        return True
    is_last = bool(quiz.attempts) and attempt.number >= quiz.attempts
    return is_last or (attempt.share >= scoring.FULL and not attempt.waiting)


def outcomes(attempt: Attempt, language: str) -> list[Outcome]:
    """Of a finished attempt."""
    due = are_answers_due(attempt)
    answers = attempt.answers.select_related("item")
    return [_outcome(answer, language, due=due) for answer in answers] if attempt.finished_at else []


def _outcome(answer: Answer, language: str, *, due: bool) -> Outcome:
    item = answer.item.item
    mark = scoring.mark(item, answer.given, language=answer.language)
    comments = [words for words in mark.feedback if due or words is not item.feedback]
    return Outcome(
        position=answer.position,
        prompt=said(item.prompt, language),
        answered=telling.answered(item, answer.given, language),
        share=answer.share,
        points=(answer.share or 0) * item.points,
        most_points=item.points,
        comments=[said(words, language) for words in comments],
        solution=telling.solution(item, language) if due and not is_full(answer.share) else [],
        note=answer.note,
    )


def is_full(share: float | None) -> bool:
    return share is not None and share >= scoring.FULL


def best(attempts: "list[Attempt]") -> Attempt | None:
    return max((a for a in attempts if a.finished_at), key=lambda a: a.share, default=None)


def waiting(sitting: Sitting) -> Any:
    """Essays that nobody has marked yet, the oldest first; without the names of who wrote them."""
    return (
        Answer.objects.filter(attempt__sitting=sitting, attempt__finished_at__isnull=False, share=None)
        .select_related("item")
        .order_by("attempt__finished_at", "position")
    )


def question_count(quiz: Quiz) -> int:
    """How many questions an attempt has."""
    tags = {item.key: frozenset(item.content.get("tags", ())) for item in quiz.bank.items.filter(is_current=True)}
    return len(draws.drawn(quiz.draws, tags, seed="count"))
