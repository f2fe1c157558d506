"""Accounts: made by those who look after people, never by visitors."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions import memberships, organisations
from khue.domains.people.actions.record import record
from khue.domains.people.models import ChangeKind, Membership, Organisation, OrganisationKind, Person
from khue.domains.people.permissions import can_control_account
from khue.domains.people.queries import people
from khue.domains.people.rules import Actor, Role
from khue.gateway import api as gateway
from khue.kernel.errors import NotAllowed, UserError

TEMPORARY_PASSWORD_DAYS = 7
# no letter or digit that is mistaken for another when read aloud or from paper
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class NameTaken(UserError):
    """The username or the e-mail address belongs to another account."""


class OwnAccount(UserError):
    """People do not close their own account here."""


@dataclass(frozen=True)
class NewAccount:
    """`password` is shown once and kept nowhere."""

    person: Person
    password: str


@transaction.atomic
def create(
    *,
    by: Actor | None,
    username: str,
    full_name: str,
    organisation: Organisation,
    roles: Iterable[Role],
    email: str = "",
    language: str = "",
) -> NewAccount:
    """An account with a temporary password, to be changed at the first sign-in within 7 days.

    `by=None`: the operator at the server's own console. Raises NameTaken, NotAllowed.
    """
    if people.is_username_taken(username):
        raise NameTaken(_("The username “%(name)s” is taken. Choose another one.") % {"name": username})
    if email and people.is_email_taken(email):
        raise NameTaken(
            _("An account with this e-mail address exists already. Use another address, or leave it empty.")
        )
    person = Person(username=username, full_name=full_name, email=email, language=language, working_in=organisation)
    password = _give_temporary_password(person)
    person.save()
    record(ChangeKind.ACCOUNT_CREATED, by=by, person=person, organisation=organisation, detail=username)
    for role in roles:
        memberships.grant(by=by, person=person, organisation=organisation, role=role)
    return NewAccount(person, password)


@transaction.atomic
def create_administrator(*, username: str, full_name: str, email: str, organisation: str) -> NewAccount:
    """At the server's own console: for the organisation of this short name, or a new root of this name."""
    place = Organisation.objects.filter(slug=organisation).first() or organisations.create(
        by=None, parent=None, kind=OrganisationKind.ACADEMY, names={"vi": organisation}
    )
    return create(
        by=None, username=username, full_name=full_name, email=email, organisation=place, roles=[Role.ADMINISTRATOR]
    )


@transaction.atomic
def reset_password(*, by: Actor | None, person: Person) -> str:
    """A new temporary password; every session of the account ends."""
    _check(by, person)
    password = _give_temporary_password(person)
    person.save(update_fields=["password", "password_expires_at"])
    record(ChangeKind.PASSWORD_RESET, by=by, person=person)
    return password


@transaction.atomic
def remove_second_step(*, by: Actor | None, person: Person) -> None:
    """For somebody who lost the telephone or the key: authenticator app, passkeys and recovery codes are removed."""
    _check(by, person)
    Authenticator.objects.filter(user=person).delete()
    record(ChangeKind.SECOND_STEP_REMOVED, by=by, person=person)


@transaction.atomic
def deactivate(*, by: Actor | None, person: Person) -> None:
    """No more sign-in, and signed out everywhere at once, also from an answer that is just being written; roles and
    works stay."""
    _check(by, person)
    if by is not None and by.person_id == person.pk:
        raise OwnAccount(_("You cannot close your own account. Ask another administrator."))
    for membership in Membership.objects.current().filter(person=person, role=Role.ADMINISTRATOR):
        if not memberships.is_another_administrator_of(membership):
            raise memberships.LastAdministrator(
                _("This is the last administrator of %(organisation)s. Give the role to somebody else first.")
                % {"organisation": membership.organisation}
            )
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(ChangeKind.ACCOUNT_DEACTIVATED, by=by, person=person)
    gateway.end_calls(person.pk, reason="AccountClosed")


@transaction.atomic
def reactivate(*, by: Actor | None, person: Person) -> None:
    _check(by, person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(ChangeKind.ACCOUNT_REACTIVATED, by=by, person=person)


def _check(by: Actor | None, person: Person) -> None:
    if by is not None and not can_control_account(by, people.holdings(person)):
        raise NotAllowed(
            _("This person also holds roles beyond your reach. Ask an administrator who looks after all of them.")
        )


def _give_temporary_password(person: Person) -> str:
    password = "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(3))
    person.set_password(password)
    person.password_expires_at = timezone.now() + timedelta(days=TEMPORARY_PASSWORD_DAYS)
    return password
