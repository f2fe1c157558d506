"""Assistants under /v1: the model id "assistant/<short name>"."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import F

from khue.domains.assistants.actions import answering, visits
from khue.domains.assistants.models import Assistant, Channel, State


class Served:
    """stewardship.rules.Served."""

    prefix = "assistant"

    def ids(self, organisation_ids: Sequence[UUID]) -> dict[str, str]:
        found = Assistant.objects.filter(state=State.PUBLISHED, organisation_id__in=organisation_ids)
        return {f"assistant/{slug}": place for slug, place in found.values_list("slug", F("organisation__slug"))}

    def answer(self, name: str, question: str) -> Iterator[str]:
        assistant = visits.published(name.partition("/")[2])
        asked = visits.ask(assistant=assistant, question=question, channel=Channel.V1)
        for event in visits.stream(message=asked):
            if isinstance(event, answering.Unchecked):
                yield ""
        yield asked.answer["answer"]
