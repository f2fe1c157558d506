"""The steward's side of released data."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.actions import releases
from khue.domains.analysis.queries import releases as queries
from khue.domains.people.api import Actor
from khue.domains.stewardship.api import Raised
from khue.gateway.api import DataClass


class Releases:
    """stewardship.api.Holder."""

    kind = queries.KIND
    label = _("Data made safe")

    def count(self, by: Actor) -> int:
        return queries.raised(by).count()

    def raised(self, by: Actor, start: int, stop: int) -> Sequence[Raised]:
        return [queries.as_raised(release) for release in queries.raised(by)[start:stop]]

    def one(self, by: Actor, thing_id: UUID) -> Raised | None:
        return queries.one(by, thing_id)

    def closed(self, by: Actor) -> int:
        return queries.closed(by)

    def settle(self, thing_id: UUID, data_class: DataClass | None) -> DataClass:
        return releases.settle(thing_id, data_class)
