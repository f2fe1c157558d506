"""The demonstration's programmes, institutions and cohorts, as content/demo/academy.yaml lists them."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction

from khue.domains.academy.actions import certificates, cohorts, issuers, programmes
from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import Cohort, Enrolment, Issuer, Place, ProgrammeVersion
from khue.domains.people import api as people
from khue.kernel import clock


@dataclass(frozen=True)
class DemoLoaded:
    programmes: int
    added: int
    cohorts: int


@transaction.atomic
def load(folder: Path, shelf: Path) -> DemoLoaded:
    """What is missing of academy.yaml in `folder`; programmes are read from `shelf`. A second time changes nothing."""
    described: dict[str, Any] = yaml.safe_load((folder / "academy.yaml").read_text(encoding="utf-8"))
    organisation_id = people.organisation_id(described["organisation"])
    loaded = {name: _bring(shelf / name, organisation_id) for name in described["programmes"]}
    institutions = {one["key"]: _found(one, folder, organisation_id) for one in described["institutions"]}
    for entry in described["cohorts"]:
        cohort = _open(entry, loaded[entry["programme"]].version, organisation_id)
        if cohort and (plan := entry.get("certificate")):
            own = issuers.own(organisation_id)
            second = institutions[plan["second"]]
            certificates.change_plan(by=None, cohort=cohort, issuer=own, second=second, languages=plan["languages"])
    issuers.make_keys()
    return DemoLoaded(len(loaded), sum(one.is_new for one in loaded.values()), len(described["cohorts"]))


def _bring(folder: Path, organisation_id: UUID) -> programmes.Loaded:
    """What somebody changed in the shipped folder without a new number does not stop the demo: theirs stays."""
    course = parse(archive.read_folder(folder))
    try:
        return programmes.load(course, by=None, organisation_id=organisation_id)
    except programmes.VersionTaken as taken:
        return programmes.Loaded(taken.version, is_new=False)


def _found(entry: dict[str, Any], folder: Path, organisation_id: UUID) -> Issuer:
    """What somebody has written into an institution meanwhile stays."""
    pictures = {name: (folder / entry[name]).read_bytes() for name in ("seal", "signature")}
    facts = {"signatory": entry["signatory"], "signatory_titles": entry["titles"], **pictures}
    if entry.get("own"):
        own = issuers.own(organisation_id)
        if not own.signatory:
            issuers.change(by=None, issuer=own, names=own.names, url=own.url, **facts)
        return own
    there = Issuer.objects.filter(organisation=organisation_id, names=entry["names"]).first()
    return there or issuers.create(
        by=None, organisation_id=organisation_id, names=entry["names"], url=entry["url"], **facts
    )


def _open(entry: dict[str, Any], version: ProgrammeVersion, organisation_id: UUID) -> Cohort | None:
    """None: it is there already."""
    if Cohort.objects.filter(slug=entry["slug"], organisation=organisation_id).exists():
        return None
    cohort = cohorts.create(
        by=None,
        version=version,
        organisation_id=organisation_id,
        slug=entry["slug"],
        names=entry["names"],
        starts_on=_monday(clock.today()),
    )
    places = {place.key: place for place in Place.objects.filter(cohort=cohort)}
    Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort, person_id=people.operator(one["username"]).person_id, place=places.get(one.get("place"))
        )
        for one in entry["people"]
    )
    return cohort


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
