"""What an assistant stands on: sources, their class, the model."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from khue.domains.assistants.definition.shape import Definition
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import Actor
from khue.domains.procedures import api as procedures
from khue.gateway import api as gateway


def held(definition: Definition, reader: Actor) -> knowledge.Holdings:
    """All documents that it may look into."""
    return knowledge.holdings(reader, **_which(definition, reader))


def sample(definition: Definition, reader: Actor) -> list[knowledge.DocumentRef]:
    return knowledge.sample(reader, **_which(definition, reader))


def recent(definition: Definition, reader: Actor) -> list[knowledge.DocumentRef]:
    """What changed last."""
    return knowledge.sample(reader, order="-updated_at", **_which(definition, reader))


def oldest(definition: Definition, reader: Actor) -> list[knowledge.DocumentRef]:
    return knowledge.sample(reader, order="updated_at", **_which(definition, reader))


def saying(definition: Definition, reader: Actor, words: Sequence[str]) -> list[tuple[knowledge.DocumentRef, str]]:
    """Documents with the passages in which one of the words stands."""
    return knowledge.passages_saying(reader, words, **_which(definition, reader))


def _which(definition: Definition, reader: Actor) -> dict[str, Any]:
    names = set(definition.knowledge.collections)
    collections = [one.id for one in knowledge.collections_of(reader) if one.name in names] if names else []
    kind = procedures.KIND if definition.knowledge.procedures is not None else ""
    return {"collections": collections, "documents": [one.id for one in chosen(definition, reader)], "kind": kind}


def chosen(definition: Definition, reader: Actor) -> list[knowledge.DocumentRef]:
    """The single documents that are there and readable."""
    wanted = definition.knowledge.documents
    if not wanted:
        return []
    ids = [UUID(one.id) for one in wanted if one.id]
    titles = [one.title for one in wanted if not one.id]
    return knowledge.find_documents(reader, ids=ids, titles=titles, limit=500)


def lacking(definition: Definition, reader: Actor) -> list[str]:
    """Names of collections and titles of documents that are not there (any more), or not to be read."""
    there = {one.name for one in knowledge.collections_of(reader)}
    found = chosen(definition, reader)
    have = {str(one.id) for one in found} | {one.title for one in found}
    missing = [one.title for one in definition.knowledge.documents if (one.id or one.title) not in have]
    return [*(name for name in definition.knowledge.collections if name not in there), *missing]


def fingerprint(definition: Definition, reader: Actor) -> str:
    return held(definition, reader).fingerprint


def model() -> str:
    """Which chat model answers, with its digest."""
    chat = [one for one in gateway.providers() if one.kind == "chat"]
    return "; ".join(f"{one.name} {one.model} {one.model_digest[:12]}".strip() for one in chat)[:300]
