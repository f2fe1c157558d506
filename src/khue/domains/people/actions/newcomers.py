"""Many accounts at once, opened by their owners with a one-time code; no password is made for them."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.people.actions.accounts import ALPHABET
from khue.domains.people.actions.record import record
from khue.domains.people.models import Change, ChangeKind, Invitation, Membership, Person
from khue.domains.people.permissions import can_control_account, can_enrol
from khue.domains.people.queries.people import holdings
from khue.domains.people.rules import Actor, Role, plain
from khue.kernel.errors import NotAllowed, UserError

CODE_DAYS = 30
CODE_LENGTH = 12


class InvitationNotGood(UserError):
    """Unknown, used or too old: which one is not said."""

    def __init__(self) -> None:
        super().__init__(
            _("This code does not open an account: it may be mistyped, used already or too old. "
              "Ask the person who invited you for a new one.")
        )  # fmt: skip


@dataclass(frozen=True)
class Newcomer:
    """`email` may be empty. `organisation_id`: where they become a participant."""

    full_name: str
    email: str
    organisation_id: UUID
    language: str = ""


@transaction.atomic
def create_participants(*, by: Actor | None, newcomers: Sequence[Newcomer]) -> list[Person]:
    """Accounts with the role of participant and no password, in the order given: a handful of statements however many
    there are. E-mail addresses must be free. Raises NotAllowed."""
    _check(by, {newcomer.organisation_id for newcomer in newcomers})
    names = _free_usernames([newcomer.full_name for newcomer in newcomers])
    people = [
        Person(
            username=username,
            full_name=newcomer.full_name,
            email=newcomer.email.lower(),
            language=newcomer.language,
            working_in_id=newcomer.organisation_id,
            password=make_password(None),
            search_text=plain(f"{newcomer.full_name} {username} {newcomer.email}"),
        )
        for newcomer, username in zip(newcomers, names, strict=True)
    ]
    Person.objects.bulk_create(people)
    give_participant_role(by=by, places={person.pk: new.organisation_id for person, new in zip(people, newcomers)})  # noqa: B905
    by_id = by.person_id if by else None
    Change.objects.bulk_create(
        Change(kind=ChangeKind.ACCOUNT_CREATED, by_id=by_id, person=person, organisation_id=person.working_in_id,
               detail=person.username)
        for person in people
    )  # fmt: skip
    return people


@transaction.atomic
def give_participant_role(*, by: Actor | None, places: dict[UUID, UUID]) -> None:
    """person → organisation; where they have the role already nothing changes. Raises NotAllowed."""
    _check(by, set(places.values()))
    held = set(
        Membership.objects.current()
        .filter(person_id__in=places, role=Role.PARTICIPANT)
        .values_list("person_id", "organisation_id")
    )
    by_id = by.person_id if by else None
    new = [(person, place) for person, place in places.items() if (person, place) not in held]
    Membership.objects.bulk_create(
        Membership(person_id=person, organisation_id=place, role=Role.PARTICIPANT, granted_by_id=by_id)
        for person, place in new
    )
    Change.objects.bulk_create(
        Change(kind=ChangeKind.ROLE_GRANTED, by_id=by_id, person_id=person, organisation_id=place,
               detail=Role.PARTICIPANT)
        for person, place in new
    )  # fmt: skip


@transaction.atomic
def correct(*, by: Actor | None, facts: dict[UUID, tuple[str, str]]) -> set[UUID]:
    """person → name and e-mail, for accounts that nobody has opened yet; whose they were. The others are left alone:
    an opened account belongs to its owner."""
    people = list(Person.objects.filter(pk__in=facts, last_login=None, is_demo=False))
    unopened = [person for person in people if not person.has_usable_password()]
    for person in unopened:
        person.full_name, person.email = facts[person.pk]
        person.search_text = plain(f"{person.full_name} {person.username} {person.email}")
    Person.objects.bulk_update(unopened, ["full_name", "email", "search_text"])
    return {person.pk for person in unopened}


@transaction.atomic
def invite(*, by: Actor | None, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """New codes for those who have not opened their account yet, by person; earlier codes of theirs end. Codes are
    shown or sent once and kept nowhere."""
    waiting = Person.objects.filter(pk__in=person_ids, is_active=True, last_login=None, is_demo=False)
    people = [person for person in waiting if not person.has_usable_password()]
    Invitation.objects.filter(person__in=people, used_at=None).delete()
    codes = {person.pk: _code() for person in people}
    Invitation.objects.bulk_create(
        Invitation(
            person_id=person_id,
            digest=digest(code),
            expires_at=timezone.now() + timedelta(days=CODE_DAYS),
            issued_by_id=by.person_id if by else None,
        )
        for person_id, code in codes.items()
    )
    return codes


@transaction.atomic
def close_double(*, by: Actor | None, person_id: UUID, into_id: UUID, name: str = "") -> bool:
    """Two accounts are one human being's, and `into_id` goes on, with the e-mail of the other if it has none, under
    `name` if one is given. Whether the other was closed: not one that its owner has opened or that holds other roles,
    unless whoever does this looks after such accounts."""
    double, into = (Person.objects.select_for_update().get(pk=pk) for pk in (person_id, into_id))
    if name:
        into.full_name = name
    may_close = _may_close(by, double)
    if may_close:
        address, double.email, double.is_active = double.email, "", False
        double.save(update_fields=["email", "is_active", "search_text"])
        Invitation.objects.filter(person=double, used_at=None).delete()
        record(ChangeKind.ACCOUNT_DEACTIVATED, by=by, person=double, detail=into.username)
        into.email = into.email or address
    into.save(update_fields=["full_name", "email", "search_text"])
    return may_close


def _may_close(by: Actor | None, person: Person) -> bool:
    held = holdings(person)
    if by is None or can_control_account(by, held):
        return True
    is_opened = person.last_login is not None or person.has_usable_password()
    return not is_opened and all(h.role == Role.PARTICIPANT and can_enrol(by, h.organisation_id) for h in held)


@transaction.atomic
def open_account(*, code: str) -> Person:
    """Whose code it is; it is used up, and a password must be chosen next. Raises InvitationNotGood."""
    found = (
        Invitation.objects.select_for_update()
        .select_related("person")
        .filter(digest=digest(code), used_at=None, expires_at__gt=timezone.now(), person__is_active=True)
        .first()
    )
    if found is None:
        raise InvitationNotGood
    found.used_at = timezone.now()
    found.save(update_fields=["used_at", "updated_at"])
    found.person.password_expires_at = timezone.now() + timedelta(days=CODE_DAYS)
    found.person.save(update_fields=["password_expires_at"])
    return found.person


def digest(code: str) -> str:
    """Of what somebody typed: capitals, spaces and hyphens do not matter."""
    bare = re.sub(r"[\s-]+", "", code).lower()
    return hmac.new(settings.SECRET_KEY.encode(), f"invitation:{bare}".encode(), hashlib.sha256).hexdigest()


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def _check(by: Actor | None, organisations: Collection[UUID]) -> None:
    if by is not None and not all(can_enrol(by, place) for place in organisations):
        raise NotAllowed(_("You may not enrol people here. Ask a coordinator or an administrator of the organisation."))


def _free_usernames(full_names: Sequence[str]) -> Iterator[str]:
    """ "Nguyễn Thị An" → nguyen.thi.an, nguyen.thi.an2 …"""
    bases = [".".join(re.findall(r"[a-z0-9]+", plain(name)))[:100] or "hoc.vien" for name in full_names]
    taken = set(
        name.lower()
        for name in Person.objects.filter(username__iregex=_any_of(bases)).values_list("username", flat=True)
    )
    for base in bases:
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}{number}"
        taken.add(name)
        yield name


def _any_of(bases: Sequence[str]) -> str:
    return "^(" + "|".join(re.escape(base) for base in sorted(set(bases))) + ")[0-9]*$"
