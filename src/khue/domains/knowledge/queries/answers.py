"""Reads for answering: the passages that bear on a question, with their sentences' vectors."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.answering.evidence import Source
from khue.domains.knowledge.models import Document, Exchange, Passage
from khue.domains.people.api import Actor


def exchange(by: Actor, exchange_id: UUID) -> Exchange:
    """Raises Exchange.DoesNotExist for what is not the person's own."""
    own = Exchange.objects.select_related("conversation").filter(conversation__owner_id=by.person_id)
    return own.get(pk=exchange_id)


def sources(
    by: Actor, cosines: dict[int, float | None], vectors: dict[int, NDArray[np.float32]] | None = None
) -> list[Source]:
    """The passages of these ids that the person may (still) read, in the order given, with their sentences' vectors."""
    found = (
        Passage.objects.filter(pk__in=cosines, document__in=Document.objects.visible_to(by).usable())
        .select_related("document")
        .defer("embedding", "sentence_vectors")
        .in_bulk()
    )
    made = vectors or {}
    return [_source(found[pk], cosine, made.get(pk)) for pk, cosine in cosines.items() if pk in found]


def _source(passage: Passage, cosine: float | None, vectors: NDArray[np.float32] | None) -> Source:
    document = passage.document
    return Source(
        document=str(document.pk),
        passage=passage.pk,
        title=document.title,
        text=passage.text,
        dense=cosine,
        heading=passage.heading,
        page=passage.page,
        start=passage.start,
        language=document.language,
        data_class=document.data_class,
        found=document.found,
        sentences=tuple((int(start), int(end)) for start, end in passage.sentences) or ((0, len(passage.text)),),
        vectors=vectors,
    )


def searched_before(exchanges: Sequence[Exchange]) -> str:
    """What the last question was searched as; empty where there is none."""
    return (exchanges[-1].searched or exchanges[-1].question) if exchanges else ""
