"""What examples say, as a table: fields with their values, results with what must be seen, buttons that are pressed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from khue.domains.prototypes.examples import Example, Fill, Press, UnreadableExample, read
from khue.domains.prototypes.fitting import figures
from khue.domains.prototypes.rules import plain

YES, NO = {"co", "yes", "oui", "true", "x"}, {"khong", "no", "non", "false"}


@dataclass
class Field:
    """`values` one for each example, None where it is not filled in; kind: number, date, yesno, text."""

    label: str
    raw: list[str | None]
    kind: str = "text"
    values: list[Any] = field(default_factory=list)


@dataclass
class Result:
    """`raw` one for each example; `absent`: what must not be seen."""

    label: str
    raw: list[str | None]
    absent: list[str | None]


@dataclass
class Told:
    fields: list[Field]
    results: list[Result]
    presses: list[list[str]]

    @property
    def buttons(self) -> list[str]:
        return list(dict.fromkeys(name for line in self.presses for name in line))

    @property
    def count(self) -> int:
        return len(self.presses)


def told(text: str) -> Told | None:
    """None where there are no examples, or one cannot be read as fields and results."""
    try:
        lines = read(text)
    except UnreadableExample:
        return None
    if not lines:
        return None
    fields: dict[str, Field] = {}
    results: dict[str, Result] = {}
    for at, line in enumerate(lines):
        if not _filled(line, at, len(lines), fields):
            return None
        for expect in line.expects:
            key = plain(expect.label)
            one = results.setdefault(key, Result(expect.label, [None] * len(lines), [None] * len(lines)))
            (one.absent if expect.absent else one.raw)[at] = expect.text
    for each in fields.values():
        each.kind, each.values = _kind(each.raw)
    presses = [[step.name for step in line.steps if isinstance(step, Press)] for line in lines]
    return Told(list(fields.values()), _joined(list(results.values())), presses)


def _filled(line: Example, at: int, count: int, fields: dict[str, Field]) -> bool:
    for step in line.steps:
        if isinstance(step, Fill):
            if not step.label:
                return False
            fields.setdefault(plain(step.label), Field(step.label, [None] * count)).raw[at] = step.value
    return True


def _joined(results: list[Result]) -> list[Result]:
    """What is said without a label belongs to the one result that has one."""
    named, bare = [one for one in results if one.label], [one for one in results if not one.label]
    if len(named) != 1 or not bare:
        return results
    for at, text in enumerate(bare[0].raw):
        if text is not None and named[0].raw[at] is None:
            named[0].raw[at] = text
    return named if all(text is None for text in bare[0].absent) else results


def _kind(raw: Sequence[str | None]) -> tuple[str, list[Any]]:
    given = [text for text in raw if text is not None]
    if all(plain(text) in YES | NO for text in given):
        return "yesno", [text is not None and plain(text) in YES for text in raw]
    if all(figures.day(text) for text in given):
        return "date", [None if text is None else figures.day(text) for text in raw]
    if all(figures.alone(text) for text in given):
        return "number", [_value(text) for text in raw]
    return "text", [text or "" for text in raw]


def _value(text: str | None) -> float:
    found = figures.alone(text) if text is not None else None
    return found[0] if found else 0.0
