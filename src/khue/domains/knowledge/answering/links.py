"""Addresses in an answer. One is followed only where it stands in the passages cited: whatever a document tells the
model to write, no address can be made up that carries something away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’«»()\[\]{}|\\^`]+", re.IGNORECASE)
# what ends the sentence, not the address
_AFTER = ".,;:!?…*_~"


def split(text: str, citations: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is an address that stands, whole, in a quoted passage."""
    known = {address for citation in citations for address, _, _ in _addresses(citation["quote"])}
    at = 0
    for address, start, end in _addresses(text):
        if address in known:
            yield text[at:start], False
            yield address, True
            at = end
    yield text[at:], False


def _addresses(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_AFTER)
        yield address, match.start(), match.start() + len(address)
