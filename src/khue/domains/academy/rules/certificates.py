"""Who gets a certificate: the rule as data, and how somebody stands to it."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LANGUAGES = ("vi", "en", "fr")


class Ended(StrEnum):
    """Why a certificate holds no more."""

    MISTAKE = "mistake"
    MISCONDUCT = "misconduct"
    NAME = "name"
    CORRECTED = "corrected"
    KEY = "key"


# the person has another one instead
REPLACED = frozenset({Ended.NAME, Ended.CORRECTED, Ended.KEY})


class Part(StrEnum):
    """What a rule can ask for."""

    ATTENDANCE = "attendance"
    QUIZ = "quiz"
    LAB = "lab"
    SPRINT = "sprint"
    SURVEY = "survey"


@dataclass(frozen=True)
class Rule:
    """`attendance_percent` of the sessions that were not cancelled; 0: it does not matter. The rest: keys of activities
    that must be passed, done or handed in."""

    attendance_percent: int
    quizzes: tuple[str, ...] = ()
    labs: tuple[str, ...] = ()
    sprint: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()

    def wanted(self) -> tuple[tuple[Part, tuple[str, ...]], ...]:
        """The parts that ask for activities, in the order in which they are shown."""
        parts = (
            (Part.QUIZ, self.quizzes), (Part.LAB, self.labs), (Part.SPRINT, self.sprint), (Part.SURVEY, self.surveys)
        )  # fmt: skip
        return tuple((part, keys) for part, keys in parts if keys)


def rule(certificate: Mapping[str, Any], activities: Sequence[tuple[str, str]]) -> Rule:
    """From the `certificate` of a programme.yaml and the programme's activities as (key, kind)."""
    by_kind = {kind: tuple(key for key, of in activities if of == kind) for kind in ("quiz", "sprint")}
    return Rule(
        attendance_percent=certificate.get("attendance_percent", 80),
        quizzes=by_kind["quiz"] if certificate.get("quizzes", True) else (),
        labs=tuple(certificate.get("labs", ())),
        sprint=by_kind["sprint"] if certificate.get("sprint") else (),
        surveys=tuple(certificate.get("surveys", ())),
    )


@dataclass(frozen=True)
class Standing:
    """What is known of one person: sessions they came to, of how many; keys of activities that they passed or did."""

    sessions: int
    of_sessions: int
    reached: frozenset[str] = frozenset()

    @property
    def attendance_percent(self) -> int:
        """Rounded down: 79.9 is not 80. Without sessions nothing can be missed."""
        return 100 * self.sessions // self.of_sessions if self.of_sessions else 100


@dataclass(frozen=True)
class Condition:
    """One line of the checklist. `done` of `needed`: percent for attendance, else activities; `missing`: their keys."""

    part: Part
    done: int
    needed: int
    missing: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed

    @property
    def codes(self) -> tuple[str, ...]:
        """What is missing, for programs: "attendance", "quiz:mo-dau-quiz"."""
        return () if self.is_met else tuple(f"{self.part}:{key}" for key in self.missing) or (self.part.value,)


def checklist(wanted: Rule, standing: Standing) -> tuple[Condition, ...]:
    found = []
    if wanted.attendance_percent:
        found.append(Condition(Part.ATTENDANCE, standing.attendance_percent, wanted.attendance_percent))
    for part, keys in wanted.wanted():
        missing = tuple(key for key in keys if key not in standing.reached)
        found.append(Condition(part, len(keys) - len(missing), len(keys), missing))
    return tuple(found)


def is_eligible(conditions: Collection[Condition]) -> bool:
    return all(condition.is_met for condition in conditions)


def initials(name: str, taken: Collection[str]) -> str:
    """A short code for serial numbers from a short name: "khue-van" → "KV", with a number where it is taken."""
    plain = "".join(word[0] for word in name.split("-") if word)[:8].upper() or "K"
    if plain not in taken:
        return plain
    return next(f"{plain}{count}" for count in range(2, 10_000) if f"{plain}{count}" not in taken)


def is_same_name(one: str, other: str) -> bool:
    """As people type names: spaces and capitals do not matter, every letter and accent does."""
    return bool(one.strip()) and _tidy(one) == _tidy(other)


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("’", "'").split())
