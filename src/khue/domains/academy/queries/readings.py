"""How far a person has read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from khue.domains.academy.models import Reading, Topic


@dataclass(frozen=True)
class Progress:
    """Topics of a version: how many there are, how many were begun, how many read to the end."""

    topics: int
    begun: int = 0
    finished: int = 0


def progress_of(person_id: UUID, version_ids: Iterable[UUID]) -> dict[UUID, Progress]:
    """Version → progress, in two queries whatever their number."""
    wanted = list(version_ids)
    topics = dict(
        Topic.objects.filter(version__in=wanted).order_by().values_list("version").annotate(Count("pk")).values_list(
            "version", "pk__count")
    )  # fmt: skip
    states: dict[UUID, list[bool]] = defaultdict(list)
    readings = Reading.objects.filter(person=person_id, topic__version__in=wanted)
    for version_id, finished_at in readings.values_list("topic__version", "finished_at"):
        states[version_id].append(finished_at is not None)
    return {version: Progress(topics.get(version, 0), len(states[version]), sum(states[version])) for version in wanted}


def readings_of(person_id: UUID, version_id: UUID) -> dict[UUID, Reading]:
    """Topic → the person's reading of it."""
    found = Reading.objects.filter(person=person_id, topic__version=version_id)
    return {reading.topic_id: reading for reading in found}
