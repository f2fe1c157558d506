"""Jobs of drafting."""

from uuid import UUID

from khue.domains.drafting.actions import rewriting, writing
from khue.kernel import jobs


@jobs.task(name=writing.WRITE, retries=1)
def write(draft: str, documents: list[str]) -> None:
    writing.write(UUID(draft), [UUID(one) for one in documents])


@jobs.task(name=rewriting.REWRITE, retries=1)
def rewrite(rewrite: str) -> None:
    rewriting.write(UUID(rewrite))
