"""The library's side of a steward's decisions: documents are things that carry a class."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.actions import classes
from khue.domains.knowledge.queries import classes as queries
from khue.domains.people.api import Actor
from khue.domains.stewardship.api import Raised
from khue.gateway.classes import DataClass


class Documents:
    """stewardship.api.Holder."""

    kind = queries.KIND
    label = _("Documents")

    def count(self, by: Actor) -> int:
        return queries.raised(by).count()

    def raised(self, by: Actor, start: int, stop: int) -> Sequence[Raised]:
        return [queries.as_raised(document) for document in queries.raised(by)[start:stop]]

    def one(self, by: Actor, thing_id: UUID) -> Raised | None:
        return queries.one(by, thing_id)

    def closed(self, by: Actor) -> int:
        return queries.closed(by)

    def settle(self, thing_id: UUID, data_class: DataClass | None) -> DataClass:
        return classes.settle(thing_id, data_class)
