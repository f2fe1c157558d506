"""The answer as it grows: pieces of text become sentences as soon as they are whole."""

from collections.abc import Callable
from dataclasses import dataclass, field

Spans = Callable[[str], list[tuple[int, int]]]


@dataclass
class Draft:
    """`spans` splits a text into sentences; a sentence is whole when another has begun after it."""

    spans: Spans
    text: str = ""
    done: int = field(default=0, init=False)

    def add(self, piece: str) -> list[str]:
        """The sentences that this piece completed."""
        self.text += piece
        return self._take(self.spans(self.text[self.done :])[:-1])

    def rest(self) -> list[str]:
        """What is left at the end; the last sentence may be broken off."""
        return self._take(self.spans(self.text[self.done :]))

    def _take(self, whole: list[tuple[int, int]]) -> list[str]:
        base = self.done
        if whole:
            self.done = base + whole[-1][1]
        return [self.text[base + start : base + end] for start, end in whole]
