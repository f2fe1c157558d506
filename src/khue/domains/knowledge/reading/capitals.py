"""Short lines all in capitals, as they stood before lines became paragraphs: stamps and markings are such lines, also
in a running head or a text box, which are no part of the text."""

from collections.abc import Iterable

LONGEST, MOST = 40, 400


def capitals(lines: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    stripped = (" ".join(line.split()) for line in lines)
    return tuple(dict.fromkeys(line for line in stripped if 0 < len(line) <= LONGEST and line.isupper()))[:MOST]
