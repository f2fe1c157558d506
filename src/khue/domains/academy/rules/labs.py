"""States of what is handed in for a lab, and who may hand in when."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class SubmissionState(StrEnum):
    DRAFT = "draft"
    # waits for grades
    HANDED_IN = "handed-in"
    # two graders are too far apart: they agree, or a third decides
    DISPUTED = "disputed"
    GRADED = "graded"
    # graded, and asked for once more
    RETURNED = "returned"
    # a newer one came before anybody had begun to grade it
    SUPERSEDED = "superseded"


WAITING = frozenset({SubmissionState.HANDED_IN, SubmissionState.DISPUTED})
SETTLED = frozenset({SubmissionState.GRADED, SubmissionState.RETURNED})


def can_hand_in_again(state: SubmissionState, *, is_passed: bool, number: int, most: int) -> bool:
    """After the `number`-th of `most`: what waits may be replaced, what fell short or was sent back done once more."""
    if state == SubmissionState.HANDED_IN:
        return True
    return number < most and (state == SubmissionState.RETURNED or (state == SubmissionState.GRADED and not is_passed))


# what anybody can bring along, whatever they made it with
BROUGHT = ("file", "link")


def accepted_kinds(named: Sequence[str], of_tool: Sequence[str], known: Collection[str]) -> list[str]:
    """The kinds of evidence that a lab takes: those it names as far as they are known here, else what its tool makes,
    else a file or a link."""
    wanted = [kind for kind in named or of_tool if kind in known or kind in BROUGHT]
    return list(wanted or BROUGHT)
