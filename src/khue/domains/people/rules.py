"""Roles and where they hold: plain facts about who may act in which organisation."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID


class Role(StrEnum):
    PARTICIPANT = "participant"
    LECTURER = "lecturer"
    COORDINATOR = "coordinator"
    STEWARD = "steward"
    ADMINISTRATOR = "administrator"


# what each role may give to others, and so whose accounts it may look after
GRANTS: dict[Role, frozenset[Role]] = {
    Role.COORDINATOR: frozenset({Role.PARTICIPANT, Role.LECTURER}),
    Role.ADMINISTRATOR: frozenset(Role),
}


@dataclass(frozen=True)
class Actor:
    """Someone acting now, in one organisation.

    `roles` are held at `organisation_id`, directly or by an organisation above it, and so in its whole `branch`: the
    organisation and all below it. `organisations` are those whose things the person may see: each with a membership,
    and all below it. `above` are the ancestors of `organisation_id`: what these share downward is visible, nothing
    else of theirs.
    """

    person_id: UUID
    name: str
    organisation_id: UUID
    roles: frozenset[Role]
    organisations: frozenset[UUID]
    above: frozenset[UUID]
    branch: frozenset[UUID] = frozenset()

    def is_a(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))


@dataclass(frozen=True)
class Holding:
    """A role in an organisation."""

    organisation_id: UUID
    role: Role


def grantable(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles that a holder of `roles` may give and take away."""
    return frozenset[Role]().union(*(GRANTS.get(role, frozenset()) for role in roles))


def ancestors(path: str) -> list[str]:
    """The paths above: "academy/hcm/law/" → ["academy/", "academy/hcm/"]."""
    slugs = path.strip("/").split("/")
    return ["/".join(slugs[:depth]) + "/" for depth in range(1, len(slugs))]


def depth(path: str) -> int:
    return path.count("/") - 1


def plain(text: str) -> str:
    """Lower case without diacritics, to find "Nguyễn Thị Đào" by "nguyen dao"."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def takes_passkeys(host: str, *, is_secure: bool) -> bool:
    """Whether a browser makes passkeys for an address (WebAuthn Level 3, section 5.1.3): a secure one, under a name;
    localhost counts as secure, an IP address is no name."""
    name = urlsplit(f"//{host}").hostname or ""
    is_number = ":" in name or name.replace(".", "").isdigit()
    return not is_number and (is_secure or name == "localhost" or name.endswith(".localhost"))
