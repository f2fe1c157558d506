"""Enrolling people from a list: looked at first, then taken; the same list again updates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Cohort, Enrolment, Place
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.roster.check import Candidate, Checked, Problem, check
from khue.domains.academy.roster.plain import plain
from khue.domains.academy.roster.provinces import Provinces
from khue.domains.academy.roster.sheet import Sheet, Unreadable, read
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.people import api as people
from khue.kernel.errors import UserError

MEGABYTES = 10
# what the list decides, as fields of the enrolment
TAKEN = ("province", "province_before", "unit", "experience", "phone", "code")

UNREADABLE = {
    "not-a-sheet": _(
        "This file is not a spreadsheet that can be read. Save it as XLSX or as CSV (UTF-8) and try again."
    ),
    "too-large": _("This list is too long: at most 20,000 rows and 10 MB. Divide it into several lists."),
    "no-headings": _(
        "No row with headings was found. One row must name the columns, with at least the name and one more: "
        "name, e-mail, telephone, province, unit, position, experience, place, code."
    ),
    "empty": _("This file is empty."),
}


class ListUnreadable(UserError):
    """The file as a whole; nothing was taken from it."""


@dataclass(frozen=True)
class Line:
    """What becomes of a row. `changed`: fields of the enrolment that the list says otherwise than before."""

    row: int
    name: str
    email: str
    outcome: str  # accepted, updated, unchanged, refused
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """`missing`: names of those enrolled who are not on this list; they stay enrolled."""

    lines: tuple[Line, ...]
    headings: dict[str, str]
    unknown_headings: tuple[str, ...]
    missing: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)


def look(*, by: By, cohort: Cohort, octets: bytes, name: str) -> Report:
    """What `take` would do; changes nothing. Raises ListUnreadable, CohortClosed, NotAllowed."""
    check_can_run_cohorts(by, cohort.organisation_id)
    check_is_open(cohort)
    return _Import(by, cohort, octets, name).report()


@transaction.atomic
def take(*, by: By, cohort: Cohort, octets: bytes, name: str) -> Report:
    """Enrols the rows that are right and says why the others are not. Raises ListUnreadable, CohortClosed,
    NotAllowed."""
    check_can_run_cohorts(by, cohort.organisation_id)
    check_is_open(cohort)
    # two lists for one cohort at the same moment come one after the other
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    work = _Import(by, cohort, octets, name)
    report = work.report()
    work.store()
    return report


class _Import:
    def __init__(self, by: By, cohort: Cohort, octets: bytes, name: str) -> None:
        self.by, self.cohort = by, cohort
        self.places = {place.key: place for place in cohort.places.select_related("organisation")}
        self.sheet = _sheet(octets, name)
        self.checked: Checked = check(self.sheet, provinces=provinces(), places=_names(self.places.values()))
        self.enrolled = list(cohort.enrolments.select_related("person"))
        self.known = _index(self.enrolled)
        self.accounts = people.persons_with_email(c.email for c in self.checked.candidates)
        by_person = {enrolment.person_id: enrolment for enrolment in self.enrolled}
        self.found = {
            c.row: self._enrolment(c) or (by_person.get(self.accounts[c.email]) if c.email in self.accounts else None)
            for c in self.checked.candidates
        }

    def report(self) -> Report:
        problems: dict[int, list[Problem]] = {}
        for problem in self.checked.problems:
            problems.setdefault(problem.row, []).append(problem)
        candidates = {candidate.row: candidate for candidate in self.checked.candidates}
        lines = tuple(self._line(row.number, candidates.get(row.number), problems.get(row.number, ()))
                      for row in self.sheet.rows)  # fmt: skip
        met = {enrolment.pk for enrolment in self.found.values() if enrolment}
        gone = [e for e in self.enrolled if e.pk not in met and e.state != EnrolmentState.WITHDRAWN]
        return Report(
            lines,
            {column.value: heading for column, heading in self.sheet.headings.items()},
            self.sheet.unknown,
            tuple(str(enrolment.person) for enrolment in gone) if met else (),
            {outcome: sum(line.outcome == outcome for line in lines)
             for outcome in ("accepted", "updated", "unchanged", "refused")},
        )  # fmt: skip

    def _line(self, number: int, candidate: Candidate | None, problems: Iterable[Problem]) -> Line:
        if candidate is None:
            row = next(row for row in self.sheet.rows if row.number == number)
            texts = [cell.text for cell in row.cells.values() if cell.text]
            return Line(number, texts[0] if texts else "", "", "refused", tuple(problems))
        enrolment = self.found[number]
        changed = self._changed(candidate, enrolment) if enrolment else ()
        outcome = "accepted" if enrolment is None else "updated" if changed else "unchanged"
        return Line(number, candidate.full_name, candidate.email, outcome, tuple(problems), changed)

    def store(self) -> None:
        new = [candidate for candidate in self.checked.candidates if self.found[candidate.row] is None]
        old = [(candidate, self.found[candidate.row]) for candidate in self.checked.candidates]
        self._update([(candidate, enrolment) for candidate, enrolment in old if enrolment])
        persons = self._persons(new)
        Enrolment.objects.bulk_create(
            Enrolment(
                cohort=self.cohort,
                person_id=persons[candidate.row],
                state=EnrolmentState.INVITED,
                enrolled_by_id=self.by.person_id if self.by else None,
                **self._facts(candidate),
            )
            for candidate in new
        )

    def _persons(self, new: Sequence[Candidate]) -> dict[int, UUID]:
        """The account of each row: the one with this e-mail, else one made now."""
        there = {c.row: self.accounts[c.email] for c in new if c.email in self.accounts}
        people.give_participant_role(
            by=self.by, places={there[c.row]: self._organisation(c) for c in new if c.row in there}
        )
        rest = [candidate for candidate in new if candidate.row not in there]
        newcomers = [people.Newcomer(c.full_name, c.email, self._organisation(c)) for c in rest]
        made = people.create_participants(by=self.by, newcomers_=newcomers)
        return there | {candidate.row: person for candidate, person in zip(rest, made, strict=True)}

    def _update(self, pairs: Sequence[tuple[Candidate, Enrolment]]) -> None:
        changed = [(candidate, enrolment) for candidate, enrolment in pairs if self._changed(candidate, enrolment)]
        people.correct_newcomers(
            by=self.by,
            facts={e.person_id: (c.full_name, self._address(c, e)) for c, e in changed},
        )
        for candidate, enrolment in changed:
            for name, value in self._facts(candidate).items():
                setattr(enrolment, name, value)
            if enrolment.state == EnrolmentState.WITHDRAWN:
                enrolment.state = EnrolmentState.INVITED
        fields = [*TAKEN, "job", "place", "state"]
        Enrolment.objects.bulk_update([enrolment for _candidate, enrolment in changed], fields)

    def _address(self, candidate: Candidate, enrolment: Enrolment) -> str:
        """The list's, unless it belongs to somebody else or the list has none."""
        owner = self.accounts.get(candidate.email)
        return candidate.email if candidate.email and owner in {None, enrolment.person_id} else enrolment.person.email

    def _facts(self, candidate: Candidate) -> dict[str, Any]:
        facts = {name: getattr(candidate, name) for name in TAKEN}
        return facts | {"job": candidate.position, "place": self._place(candidate)}

    def _place(self, candidate: Candidate) -> Place | None:
        if candidate.place:
            return self.places[candidate.place]
        return next(iter(self.places.values())) if len(self.places) == 1 else None

    def _organisation(self, candidate: Candidate) -> UUID:
        place = self._place(candidate)
        return (place.organisation_id if place else None) or self.cohort.organisation_id

    def _changed(self, candidate: Candidate, enrolment: Enrolment) -> tuple[str, ...]:
        """Only columns that the list has can change anything."""
        has = {column.value for column in self.sheet.headings}
        asked = {"province": "province", "unit": "unit", "experience": "experience", "phone": "phone", "code": "code"}
        changed = [name for name, column in asked.items()
                   if column in has and getattr(candidate, name) != getattr(enrolment, name)]  # fmt: skip
        if "position" in has and candidate.position != enrolment.job:
            changed.append("job")
        if "place" in has and candidate.place and self._place(candidate) != enrolment.place:
            changed.append("place")
        person = enrolment.person
        if not person.has_usable_password() and person.last_login is None:
            changed += ["name"] if candidate.full_name != person.full_name else []
            changed += ["email"] if self._address(candidate, enrolment) != person.email else []
        return (*changed, *(["state"] if enrolment.state == EnrolmentState.WITHDRAWN else []))

    def _enrolment(self, candidate: Candidate) -> Enrolment | None:
        return next((self.known[key] for key in _keys(candidate) if key in self.known), None)


