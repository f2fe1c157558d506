"""What the stages of a mini sprint allow, and who may not judge whom. Plain."""

import unicodedata
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

PASSED, WAITING = "passed", "waiting"


def is_open(keys: Sequence[str], states: Mapping[str, str], key: str) -> bool:
    """A team works on while a mentor looks at what it handed in, but nothing before may be missing."""
    return all(states.get(before) in {PASSED, WAITING} for before in keys[: keys.index(key)])


def may_hand_in(keys: Sequence[str], states: Mapping[str, str], key: str) -> bool:
    """In order: each gate before it is passed. What waits or is passed is not handed in again."""
    before = all(states.get(known) == PASSED for known in keys[: keys.index(key)])
    return before and states.get(key) not in {PASSED, WAITING}


def current(keys: Sequence[str], states: Mapping[str, str]) -> str | None:
    """The first stage that is not passed; None when all are."""
    return next((key for key in keys if states.get(key) != PASSED), None)


class Progress(StrEnum):
    """How far somebody is in the sprint."""

    NO_TEAM = "no-team"
    CHOOSING = "choosing"
    WORKING = "working"
    READY = "ready"
    PRESENTED = "presented"


def progress(*, has_problem: bool, passed: int, stages: int, is_presented: bool) -> Progress:
    if is_presented:
        return Progress.PRESENTED
    if not has_problem:
        return Progress.CHOOSING
    return Progress.READY if passed >= stages else Progress.WORKING


def agency_key(name: str) -> str:
    """The same agency however it is written: case, marks, spaces and punctuation do not count."""
    letters = unicodedata.normalize("NFD", name.casefold().replace("đ", "d"))
    plain = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def conflicts(
    *,
    judge: object,
    agency: str,
    members: Collection[object],
    agencies: Collection[str],
    mentors: Collection[object],
    reasons: Collection[str],
) -> list[str]:
    """Why a judge leaves a team out, of `reasons` (the sprint's data); empty: none is known."""
    found = {
        "member": judge in members,
        "agency": bool(agency_key(agency)) and agency_key(agency) in {agency_key(one) for one in agencies},
        "mentor": judge in mentors,
    }
    return [reason for reason in reasons if found.get(reason)]


def months_later(on: date, months: int) -> date:
    """The same day of the month, or its last: 30 November and three months is 28 February."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
