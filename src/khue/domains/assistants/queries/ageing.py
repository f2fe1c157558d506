"""Sources of an assistant that want a look: gone, changed since its test, expired, untouched for long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from khue.domains.assistants.benching.expiry import WORDS, expires_on
from khue.domains.assistants.models import Assistant, Run, RunState
from khue.domains.assistants.queries import knowledge
from khue.domains.people.api import Actor

# a source that nobody has touched for so long is looked at again
OLD = timedelta(days=365)
MOST = 30


@dataclass(frozen=True)
class Stale:
    """`why`: gone, expired, changed, old. `on`: since when; of what is gone, today."""

    title: str
    why: str
    on: date


def stale(assistant: Assistant, reader: Actor) -> list[Stale]:
    """The most pressing first; a document once."""
    first: dict[str, Stale] = {}
    for one in _stale(assistant, reader):
        first.setdefault(one.title, one)
    return list(first.values())[:MOST]


def _stale(assistant: Assistant, reader: Actor) -> Iterator[Stale]:
    shape = assistant.published.shape if assistant.published else assistant.definition
    today = timezone.localdate()
    yield from (Stale(name, "gone", today) for name in knowledge.lacking(shape, reader))
    for document, text in knowledge.saying(shape, reader, WORDS):
        until = expires_on(text)
        if until and until < today:
            yield Stale(document.title, "expired", until)
    run = Run.objects.filter(version__assistant=assistant, state=RunState.DONE).order_by("-created_at").first()
    for document in knowledge.recent(shape, reader):
        if run and document.changed_at > run.created_at:
            yield Stale(document.title, "changed", timezone.localdate(document.changed_at))
    for document in knowledge.oldest(shape, reader):
        if document.changed_at < timezone.now() - OLD:
            yield Stale(document.title, "old", timezone.localdate(document.changed_at))
