"""Jobs of the library."""

from uuid import UUID

from khue.domains.knowledge.actions import documents, indexing
from khue.domains.knowledge.actions.adding import EMBED
from khue.domains.knowledge.queries import lexical
from khue.kernel import jobs


@jobs.task(name=documents.READ)
def read(document: str) -> None:
    documents.read(UUID(document))


@jobs.task(name=EMBED, retries=10)
def embed() -> None:
    lexical.follow(wait=False)
    indexing.embed_waiting()
