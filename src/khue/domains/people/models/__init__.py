"""Who there is: organisations as a tree, people, and the roles that they hold there."""

from khue.domains.people.models.change import Change, ChangeKind
from khue.domains.people.models.invitation import Invitation
from khue.domains.people.models.membership import ROLE_LABELS, Membership
from khue.domains.people.models.organisation import Organisation, OrganisationKind
from khue.domains.people.models.person import Person, Theme

__all__ = [
    "ROLE_LABELS",
    "Change",
    "ChangeKind",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Theme",
]
