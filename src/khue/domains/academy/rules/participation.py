"""Who is behind, and why.

Somebody is behind when something of a session that is over is missing: they were not there and not excused; the page
was not read to its end; the quiz was not handed in, or not passed; the lab was not handed in, was sent back, or fell
short; the survey has no reply. Whoever has never signed in although the cohort has begun is behind for that reason,
and what is done after signing in is not listed beside it. What waits for a trainer (an essay, a lab to be graded) is
nobody's delay.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from khue.domains.academy.rules.attendance import THERE, Presence
from khue.domains.academy.rules.rooms import Progress, StepState


class Reason(StrEnum):
    NOT_JOINED = "not-joined"
    MISSED = "missed"
    UNREAD = "unread"
    QUIZ_MISSING = "quiz-missing"
    QUIZ_FAILED = "quiz-failed"
    LAB_MISSING = "lab-missing"
    LAB_FAILED = "lab-failed"
    SURVEY_MISSING = "survey-missing"
    SPRINT_MISSING = "sprint-missing"


# kind of a step → reason when it is not done, and when it is done but not passed
REASONS = {
    "topic": (Reason.UNREAD, None),
    "quiz": (Reason.QUIZ_MISSING, Reason.QUIZ_FAILED),
    "lab": (Reason.LAB_MISSING, Reason.LAB_FAILED),
    "survey": (Reason.SURVEY_MISSING, None),
    "sprint": (Reason.SPRINT_MISSING, None),
}


@dataclass(frozen=True)
class Behind:
    """`thing`: the session or the step; None of somebody who has not joined."""

    reason: Reason
    thing: Any = None


def behind(
    *,
    is_joined: bool,
    has_begun: bool,
    over: Iterable[tuple[Any, str | None]],
    due: Iterable[tuple[str, Any, Progress]],
) -> tuple[Behind, ...]:
    """`over`: sessions that are over, with what was noted. `due`: kind, step and progress of what belonged to them."""
    missed = [Behind(Reason.MISSED, session) for session, presence in over if is_missed(presence)]
    if not is_joined:
        return (*([Behind(Reason.NOT_JOINED)] if has_begun else []), *missed)
    return (*missed, *_missing(due))


def is_missed(presence: str | None) -> bool:
    return presence not in THERE and presence != Presence.EXCUSED


def _missing(due: Iterable[tuple[str, Any, Progress]]) -> Iterator[Behind]:
    for kind, step, progress in due:
        missing, failed = REASONS[kind]
        if progress.state == StepState.DONE:
            if failed and progress.is_passed is False:
                yield Behind(failed, step)
        elif failed and progress.is_passed is False:
            # graded and sent back
            yield Behind(failed, step)
        else:
            yield Behind(missing, step)
