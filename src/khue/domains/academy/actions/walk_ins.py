"""Somebody who stands at the door without being on the list: entered at the desk, takes part at once."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.attendance import note_at_desk
from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.actions.enrolments import provinces
from khue.domains.academy.models import Cohort, Enrolment, Place, Session
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.permissions.sessions import check_can_hold
from khue.domains.academy.roster.plain import plain, tidy
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.people import api as people
from khue.kernel.errors import UserError


class NotEntered(UserError):
    """`field`: the one to correct."""

    def __init__(self, message: "str | Promise", field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Newcomer:
    """`key`: made with the form, so that the same form sent twice enters one person. `unit`, `email` may be empty."""

    key: UUID
    name: str
    province: str
    place: Place | None
    unit: str = ""
    email: str = ""


def alike(cohort: Cohort, name: str) -> list[Enrolment]:
    """On the roll under this name, with marks or without: perhaps the one who stands there."""
    wanted = plain(name)
    return [enrolment for enrolment in cohort.enrolments.taking_part().on_roll()
            if plain(enrolment.person.full_name) == wanted]  # fmt: skip


@transaction.atomic
def enter(*, by: By, cohort: Cohort, newcomer: Newcomer, session: Session | None = None) -> Enrolment:
    """An account with the role of participant, an enrolment, and, with `session`, the note that they are there.

    Raises NotEntered, CohortClosed, NotAllowed."""
    check_may_enter(by, cohort, session)
    check_is_open(cohort)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if there := cohort.enrolments.filter(pk=newcomer.key).first():
        return there
    name, province = tidy(newcomer.name), _province(newcomer.province)
    if not name:
        raise NotEntered(_("There is no name. Write the full name."), "name")
    enrolment = Enrolment.objects.create(
        pk=newcomer.key,
        cohort=cohort,
        person_id=_account(by, cohort, name, newcomer),
        place=newcomer.place,
        state=EnrolmentState.ACTIVE,
        province=province[0],
        province_before=province[1],
        unit=tidy(newcomer.unit),
        is_walk_in=True,
        enrolled_by_id=by.person_id if by else None,
    )
    if session:
        note_at_desk(by=by, session=session, enrolment=enrolment)
    return enrolment


def check_may_enter(by: By, cohort: Cohort, session: Session | None) -> None:
    """Who runs the cohort, and at a session who holds it: the desk of a branch campus too."""
    if session is None:
        check_can_run_cohorts(by, cohort.organisation_id)
    else:
        check_can_hold(by, session)


def _account(by: By, cohort: Cohort, name: str, newcomer: Newcomer) -> UUID:
    """The one that has this e-mail address, else one made now."""
    email = newcomer.email.strip().lower()
    where = _organisation(by, cohort, newcomer.place)
    known = people.persons_with_email([email]).get(email) if email else None
    if known is None:
        return people.create_participants(by=by, newcomers_=[people.Newcomer(name, email, where)])[0]
    if cohort.enrolments.filter(person=known).exists():
        raise NotEntered(_("The person with this e-mail address is on the roll already."), "email")
    people.give_participant_role(by=by, places={known: where})
    return known


def _organisation(by: By, cohort: Cohort, place: Place | None) -> UUID:
    """Where they become a participant: the campus, else who runs the cohort, else where the desk is."""
    campus = place.organisation_id if place else None
    wanted = campus or cohort.organisation_id
    return wanted if by is None or wanted in by.branch else by.organisation_id


def _province(written: str) -> tuple[str, str]:
    if not written.strip():
        return "", ""
    found = provinces().find(written)
    if found is None:
        unknown = _("This province is not known, today or before July 2025. Choose one of the list.")
        raise NotEntered(unknown, "province")
    return found.today, found.before
