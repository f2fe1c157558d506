"""What other domains may know of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest

from khue.domains.people.actions import accounts, demo, newcomers, rehearsals
from khue.domains.people.actions.demo import DemoAccount, DemoRefused
from khue.domains.people.actions.newcomers import CODE_DAYS, Newcomer
from khue.domains.people.actions.rehearsals import RehearsalAcademy, RehearsalThere
from khue.domains.people.actions.scratch import scratch_actor
from khue.domains.people.queries import actors, organisations, people
from khue.domains.people.queries.actors import NoMembership, actor_of
from khue.domains.people.queries.organisations import Site
from khue.domains.people.rules import Actor, Role

__all__ = [
    "Actor",
    "CODE_DAYS",
    "DemoAccount",
    "DemoRefused",
    "Newcomer",
    "NoMembership",
    "RehearsalAcademy",
    "RehearsalThere",
    "Role",
    "Site",
    "actor",
    "actor_of",
    "create_administrator",
    "create_participants",
    "close_demo",
    "close_rehearsal",
    "close_double",
    "correct_newcomers",
    "demo_accounts",
    "has_open_demo_accounts",
    "give_participant_role",
    "invite",
    "load_demo",
    "operator",
    "organisation_id",
    "organisation_lineage",
    "organisation_roots",
    "organisation_slugs",
    "organisation_labels",
    "organisation_names",
    "organisations_below",
    "open_rehearsal",
    "person_called",
    "person_names",
    "persons_with_email",
    "rehearsals_kept",
    "scratch_actor",
    "sites",
    "teachers",
]


def actor(request: HttpRequest) -> Actor:
    """The signed-in person as an Actor, found once a request."""
    return actors.of_request(request)


def operator(username: str = "") -> Actor:
    """Who acts at the server's own console: the named person, else the first administrator.

    Raises NoMembership when there is nobody yet.
    """
    return actors.at_console(username)


def organisation_id(slug: str) -> UUID:
    """Raises LookupError for an unknown short name."""
    return organisations.id_of(slug)


def organisation_roots() -> list[UUID]:
    """The head of every tree that is in use."""
    return organisations.roots()


def organisation_lineage(organisation_id: UUID) -> list[UUID]:
    """The root of its tree first, itself last; empty where there is no such organisation."""
    return organisations.lineage(organisation_id)


def organisation_slugs(organisation_id: UUID) -> tuple[str, ...]:
    """Short names from the root of its tree to itself; empty where there is no such organisation."""
    return organisations.slugs(organisation_id)


def sites(organisation_id: UUID) -> list[Site]:
    """The organisation itself and the branch campuses below it."""
    return organisations.sites(organisation_id)


def organisation_labels(by: Actor) -> dict[UUID, str]:
    """The organisation where the person works now and all below it, in the order of the tree and set in like it."""
    return organisations.labels(by)


def organisations_below(by: Actor, organisation_id: UUID) -> frozenset[UUID]:
    """It and all below it; empty unless it is in the person's branch."""
    return organisations.below(by, organisation_id)


def organisation_names(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """In the active language."""
    return organisations.names(organisation_ids)


def person_names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    return people.names(person_ids)


def person_called(name: str) -> UUID | None:
    """Whose user name or e-mail address this is, of those who can sign in."""
    return people.called(name)


def create_administrator(*, username: str, full_name: str, email: str, organisation: str) -> str:
    """An administrator of the organisation with this short name or, if there is none, of a new root of this name.

    Returns the temporary password. Raises a UserError when the name is taken.
    """
    return accounts.create_administrator(
        username=username, full_name=full_name, email=email, organisation=organisation
    ).password


def load_demo(folder: Path) -> list[DemoAccount]:
    """Organisations and accounts of `folder`; a second time changes nothing.

    Raises DemoRefused unless the server listens on loopback.
    """
    return demo.load(folder)


def demo_accounts(folder: Path) -> list[DemoAccount]:
    """The demo accounts that exist, for `khue up` to print."""
    return demo.accounts(folder)


def has_open_demo_accounts() -> bool:
    return demo.are_open()


def close_demo() -> int:
    """Closes the demo accounts for good and returns how many there were; what they made stays."""
    return demo.close()


def persons_with_email(addresses: Iterable[str]) -> dict[str, UUID]:
    """Whose account each address (lower case) is; those that nobody has are left out."""
    return people.with_email(addresses)


def create_participants(*, by: Actor | None, newcomers_: Sequence[Newcomer]) -> list[UUID]:
    """Accounts without a password, opened later by `invite`'s codes; ids in the order given. Raises NotAllowed."""
    return [person.pk for person in newcomers.create_participants(by=by, newcomers=newcomers_)]


def correct_newcomers(*, by: Actor | None, facts: dict[UUID, tuple[str, str]]) -> set[UUID]:
    """person → name and e-mail; only accounts that nobody has opened yet are changed, and these are returned."""
    return newcomers.correct(by=by, facts=facts)


def give_participant_role(*, by: Actor | None, places: dict[UUID, UUID]) -> None:
    """person → organisation; a second time changes nothing. Raises NotAllowed."""
    newcomers.give_participant_role(by=by, places=places)


def invite(*, by: Actor | None, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """New one-time codes for those who have not opened their account yet; to be shown or sent once. Page: /join/."""
    return newcomers.invite(by=by, person_ids=person_ids)


def open_rehearsal(
    name: str,
    *,
    names: Mapping[str, str],
    campuses: Sequence[Mapping[str, str]],
    coordinator: str,
    lecturers: Sequence[str] = (),
) -> RehearsalAcademy:
    """An academy of its own, with campuses, a coordinator and lecturers who can sign in. Raises RehearsalThere."""
    return rehearsals.open_academy(
        name=name, names=names, campuses=campuses, coordinator=coordinator, lecturers=lecturers
    )


def rehearsals_kept() -> list[str]:
    return rehearsals.kept()


def close_rehearsal(name: str) -> int:
    """Deletes its organisations and people, and returns how many people; what other domains keep of them goes first."""
    return rehearsals.close_academy(name)


def close_double(*, by: Actor | None, person_id: UUID, into_id: UUID, name: str = "") -> bool:
    """One human being has both accounts: the first is closed, its e-mail goes to the second if that has none, which is
    called `name` if one is given. False: the first was opened or holds other roles, and is left as it is."""
    return newcomers.close_double(by=by, person_id=person_id, into_id=into_id, name=name)


def teachers(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Who may teach in one of these organisations or below: lecturers, coordinators, administrators, by name."""
    return people.teachers(organisation_ids)
