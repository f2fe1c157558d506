"""Invitations to a cohort: by e-mail where a mail server is set up, as slips to print otherwise.

A one-time code is made when its letter is written and goes nowhere else.
"""

from dataclasses import dataclass
from uuid import UUID

import segno
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from khue.domains.academy.actions import letters
from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Cohort, Enrolment, InvitationLetter
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.queries import sessions
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.academy.rules.invitations import ON_ITS_WAY, LetterState
from khue.domains.people import api as people
from khue.gateway import mail
from khue.kernel import jobs
from khue.kernel.errors import UserError

SEND = "academy.send-invitation"


class NoMailServer(UserError):
    """Invitations are printed then."""


class NothingToSend(UserError):
    """Nobody without an invitation has an e-mail address."""


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
    check_is_open(cohort)
    return slips_of(list(cohort.enrolments.taking_part().on_roll()), by=by, address=address)


def slips_of(enrolments: list[Enrolment], *, by: By, address: str) -> list[Slip]:
    """Whoever asks may: the caller has looked."""
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


# By e-mail -------------------------------------------------------------------------------------


@transaction.atomic
def send_all(*, by: By, cohort: Cohort, link: str) -> int:
    """To everybody taking part with an address who has had no letter yet; how many. The same form twice sends one.
    `link`: the page where accounts are opened. Raises NoMailServer, NothingToSend, NotAllowed."""
    check_can_run_cohorts(by, cohort.organisation_id)
    check_is_open(cohort)
    _check_set_up()
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    waiting = cohort.enrolments.filter(state__in=[EnrolmentState.INVITED, EnrolmentState.ACTIVE])
    had = InvitationLetter.objects.exclude(state=LetterState.FAILED).filter(enrolment__cohort=cohort)
    found = waiting.exclude(person__email="").exclude(pk__in=had.values("enrolment")).select_related("person")
    made = [_letter(by, enrolment, link) for enrolment in found]
    if not made:
        raise NothingToSend(gettext_lazy("Everybody with an e-mail address has been invited already."))
    for letter in InvitationLetter.objects.bulk_create(made):
        jobs.later(SEND, letter=str(letter.pk))
    return len(made)


@transaction.atomic
def send_again(*, by: By, enrolment: Enrolment, link: str) -> InvitationLetter:
    """A new letter with a new code; one that is on its way already is enough. Raises NoMailServer, NotAllowed,
    NothingToSend without an address."""
    check_can_run_cohorts(by, enrolment.cohort.organisation_id)
    check_is_open(enrolment.cohort)
    _check_set_up()
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if on_its_way := enrolment.letters.filter(state__in=list(ON_ITS_WAY)).first():
        return on_its_way
    if not enrolment.person.email:
        raise NothingToSend(gettext_lazy("This person has no e-mail address. Print the invitation."))
    letter = _letter(by, enrolment, link)
    letter.save()
    jobs.later(SEND, letter=str(letter.pk))
    return letter


def _check_set_up() -> None:
    if not mail.is_set_up():
        raise NoMailServer(gettext_lazy("No mail server is set up (KHUE_EMAIL_HOST). Print the invitations."))


def _letter(by: By, enrolment: Enrolment, link: str) -> InvitationLetter:
    asked_by = by.person_id if by else None
    return InvitationLetter(enrolment=enrolment, address=enrolment.person.email, link=link, asked_by_id=asked_by)


def deliver(letter_id: UUID) -> None:
    """The job."""
    letters.deliver(letter_id, of=InvitationLetter, written=written, job=SEND)


def written(letter: InvitationLetter) -> mail.Letter:
    """In the person's language, else the programme's; with a new code unless they have opened their account."""
    enrolment = Enrolment.objects.select_related("person", "place", "cohort__version").get(pk=letter.enrolment_id)
    person, cohort = enrolment.person, enrolment.cohort
    code = people.invite(by=None, person_ids=[person.pk]).get(person.pk, "")
    with override(letters.language_of(enrolment.person, enrolment.cohort)):
        context = {
            "person": person,
            "cohort": cohort,
            "place": enrolment.place,
            "first": sessions.first_of(cohort),
            "code": code,
            "link": f"{letter.link}#{code}" if code else letter.link.removesuffix("join/"),
            "page": letter.link,
            "days": people.CODE_DAYS,
        }
        return mail.Letter(
            to=letter.address,
            subject=_("Invitation: %(cohort)s") % {"cohort": cohort.name},
            text=render_to_string("academy/letters/invitation.txt", context),
            html=render_to_string("academy/letters/invitation.html", context),
            id=letter.pk.hex,
        )
