"""How an invitation by e-mail goes its way."""

from datetime import timedelta
from enum import StrEnum


class LetterState(StrEnum):
    WAITING = "waiting"
    # the mail server has it in hand, or a worker died while it had
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


ON_ITS_WAY = frozenset({LetterState.WAITING, LetterState.SENDING})
# a server that is busy or out of reach is asked again so often
TRIES = 5


def wait_before(tries: int) -> timedelta:
    """Half a minute, two, eight, half an hour: a busy server is asked ever less often."""
    return timedelta(seconds=30 * 4 ** max(tries - 1, 0))
