"""JSON that is still being written, read as far as it has come."""

import json
from typing import Any

CLOSES = {"{": "}", "[": "]"}


def read(text: str) -> Any:
    """All values that are finished; None where there is none yet."""
    start = min((at for at in map(text.find, CLOSES) if at >= 0), default=-1)
    if start < 0:
        return None
    given = text[start:]
    try:
        return json.JSONDecoder().raw_decode(given)[0]
    except ValueError:
        pass
    for end, closing in reversed(_cuts(given)):
        try:
            return json.loads(given[:end] + closing)
        except ValueError:
            continue
    return None


def _cuts(text: str) -> list[tuple[int, str]]:
    """Where it may be cut, and what then has to be closed: before a comma, after a bracket."""
    found: list[tuple[int, str]] = []
    open_: list[str] = []
    in_string = escaped = False
    for at, letter in enumerate(text):
        if in_string:
            in_string = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
            continue
        if letter == '"':
            in_string = True
        elif letter in CLOSES:
            open_.append(CLOSES[letter])
        elif letter in CLOSES.values() and open_:
            open_.pop()
            found.append((at + 1, "".join(reversed(open_))))
        elif letter == ",":
            found.append((at, "".join(reversed(open_))))
    return found


def is_whole(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
