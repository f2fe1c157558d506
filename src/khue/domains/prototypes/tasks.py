"""Jobs of tools."""

from uuid import UUID

from khue.domains.prototypes.actions import pictures, tools
from khue.kernel import jobs


@jobs.task(name=tools.PICTURE)
def picture(version: str) -> None:
    pictures.take(UUID(version))
