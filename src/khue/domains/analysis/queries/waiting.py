"""How far a question is, as its page says it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import Question, QuestionState

STAGES: dict[str, Promise] = {
    "columns": _("Columns and examples are read"),
    "writing": _("The model writes the statement"),
    "checking": _("It is checked: one statement that only reads"),
    "running": _("It runs"),
}
REPAIRING = _("It is mended after what went wrong")


def questions_of(analysis_id: Any) -> list[Question]:
    """Those without an answer yet, and those that have none; the first asked first."""
    return list(Question.objects.filter(analysis=analysis_id).exclude(state=QuestionState.DONE))


def progress(question: Question) -> list[dict[str, Any]]:
    """Each stage with its state: done, now or later. Mending takes the place of writing."""
    is_mended = question.stage == "repairing"
    names = list(STAGES)
    stage = "writing" if is_mended else question.stage
    at = names.index(stage) if stage in names else -1
    return [
        {
            "label": REPAIRING if is_mended and name == "writing" else label,
            "state": "done" if place < at else "now" if place == at else "later",
        }
        for place, (name, label) in enumerate(STAGES.items())
    ]


def ahead_of(question: Question) -> int:
    """Questions of anybody that wait for a worker before this one."""
    if question.state != QuestionState.WAITING:
        return 0
    return Question.objects.filter(state=QuestionState.WAITING, created_at__lt=question.created_at).count()
