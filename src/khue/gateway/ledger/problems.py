"""What can be wrong with a ledger, in numbers and in words."""

from dataclasses import dataclass

WORDS = {
    "changed": "{what} not what was written there",
    "removed": "{what} missing",
    "inserted": "{what} put in later",
    "reordered": "{what} not in the place where it was written",
    "truncated": "{what} missing at the end",
    "subtree": "one of {what} not what it was when the hash over them was stored",
    "checkpoint": "{what} not those that were signed for",
    "signature": "{what}",
}
MOST = 100


@dataclass
class Problem:
    """`kind` is a key of WORDS. `entry` to `last` are the numbers that it is about, None where none can be named."""

    kind: str
    entry: int | None = None
    last: int | None = None
    detail: str = ""

    @property
    def message(self) -> str:
        words = WORDS[self.kind].format(what=self._what()) if self.entry is not None else ""
        return ": ".join(part for part in (words, self.detail) if part)

    def _what(self) -> str:
        if self.last == self.entry or self.last is None:
            return f"entry {self.entry} is"
        return f"the entries {self.entry} to {self.last} {'is' if self.kind == 'subtree' else 'are'}"


class Problems(list[Problem]):
    """Neighbours are one problem; after the hundredth only the count goes on."""

    def say(self, kind: str, entry: int, last: int | None = None, detail: str = "") -> None:
        last = entry if last is None else last
        latest = self[-1] if self else None
        if latest and not detail and latest.kind == kind and latest.last == entry - 1 and kind != "subtree":
            latest.last = last
        elif len(self) < MOST:
            self.append(Problem(kind, entry, last, detail))

    def unsay(self, kind: str, entry: int) -> None:
        if self and (self[-1].kind, self[-1].entry, self[-1].last) == (kind, entry, entry):
            self.pop()
