"""Who there is: organisations as a tree, people, and the roles that they hold there."""

from khue.domains.people.models.membership import Membership
from khue.domains.people.models.organisation import Organisation
from khue.domains.people.models.person import Person

__all__ = ["Membership", "Organisation", "Person"]
