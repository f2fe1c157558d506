"""Keeping the place in a topic's page."""

from uuid import UUID

from khue.domains.academy.models import Reading, Topic
from khue.kernel import clock


def reach(*, person_id: UUID, topic: Topic, section: int) -> Reading:
    """Remembers the farthest section; going back does not lose the place."""
    reading, _made = Reading.objects.get_or_create(person_id=person_id, topic=topic)
    Reading.objects.filter(pk=reading.pk, section__lt=section).update(section=section, updated_at=clock.now())
    return reading


def finish(*, person_id: UUID, topic: Topic) -> Reading:
    """Read to the end; the first time counts."""
    reading, _made = Reading.objects.get_or_create(person_id=person_id, topic=topic)
    Reading.objects.filter(pk=reading.pk, finished_at=None).update(finished_at=clock.now(), updated_at=clock.now())
    return reading
