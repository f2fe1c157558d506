"""Questions without an answer come together by their meaning: what to write next."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.domains.assistants.models import Assistant, Channel, Message, Outcome
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel.errors import UserError
from khue.kernel.models import uuid7

# set on the half "tune" of benchmarks/corpora/assistants: of the pairs that it joins 0.82 belong together, and it joins
# 0.57 of those that do (0.77 and 0.67 on the other half)
SAME = 0.89
MOST = 500


def group_unanswered() -> int:
    """Gives each new one the group of the nearest older one that means the same, or one of its own → how many."""
    waiting = Message.objects.filter(outcome=Outcome.ABSTAINED, group=None).exclude(visit__channel=Channel.PREVIEW)
    done = 0
    for assistant_id in set(waiting.values_list("visit__assistant", flat=True)):
        done += _group(assistant_id)
    return done


def _group(assistant_id: UUID) -> int:
    assistant = Assistant.objects.get(pk=assistant_id)
    asked = Message.objects.filter(visit__assistant=assistant, outcome=Outcome.ABSTAINED)
    asked = asked.exclude(visit__channel=Channel.PREVIEW)
    old = list(asked.exclude(group=None).order_by("-created_at")[:MOST])
    new = list(asked.filter(group=None).order_by("created_at")[:MOST])
    vectors = _vectors(assistant, [one.question for one in [*old, *new]])
    known: list[tuple[UUID, NDArray[np.float32]]] = [
        (one.group, vectors[at]) for at, one in enumerate(old) if one.group
    ]
    for at, one in enumerate(new, start=len(old)):
        one.group = nearest(vectors[at], known) or uuid7()
        known.append((one.group, vectors[at]))
        one.save(update_fields=["group"])
    return len(new)


G = TypeVar("G")


def nearest(
    vector: NDArray[np.float32], known: Sequence[tuple[G, NDArray[np.float32]]], least: float = SAME
) -> G | None:
    """The group of the nearest one, if it is near enough."""
    if not known:
        return None
    likeness = np.stack([other for _, other in known]) @ vector
    best = int(likeness.argmax())
    return known[best][0] if likeness[best] >= least else None


def _vectors(assistant: Assistant, texts: Sequence[str]) -> list[NDArray[np.float32]]:
    """Where there are no embeddings each stands alone: a vector that is like no other."""
    caller = Caller(None, assistant.organisation_id, tool="assistant", purpose="group")
    try:
        return list(gateway.embed(list(texts), kind="query", caller=caller, data_class=DataClass.PUBLIC))
    except UserError:
        return [np.zeros(1, dtype=np.float32) for _ in texts]
