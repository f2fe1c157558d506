"""A tool made from words at once, tried, and repaired: for the console and for measuring. Nothing is stored."""

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from khue.domains.people.api import Actor
from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.actions import changing, generating
from khue.domains.prototypes.actions.calls import TOOL, Ask, Made, Shown, Writing
from khue.domains.prototypes.actions.finding import NONE
from khue.domains.prototypes.browsing import NoBrowser
from khue.domains.prototypes.patterns import pattern
from khue.domains.prototypes.queries import checks, wording
from khue.domains.prototypes.rules import MOST_REPAIRS, grave
from khue.domains.prototypes.writing import declining
from khue.domains.prototypes.writing.files import file_of
from khue.gateway.api import Caller, DataClass
from khue.kernel.errors import UserError


class Declined(UserError):
    """What the person is told instead."""


class NoPattern(UserError):
    def __init__(self, key: str) -> None:
        super().__init__(gettext_lazy("There is no pattern “%(key)s”.") % {"key": key})


class NothingCame(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("The model gave nothing that could be used. Try again."))


@dataclass(frozen=True)
class Check:
    text: str
    passed: bool
    detail: str = ""


@dataclass
class Trial:
    """`checks` are None where there is no browser to run them in; `attempts`: 1, and one for each repair."""

    html: str
    title: str
    source: dict[str, Any]
    checks: tuple[Check, ...] | None = None
    attempts: int = 1
    first_s: float = 0.0
    seconds: float = 0.0
    # all examples went well, and nothing must be changed, after so many attempts; 0: they did not
    passed_at: int = 0
    # static findings that must be changed, with their remedy
    grave: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def pattern(self) -> str:
        return str(self.source.get("pattern", ""))

    @property
    def failures(self) -> list[str]:
        """What must be mended, in words for a model."""
        red = [f"{check.text}: {check.detail}" for check in self.checks or () if not check.passed]
        return [*red, *self.grave]


def make(
    idea: str, *, by: Actor, language: str, examples: str = "", key: str = "", repairs: int = MOST_REPAIRS
) -> Trial:
    """Raises Declined, NoPattern, NothingCame, GatewayError."""
    wish = declining.look(idea)
    if wish.harm:
        raise Declined(wording.declined(wish.harm))
    caller = Caller(by.person_id, by.organisation_id, TOOL, purpose="console")
    ask = Ask(caller, DataClass.INTERNAL)
    began = time.monotonic()
    first: list[float] = []
    told = f"{idea}\n{examples}".strip()
    made = _drained(_described(idea, examples, language, key, ask), first)
    trial = _tried(made.source, language, examples)
    trial.first_s = round(first[0] - began, 2) if first else 0.0
    for number in range(repairs):
        failures = trial.failures
        if not failures:
            break
        last = number == MOST_REPAIRS - 1 and not _passed(trial.checks)
        again = _drained_or_none(changing.repair(trial.source, failures, told, language, ask, last=last))
        trial.attempts += 1
        if again is not None:
            trial = _better(trial, _tried(again.source, language, examples))
    if trial.checks and not trial.failures:
        trial.passed_at = trial.attempts
    trial.seconds = round(time.monotonic() - began, 2)
    return trial


def _described(idea: str, examples: str, language: str, key: str, ask: Ask) -> Writing:
    if key and key != NONE:
        _known(key)
    return (yield from generating.describe(idea, examples, language, ask, key=key, chosen=lambda _key: None))


def _known(key: str) -> None:
    try:
        pattern(key)
    except LookupError:
        raise NoPattern(key) from None


def _drained(work: Generator[Any, None, Made | None], first: list[float]) -> Made:
    made = _drained_or_none(work, first)
    if made is None:
        raise NothingCame
    return made


def _drained_or_none(work: Generator[Any, None, Made | None], first: list[float] | None = None) -> Made | None:
    while True:
        try:
            event = next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        if first is not None and not first and isinstance(event, Shown):
            first.append(time.monotonic())


def _tried(source: dict[str, Any], language: str, examples: str) -> Trial:
    html, title = file_of(source, language)
    return Trial(html, title, source, tried(html, examples), grave=tuple(grave(checks.static(html, language))))


def tried(html: str, examples: str) -> tuple[Check, ...] | None:
    """Each line of the examples, in a browser of this machine; a line that cannot be read did not pass."""
    named = acceptance.labels(html)
    found: list[acceptance.Example | Check] = []
    for line in filter(str.strip, examples.splitlines()):
        try:
            found += acceptance.read(line, named)
        except acceptance.UnreadableExample:
            found.append(Check(line, False, checks.unread()))
    try:
        outcomes = iter(acceptance.run(html, [one for one in found if not isinstance(one, Check)]))
    except NoBrowser:
        return None
    return tuple(one if isinstance(one, Check) else _check(next(outcomes)) for one in found)


def _check(outcome: acceptance.Outcome) -> Check:
    facts = {"problem": outcome.problem, "seen": outcome.seen, "faults": outcome.faults}
    return Check(outcome.example, outcome.passed, "" if outcome.passed else checks.detail(facts))


def _better(before: Trial, after: Trial) -> Trial:
    """A repair that breaks more than it mends is not kept."""
    after.attempts, after.first_s = before.attempts, before.first_s
    is_better = (_passed(after.checks), -len(after.grave)) >= (_passed(before.checks), -len(before.grave))
    return after if is_better else before


def _passed(found: Sequence[Check] | None) -> int:
    return sum(check.passed for check in found or ())