def _sheet(octets: bytes, name: str) -> Sheet:
    if len(octets) > MEGABYTES * 2**20:
        raise ListUnreadable(UNREADABLE["too-large"])
    try:
        return read(octets, name)
    except Unreadable as error:
        raise ListUnreadable(UNREADABLE[error.code]) from error


@cache
def provinces() -> Provinces:
    path = settings.CONTENT / "places" / "provinces-vn.yaml"
    return Provinces(yaml.safe_load(path.read_text(encoding="utf-8")))


def _names(places: Iterable[Place]) -> dict[str, str]:
    """All that a list may call a place: its key, its names, those of its campus."""
    names: dict[str, str] = {}
    for place in places:
        called = [place.key, *place.names.values()]
        called += place.organisation.names.values() if place.organisation else []
        names |= dict.fromkeys(called, place.key)
    return names


def _keys(candidate: Candidate) -> list[tuple[str, ...]]:
    name = plain(candidate.full_name)
    keys: list[tuple[str, ...]] = [("code", plain(candidate.code)), ("email", candidate.email)]
    keys.append(("phone", candidate.phone, name))
    if not any(key[1] for key in keys):
        keys.append(("name", name, plain(candidate.unit), plain(candidate.province)))
    return [key for key in keys if key[1]]


def _index(enrolled: Iterable[Enrolment]) -> dict[tuple[str, ...], Enrolment]:
    index: dict[tuple[str, ...], Enrolment] = {}
    for e in enrolled:
        name = plain(e.person.full_name)
        for key in (("code", plain(e.code)), ("email", e.person.email), ("phone", e.phone, name),
                    ("name", name, plain(e.unit), plain(e.province))):  # fmt: skip
            if key[1]:
                index.setdefault(key, e)
    return index
