"""Invitations to a cohort: slips to print and hand over."""

from dataclasses import dataclass

import segno

from khue.domains.academy.models import Cohort
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.people import api as people


@dataclass(frozen=True)
class Slip:
    """`code` is shown once; `qr` is an SVG of the address with the code after "#"."""

    name: str
    username: str
    place: str
    code: str
    qr: str


def slips(*, by: By, cohort: Cohort, address: str) -> list[Slip]:
    """For those who have not opened their account yet, in the order of the roll; earlier codes of theirs end."""
    check_can_run_cohorts(by, cohort.organisation_id)
    enrolments = list(cohort.enrolments.taking_part().on_roll())
    codes = people.invite(by=by, person_ids=[enrolment.person_id for enrolment in enrolments])
    return [
        Slip(
            name=str(enrolment.person),
            username=enrolment.person.username,
            place=str(enrolment.place or ""),
            code=codes[enrolment.person_id],
            qr=_qr(f"{address}#{codes[enrolment.person_id]}"),
        )
        for enrolment in enrolments
        if enrolment.person_id in codes
    ]


def _qr(text: str) -> str:
    return segno.make_qr(text, error="m").svg_inline(scale=3, border=2, omitsize=True)
