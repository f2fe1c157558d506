"""Questions on a worksheet: kept at once, answered by a job, watched and stopped from the page."""

import time
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.analysis.actions import asking
from khue.domains.analysis.models import Analysis, Question, QuestionState
from khue.domains.analysis.models.question import OPEN
from khue.domains.analysis.permissions import check_can_change
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway.api import Place
from khue.kernel import jobs
from khue.kernel.errors import UserError

ANSWER = "analysis.answer"
# how often a page learns something new, and how long a worker may be silent before it is taken for dead
TOLD_EVERY_S = 0.7
SILENT = timedelta(minutes=3)
MOST_OPEN = 5


class TooMany(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("Several of your questions are waiting already. Please wait until one of them is answered, or stop one.")
        )


@transaction.atomic
def ask(*, by: Actor, analysis: Analysis, text: str) -> Question:
    """Raises NotAllowed, TooMany."""
    check_can_change(by, analysis)
    if Question.objects.filter(by_id=by.person_id, state__in=OPEN).count() >= MOST_OPEN:
        raise TooMany
    made = Question.objects.create(
        analysis=analysis, by_id=by.person_id, text=text.strip(), language=get_language() or "vi"
    )
    transaction.on_commit(lambda: jobs.later(ANSWER, question=str(made.pk)))
    return made


@transaction.atomic
def again(*, by: Actor, question: Question) -> Question:
    """Asks it once more; the one of before goes. Raises NotAllowed, TooMany."""
    made = ask(by=by, analysis=question.analysis, text=question.text)
    question.delete()
    return made


def stop(*, by: Actor, question: Question) -> None:
    """At once where it waits, with the model's next word where it is being written. Raises NotAllowed."""
    check_can_change(by, question.analysis)
    Question.objects.filter(pk=question.pk, state__in=OPEN).update(
        state=QuestionState.STOPPED, updated_at=timezone.now()
    )


def put_away(*, by: Actor, question: Question) -> None:
    """One that is over and has no answer. Raises NotAllowed."""
    check_can_change(by, question.analysis)
    Question.objects.filter(pk=question.pk).exclude(state__in=OPEN).delete()


def give_up_silent() -> int:
    """Those whose worker died are said to be so; returns how many."""
    silent = Question.objects.filter(state=QuestionState.WORKING, updated_at__lt=timezone.now() - SILENT)
    return sum(_give_up(one) for one in silent)


def _give_up(one: Question) -> int:
    with translation.override(one.language):
        words = _("The answer was interrupted: the machine or its worker stopped. Your question is kept; ask it again.")
    still = Question.objects.filter(pk=one.pk, state=QuestionState.WORKING, updated_at=one.updated_at)
    return still.update(state=QuestionState.FAILED, error=words)


# The job -----------------------------------------------------------------------------------------


class Stopped(Exception):
    """Somebody said so on the page, or the worksheet is gone."""


class _Watch(asking.Watch):
    """Writes how far it is, and looks whether to go on."""

    def __init__(self, question: Question) -> None:
        self._id, self._told_at = question.pk, 0.0
        self._draft = ""

    def stage(self, stage: str) -> None:
        self._draft = "" if stage in {"writing", "repairing"} else self._draft
        self._tell(stage=stage, place={}, draft=self._draft)

    def place(self, place: Place) -> None:
        self._tell(place=asdict(place))

    def piece(self, text: str) -> None:
        self._draft += text
        if time.monotonic() - self._told_at >= TOLD_EVERY_S:
            self._tell(place={}, draft=self._draft)

    def _tell(self, **facts: Any) -> None:
        self._told_at = time.monotonic()
        going_on = Question.objects.filter(pk=self._id, state=QuestionState.WORKING)
        if not going_on.update(**facts, updated_at=timezone.now()):
            raise Stopped


def work(question_id: UUID) -> None:
    """Nothing for one that is over or gone."""
    if not Question.objects.filter(pk=question_id, state=QuestionState.WAITING).update(state=QuestionState.WORKING):
        return
    question = Question.objects.select_related("analysis").get(pk=question_id)
    with translation.override(question.language):
        try:
            facts = _answered(question)
        except Stopped:
            return
        except asking.NotAnswered as refusal:
            facts = {"error": str(refusal), "missing": list(refusal.missing), "tries": [list(t) for t in refusal.tries]}
        except (UserError, people.NoMembership, ObjectDoesNotExist) as refusal:
            facts = {"error": str(refusal) or _("Your account has no role here any more.")}
    state = QuestionState.FAILED if "error" in facts else QuestionState.DONE
    Question.objects.filter(pk=question_id).update(
        **{"state": state, "stage": "", "place": {}, "updated_at": timezone.now(), **facts}
    )


def _answered(question: Question) -> dict[str, Any]:
    if question.by_id is None:
        return {"error": _("Your account has no role here any more.")}
    by = people.actor_of(question.by_id)
    step = asking.ask(by=by, analysis=question.analysis, question=question.text, watch=_Watch(question))
    return {"step": step}
