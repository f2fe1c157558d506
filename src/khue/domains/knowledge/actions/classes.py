"""Every text is looked at when it comes: its class rises by what stands in it, and a state secret does not come in."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.knowledge.actions.refusals import Refused
from khue.domains.knowledge.models import Document, DocumentStatus
from khue.domains.knowledge.rules import document_class
from khue.gateway import api as gateway
from khue.gateway.api import DataClass
from khue.kernel.errors import UserError

# raise it when the detectors have learned so much that everything should be looked at again
GENERATION = 1
BATCH = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """What a text demands. `found` counts identifiers by type; `is_seen` is False where the detectors failed."""

    data_class: DataClass
    found: dict[str, int] = field(default_factory=dict)
    marking: str = ""
    is_seen: bool = True


def look(text: str) -> Look:
    """Fails closed: what could not be looked at is confidential."""
    try:
        seen = gateway.inspect(text)
    except gateway.DetectorFailed:
        log.warning("A text could not be looked at for personal data; it is held as confidential")
        return Look(DataClass.CONFIDENTIAL, is_seen=False)
    return Look(seen.data_class, dict(seen.found), seen.marking)


def take_in(document: Document, text: str, capitals: Sequence[str] = ()) -> None:
    """Classes a document that is about to be stored. Raises Refused for one that bears a secrecy marking."""
    seen = look("\n".join([document.file_name, *capitals, document.title, "", text]))
    if seen.data_class >= DataClass.SECRET:
        raise Refused("state_secret", seen.marking)
    _note(document, seen)


def _note(document: Document, seen: Look) -> None:
    if set(seen.found) - set(document.found):
        document.settled_class = None  # the decision was about less than this
    document.found, document.marking, document.found_class = seen.found, seen.marking[:60], seen.data_class
    document.looked = GENERATION if seen.is_seen else 0
    reclass(document)


def reclass(document: Document) -> None:
    document.data_class = document_class(
        collection=document.collection.data_class,
        brought=document.brought_class,
        found=document.found_class,
        settled=document.settled_class,
    )


def look_at_waiting(*, most: int | None = None) -> int:
    """Looks at documents that were here before the detectors, or were brought while these failed → how many.

    One that bears a secrecy marking is held back: it is found, shown and sent nowhere until a steward has seen it.
    """
    done, after = 0, UUID(int=0)
    while (most is None or done < most) and (batch := _waiting(after)):
        for document in batch:
            _look_again(document.pk, look(f"{document.title}\n\n{document.body.text}"))
        done, after = done + len(batch), batch[-1].pk
    return done


def _waiting(after: UUID) -> list[Document]:
    waiting = Document.objects.filter(looked__lt=GENERATION, status=DocumentStatus.READY, body__isnull=False)
    return list(waiting.filter(pk__gt=after).select_related("body").order_by("id")[:BATCH])


@transaction.atomic
def _look_again(document_id: UUID, seen: Look) -> None:
    document = Document.objects.select_for_update(of=("self",)).select_related("collection").get(pk=document_id)
    _note(document, seen)
    document.save(
        update_fields=["found", "marking", "found_class", "settled_class", "looked", "data_class", "updated_at"]
    )


# What is asked -----------------------------------------------------------------------------------


class StateSecret(UserError):
    def __init__(self, marking: str) -> None:
        text = _(
            "What you wrote bears the marking “%(marking)s”. State secrets do not belong on this system: nothing was "
            "stored and nothing was sent. If the marking does not apply to your question, leave it out and ask again."
        )
        super().__init__(text % {"marking": marking})


def of_question(question: str) -> Look:
    """Raises StateSecret."""
    seen = look(question)
    if seen.data_class >= DataClass.SECRET:
        raise StateSecret(seen.marking)
    return seen


@dataclass(frozen=True)
class Part:
    """A source of an answer as far as its class goes."""

    n: int
    title: str
    data_class: DataClass
    found: dict[str, int]


def of_exchange(asked: Look, before: int, parts: Sequence[Part]) -> tuple[DataClass, list[dict[str, Any]]]:
    """The highest class of all that takes part, and those that demand it (none for a public one)."""
    highest = DataClass(max([before, asked.data_class, *(part.data_class for part in parts)]))
    reasons: list[dict[str, Any]] = []
    if asked.data_class == highest:
        reasons.append({"of": "question", "found": asked.found, "seen": asked.is_seen})
    reasons += [
        {"of": "document", "n": part.n, "title": part.title, "found": part.found}
        for part in parts
        if part.data_class == highest
    ]
    if not reasons:
        reasons.append({"of": "conversation"})
    return highest, reasons if highest > DataClass.PUBLIC else []


# What a steward decides --------------------------------------------------------------------------


def settle(document_id: UUID, data_class: DataClass | None) -> DataClass:
    """Within the transaction of the signed decision; None takes it back. → the class that the document has now."""
    document = Document.objects.select_for_update(of=("self",)).select_related("collection").get(pk=document_id)
    document.settled_class = data_class
    reclass(document)
    document.save(update_fields=["settled_class", "data_class", "updated_at"])
    return DataClass(document.data_class)
