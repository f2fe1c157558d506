"""Jobs of the library."""

from uuid import UUID

from khue.domains.knowledge.actions import documents
from khue.kernel import jobs


@jobs.task(name=documents.READ)
def read(document: str) -> None:
    documents.read(UUID(document))
