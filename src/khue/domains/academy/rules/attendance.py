"""Codes that change with time, and when somebody counts as having come.

The code of a session at a place is an HMAC (RFC 2104) of the window of time that it is shown in, cut to characters that
can be read aloud (as RFC 4226 cuts to digits): it cannot be foretold, and one passed on to an absent friend is stale
within a minute.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from enum import StrEnum

# a code is shown for so long …
WINDOW = timedelta(seconds=20)
# … and taken for so many windows more: the time to scan, to type, and to find the network
GRACE = 2
# a scan before this is held until then
OPENS = timedelta(minutes=30)
# and after the end so long still counts: the room empties slowly
CLOSES = timedelta(minutes=15)
# held on a device without a signed-in person: the time to sign in on the way
HELD = timedelta(minutes=15)
# a sign of life online comes every minute; two that are further apart are not joined
GAP = timedelta(seconds=150)
# no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 6


class Presence(StrEnum):
    HELD = "held"
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


class Way(StrEnum):
    """How somebody was noted."""

    QR = "qr"
    CODE = "code"
    ONLINE = "online"
    # entered by the person at the desk
    DESK = "desk"
    SHEET = "sheet"
    CORRECTION = "correction"


# counts as having been there
THERE = frozenset({Presence.PRESENT, Presence.LATE})


def code(secret: bytes, at: datetime) -> str:
    """The code shown at this moment: six characters of ALPHABET."""
    return _code(secret, window(at))


def window(at: datetime) -> int:
    return int(at.timestamp() // WINDOW.total_seconds())


def changes_in(at: datetime) -> float:
    """Seconds until the next code."""
    return WINDOW.total_seconds() - at.timestamp() % WINDOW.total_seconds()


def is_good(secret: bytes, given: str, at: datetime) -> bool:
    """Shown now or up to GRACE windows ago. Server's clock only: a telephone's clock does not matter."""
    typed = normalised(given)
    now = window(at)
    return any(hmac.compare_digest(typed, _code(secret, now - back)) for back in range(GRACE + 1))


def normalised(given: str) -> str:
    """As somebody types it: small letters, spaces, hyphens."""
    return "".join(char for char in given.upper() if char.isalnum())[:20].encode("ascii", "ignore").decode()


def presence_at(starts_at: datetime, ends_at: datetime, at: datetime, *, late_after: timedelta) -> Presence | None:
    """What a check-in at this moment means; None: the session is over."""
    if at > ends_at + CLOSES:
        return None
    if at < starts_at - OPENS:
        return Presence.HELD
    return Presence.LATE if at > starts_at + late_after else Presence.PRESENT


def is_enough_online(minutes: float, starts_at: datetime, ends_at: datetime, *, share: float = 0.5) -> bool:
    """Online somebody counts as present after this share of the session."""
    return minutes * 60 >= share * (ends_at - starts_at).total_seconds()


def _code(secret: bytes, number: int) -> str:
    digest = hmac.new(secret, number.to_bytes(8, "big"), hashlib.sha256).digest()
    value = int.from_bytes(digest[:16], "big")
    letters = []
    for _place in range(LENGTH):
        value, rest = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
