"""Where a call may go: the servers of an alias that the policy lets its class reach, in the order of trying."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.errors import ClassNotAllowed
from khue.gateway.policy import decisions
from khue.gateway.policy.rules import Decision, Ruling
from khue.gateway.providers import health
from khue.gateway.providers.file import Provider


@dataclass(frozen=True)
class Route:
    provider: Provider
    decision: Decision


def routes(providers: Sequence[Provider], data_class: DataClass, organisation_id: UUID | None) -> list[Route]:
    """At least one; raises ClassNotAllowed with the words of the first refusal."""
    decided = decisions.by_zone(data_class, {provider.info.zone for provider in providers}, organisation_id)
    found = [Route(provider, decided[provider.info.zone]) for provider in health.in_order(providers)]
    allowed = [route for route in found if route.decision.decision != Ruling.DENY]
    if not allowed:
        zone = providers[0].info.zone
        raise ClassNotAllowed(decided[zone], zone)
    return allowed
