"""How far the vectors are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from khue.domains.knowledge.models import Passage


@dataclass(frozen=True)
class Progress:
    passages: int
    embedded: int

    @property
    def is_complete(self) -> bool:
        return self.embedded == self.passages

    @property
    def share(self) -> float:
        return self.embedded / self.passages if self.passages else 1.0


def progress(collections: Sequence[UUID]) -> Progress:
    """Of the passages of these collections; all can be found by words as soon as they are there."""
    passages = Passage.objects.filter(document__collection__in=collections)
    return Progress(**passages.aggregate(passages=Count("id"), embedded=Count("embedding")))
