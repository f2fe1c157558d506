"""Assistants under /v1: the model id "assistant/<short name>"."""

from collections.abc import Generator, Sequence
from contextlib import closing
from uuid import UUID

from django.db.models import F

from khue.domains.assistants.actions import visits
from khue.domains.assistants.models import Assistant, Channel, Outcome, State
from khue.domains.knowledge import api as knowledge
from khue.domains.stewardship.api import Used


class Served:
    """stewardship.rules.Served."""

    prefix = "assistant"

    def ids(self, organisation_ids: Sequence[UUID]) -> dict[str, str]:
        found = Assistant.objects.filter(state=State.PUBLISHED, organisation_id__in=organisation_ids)
        return {f"assistant/{slug}": place for slug, place in found.values_list("slug", F("organisation__slug"))}

    def answer(self, name: str, question: str) -> Generator[str | Used, None, None]:
        """The card at once, then each sentence as soon as it is backed; an empty piece while the model writes."""
        asked = visits.ask(assistant=visits.published(name.partition("/")[2]), question=question, channel=Channel.V1)
        said = asked.answer["answer"] if asked.outcome == Outcome.ANSWERING else ""
        yield said
        between = "\n" if said else ""
        with closing(visits.stream(message=asked)) as events:
            for event in events:
                piece = ""
                if isinstance(event, knowledge.SentenceChecked):
                    piece, between = f"{between}{event.text}", " "
                said += piece
                yield piece
        yield _rest(asked.answer["answer"], said)
        yield Used(**asked.answer.get("used", {}))


def _rest(whole: str, said: str) -> str:
    """What the whole answer has beyond what was said: all of it where there was nothing to say at first."""
    if whole.startswith(said):
        return whole[len(said) :]
    return f"\n{whole}" if said else whole
