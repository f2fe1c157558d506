"""Jobs of synthesis."""

from uuid import UUID

from khue.domains.synthesis.actions import working
from khue.kernel import jobs


@jobs.task(name=working.WORK)
def work(synthesis: str) -> None:
    working.work(UUID(synthesis))
