"""From rows to candidates, each problem at its row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from khue.domains.academy.roster.columns import Column
from khue.domains.academy.roster.plain import plain, tidy
from khue.domains.academy.roster.provinces import Provinces
from khue.domains.academy.roster.sheet import Row, Sheet

LONGEST = 200
EXPERIENCE = re.compile(r"^(\d{1,2})(?:[.,]\d+)?\s*(?:\+|năm|nam|years?|ans?)?$", re.IGNORECASE)


class Code(StrEnum):
    NAME_MISSING = "name-missing"
    NAME_TOO_LONG = "name-too-long"
    EMAIL_BAD = "email-bad"
    TWICE = "twice"
    PROVINCE_UNKNOWN = "province-unknown"
    PROVINCE_BEFORE = "province-before"
    PLACE_UNKNOWN = "place-unknown"
    NO_EMAIL = "no-email"
    PHONE_BAD = "phone-bad"
    EXPERIENCE_BAD = "experience-bad"
    FORMULA = "formula"
    FORMULA_EMPTY = "formula-empty"


# the row is refused; the others are said and the row is taken
REFUSES = frozenset(
    {Code.NAME_MISSING, Code.NAME_TOO_LONG, Code.EMAIL_BAD, Code.TWICE, Code.PROVINCE_UNKNOWN, Code.PLACE_UNKNOWN,
     Code.FORMULA_EMPTY}
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """`hint`: what was perhaps meant, the province of today, or the row where the same person stands."""

    row: int
    code: Code
    column: Column | None = None
    value: str = ""
    hint: str = ""

    @property
    def refuses(self) -> bool:
        return self.code in REFUSES


@dataclass(frozen=True)
class Candidate:
    """Somebody to enrol. `place`: key of the cohort's place, "" if the list does not say."""

    row: int
    full_name: str
    email: str = ""
    phone: str = ""
    province: str = ""
    province_before: str = ""
    unit: str = ""
    position: str = ""
    experience: int | None = None
    place: str = ""
    code: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """Who this is from list to list: the code of the list, else the e-mail, else the telephone with the name, else
        name, unit and province."""
        if self.code:
            return "code", plain(self.code)
        if self.email:
            return "email", self.email
        if self.phone:
            return "phone", self.phone, plain(self.full_name)
        return "name", plain(self.full_name), plain(self.unit), plain(self.province)


@dataclass(frozen=True)
class Checked:
    candidates: tuple[Candidate, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> tuple[int, ...]:
        return tuple(sorted({problem.row for problem in self.problems if problem.refuses}))


def check(sheet: Sheet, *, provinces: Provinces, places: Mapping[str, str]) -> Checked:
    """`places`: what a list may call a place of the cohort → its key."""
    known = {plain(name): key for name, key in places.items()}
    seen: dict[tuple[str, ...], int] = {}
    candidates: list[Candidate] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        candidate, found = _candidate(row, provinces, known)
        first = _same(candidate, seen)
        if first:
            found.append(Problem(row.number, Code.TWICE, value=candidate.full_name, hint=str(first)))
        problems += found
        if not any(problem.refuses for problem in found):
            candidates.append(candidate)
            for key in _keys(candidate):
                seen[key] = row.number
    return Checked(tuple(candidates), tuple(problems))


def _keys(candidate: Candidate) -> list[tuple[str, ...]]:
    keys = [candidate.identity]
    if candidate.email:
        keys.append(("email", candidate.email))
    return keys


def _same(candidate: Candidate, seen: Mapping[tuple[str, ...], int]) -> int | None:
    return next((seen[key] for key in _keys(candidate) if key in seen), None)


def _candidate(row: Row, provinces: Provinces, places: Mapping[str, str]) -> tuple[Candidate, list[Problem]]:
    problems = _formulas(row)
    candidate = Candidate(row.number, _name(row), code=row.text(Column.CODE)[:80])
    candidate = replace(candidate, unit=row.text(Column.UNIT)[:LONGEST], position=row.text(Column.POSITION)[:LONGEST])
    if not candidate.full_name:
        problems.append(Problem(row.number, Code.NAME_MISSING, Column.NAME))
    elif len(candidate.full_name) > LONGEST:
        problems.append(Problem(row.number, Code.NAME_TOO_LONG, Column.NAME, candidate.full_name[:40] + "…"))
    for read in (_email, _phone, _experience):
        candidate, problem = read(row, candidate)
        problems += [problem] if problem else []
    candidate, problem = _province(row, candidate, provinces)
    problems += [problem] if problem else []
    written = row.text(Column.PLACE)
    if written:
        key = places.get(plain(written), "")
        candidate = replace(candidate, place=key)
        if not key:
            problems.append(Problem(row.number, Code.PLACE_UNKNOWN, Column.PLACE, written))
    return candidate, problems


def _formulas(row: Row) -> list[Problem]:
    return [
        Problem(row.number, Code.FORMULA if cell.text else Code.FORMULA_EMPTY, column, cell.text)
        for column, cell in row.cells.items()
        if cell.is_formula
    ]


def _name(row: Row) -> str:
    parts = row.text(Column.FAMILY_NAME), row.text(Column.GIVEN_NAME)
    name = tidy(" ".join(part for part in parts if part)) or row.text(Column.NAME)
    return name.title() if name.isupper() else name


def _email(row: Row, candidate: Candidate) -> tuple[Candidate, Problem | None]:
    written = row.text(Column.EMAIL).removeprefix("mailto:").strip(" <>;,.").lower()
    if not written:
        return candidate, Problem(row.number, Code.NO_EMAIL, Column.EMAIL)
    try:
        validate_email(written)
    except ValidationError:
        return candidate, Problem(row.number, Code.EMAIL_BAD, Column.EMAIL, row.text(Column.EMAIL))
    return replace(candidate, email=written), None


def _phone(row: Row, candidate: Candidate) -> tuple[Candidate, Problem | None]:
    """Spreadsheets take the first zero away."""
    written = row.text(Column.PHONE)
    digits = re.sub(r"[\s.()-]+", "", written)
    if not digits:
        return candidate, None
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = "0" + digits
    digits = re.sub(r"^(\+|00)?84(?=\d{9}$)", "0", digits)
    if not re.fullmatch(r"\+?\d{8,15}", digits):
        return candidate, Problem(row.number, Code.PHONE_BAD, Column.PHONE, written)
    return replace(candidate, phone=digits), None


def _experience(row: Row, candidate: Candidate) -> tuple[Candidate, Problem | None]:
    written = row.text(Column.EXPERIENCE)
    if not written:
        return candidate, None
    match = EXPERIENCE.match(written)
    if not match or int(match[1]) > 60:
        return candidate, Problem(row.number, Code.EXPERIENCE_BAD, Column.EXPERIENCE, written)
    return replace(candidate, experience=int(match[1])), None


def _province(row: Row, candidate: Candidate, provinces: Provinces) -> tuple[Candidate, Problem | None]:
    written = row.text(Column.PROVINCE)
    if not written:
        return candidate, None
    found = provinces.find(written)
    if not found:
        hint = provinces.nearest(written)
        return candidate, Problem(row.number, Code.PROVINCE_UNKNOWN, Column.PROVINCE, written, hint)
    told = Problem(row.number, Code.PROVINCE_BEFORE, Column.PROVINCE, written, found.today) if found.before else None
    return replace(candidate, province=found.today, province_before=found.before), told
