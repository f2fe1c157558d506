"""Everything that a sovereignty report says, read once; page and PDF show the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.domains.stewardship.models import ClassDecision
from khue.domains.stewardship.reporting import figures as folding
from khue.domains.stewardship.reporting.figures import Bar, Column, DrawnColumn, Figures
from khue.domains.stewardship.reporting.periods import Period
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass
from khue.kernel import clock


@dataclass(frozen=True)
class Report:
    """Of an organisation with all below it; `connections` that were refused are of the whole server: no organisation
    makes them. `checkpoint` is the last one that was signed when the report was made."""

    organisation: str
    places: int
    period: Period
    made_at: datetime
    figures: Figures
    people: int
    hidden: Mapping[str, int]
    refusals: Sequence[gateway.Refusal]
    decisions: int
    policy_changes: int
    connections: int
    checkpoint: gateway.LatestCheckpoint | None
    kinds_of_places = folding.PLACES

    @property
    def energy_sources(self) -> list[str]:
        """Where the figures come from by which energy and CO2 are estimated."""
        found = gateway.energy_figures()
        return [found["embedded"]["source"].strip(), found["grids"]["VN"]["source"].strip()]

    @property
    def hidden_total(self) -> int:
        return sum(self.hidden.values())

    @property
    def class_bars(self) -> list[Bar]:
        return folding.class_bars(self.figures)

    @property
    def class_table(self) -> list[tuple[DataClass, list[int]]]:
        return folding.class_table(self.figures)

    @property
    def hidden_bars(self) -> list[Bar]:
        return folding.bars(self.hidden)

    @property
    def tool_bars(self) -> list[Bar]:
        return folding.bars(self.figures.tools)

    @cached_property
    def columns(self) -> list[Column]:
        return folding.columns(self.figures, self.period.days)

    @property
    def ceiling(self) -> int:
        return folding.ceiling(max((column.made + column.refused for column in self.columns), default=0))

    @property
    def drawn(self) -> list[DrawnColumn]:
        return folding.drawn(self.columns, self.ceiling)


def report(by: Actor, organisation_id: UUID, period: Period) -> Report | None:
    """None for an organisation that is not in the branch of the actor."""
    places = people.organisations_below(by, organisation_id)
    if not places:
        return None
    zone = timezone.get_current_timezone()
    since, until = period.since(zone), period.until(zone)
    chosen = gateway.Filter(organisation_ids=places, since=since, until=until)
    return Report(
        organisation=people.organisation_names([organisation_id])[organisation_id],
        places=len(places),
        period=period,
        made_at=clock.now(),
        figures=folding.figures(gateway.totals(chosen, time_zone=str(zone))),
        people=gateway.people_total(chosen),
        hidden=gateway.ledger_hidden(chosen),
        refusals=gateway.ledger_refusals(chosen),
        decisions=_decisions(places, since, until),
        policy_changes=sum(found.number for found in gateway.ledger_counts(replace(chosen, kinds=["policy"]))),
        connections=gateway.refused_connections_total(gateway.Filter(since=since, until=until)),
        checkpoint=gateway.latest_checkpoint(),
    )


def _decisions(places: Collection[UUID], since: datetime, until: datetime) -> int:
    made = ClassDecision.objects.filter(organisation__in=places, created_at__gte=since, created_at__lt=until)
    return made.count()
