"""A piece of a text that is, or is said to be, personal data."""

from typing import NamedTuple


class Span(NamedTuple):
    start: int
    end: int
    type: str
