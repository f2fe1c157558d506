"""Values and what stands for them, in one conversation."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator

from khue.gateway.privacy.findings import Finding, Kind, disjoint
from khue.gateway.privacy.placeholders import LITERAL, LONGEST, PATTERN, UNFINISHED, VARIANTS, Place, type_of
from khue.gateway.privacy.repeats import occurrences
from khue.gateway.privacy.scanning import scan

WORDED = {Kind.PERSON, Kind.ADDRESS, Kind.EMAIL, LITERAL}


class Pseudonyms:
    """The same value has the same placeholder throughout; another way of writing it has the same number."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], Place] = {}
        self._values: dict[Place, str] = {}
        self._numbers: dict[tuple[str, str], list[Place]] = {}
        self._last: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def hide(self, text: str) -> str:
        """Raises DetectorFailed, and then nothing may be sent."""
        parts, place = [], 0
        for start, end, type_ in self._hidden(text):
            parts += [text[place:start], str(self.place(type_, text[start:end]))]
            place = end
            self.counts[type_] += 1
        return "".join([*parts, text[place:]])

    def restore(self, text: str) -> str:
        restorer = self.restorer()
        return restorer.feed(text) + restorer.end()

    def restorer(self, *, within_json: bool = False) -> "Restorer":
        """For a stream. `within_json`: values are put into strings of JSON."""
        return Restorer(self.value, within_json=within_json)

    def value(self, place: Place) -> str | None:
        return self._values.get(place)

    def place(self, type_: str, text: str) -> Place:
        """The placeholder of a value, a new one if it is new."""
        if (type_, text) not in self._places:
            self._keep(self._next(type_, text), text)
        return self._places[type_, text]

    def dump(self) -> bytes:
        rows = [[place.type, place.number, place.variant, value] for place, value in self._values.items()]
        return json.dumps(rows, ensure_ascii=False).encode()

    def load(self, dumped: bytes) -> None:
        """Adds what was dumped. What is here already stays as it is."""
        for type_, number, variant, value in json.loads(dumped):
            place = Place(type_, number, variant)
            if place not in self._values and (type_, value) not in self._places:
                self._keep(place, value)

    def _keep(self, place: Place, text: str) -> None:
        self._places[place.type, text] = place
        self._values[place] = text
        self._numbers.setdefault((place.type, _essence(place.type, text)), []).append(place)
        self._last[place.type] = max(self._last[place.type], place.number)

    def _next(self, type_: str, text: str) -> Place:
        kin = self._numbers.get((type_, _essence(type_, text)), [])
        taken = {place.variant for place in kin}
        if kin and (free := next((letter for letter in VARIANTS if letter not in taken), None)) is not None:
            return Place(type_, kin[0].number, free)
        return Place(type_, self._last[type_] + 1, "")

    def _hidden(self, text: str) -> Iterator[tuple[int, int, str]]:
        """What looks like a placeholder is hidden too: what comes back is then ours, and the text stays as it was."""
        literal = [(at.start(), at.end(), LITERAL) for at in PATTERN.finditer(text)]
        known = [(Kind(place.type), value, 0.9) for place, value in self._values.items() if place.type != LITERAL]
        found = disjoint([*scan(text), *occurrences(text, known)])
        return iter(sorted([*literal, *((each.start, each.end, str(each.type)) for each in _clear_of(found, literal))]))


def _clear_of(found: list[Finding], taken: list[tuple[int, int, str]]) -> Iterator[Finding]:
    for each in found:
        if not any(start < each.end and each.start < end for start, end, _type in taken):
            yield each


def _essence(type_: str, text: str) -> str:
    """The same for all ways of writing one value."""
    return " ".join(text.casefold().split()) if type_ in WORDED else re.sub(r"[\W_]", "", text).casefold()


class Restorer:
    """Puts values back into a text that comes in pieces. A piece that may be the beginning of a placeholder waits."""

    def __init__(self, value: Callable[[Place], str | None], *, within_json: bool = False) -> None:
        self._value, self._within_json = value, within_json
        self._waiting = ""
        self._open = 0

    def feed(self, piece: str) -> str:
        self._waiting += piece
        tail = max(0, len(self._waiting) - LONGEST)
        unfinished = UNFINISHED.search(self._waiting, tail)
        ready = unfinished.start() if unfinished else len(self._waiting)
        return self._take(ready)

    def end(self) -> str:
        return self._take(len(self._waiting))

    def _take(self, ready: int) -> str:
        text, self._waiting = self._waiting[:ready], self._waiting[ready:]
        parts, place = [], 0
        for at in PATTERN.finditer(text):
            parts += [self._plain(text[place : at.start()]), self._restored(at)]
            place = at.end()
        return "".join([*parts, self._plain(text[place:])])

    def _plain(self, text: str) -> str:
        self._open = max(0, self._open + text.count("[") - text.count("]"))
        return text

    def _restored(self, at: re.Match[str]) -> str:
        held = at["held"] is not None
        label, number, letter = (at["held"], at["held_number"], at["held_variant"]) if held else (
            at["bare"], at["bare_number"], at["bare_variant"]
        )  # fmt: skip
        type_ = type_of(label)
        value, rest = self._value(Place(type_, int(number), letter.upper())), ""
        if value is None:
            value, rest = self._value(Place(type_, int(number), "")), letter
        if value is None:
            return self._plain(at[0])
        if self._within_json:
            value = json.dumps(value, ensure_ascii=False)[1:-1]
        if held:
            if not at["close"] and re.match(r"\s*[,;]", at.string[at.end() : at.end() + 3]):
                self._open += 1
                return "[" + value + rest
            return value + rest
        return value + rest + (self._stray() if at["stray"] else "")

    def _stray(self) -> str:
        """A bracket that closes nothing was the placeholder's own."""
        self._open, was = max(0, self._open - 1), self._open
        return "]" if was else ""
