"""What a tool's channel may give: a data set to read, an assistant to ask."""

from typing import Any
from uuid import UUID

from khue.domains.analysis import api as analysis
from khue.domains.people.api import Actor
from khue.domains.prototypes.models import Tool
from khue.domains.stewardship import api as stewardship

MOST_ROWS = 2000


def datasets(by: Actor) -> list[tuple[UUID, str]]:
    return [(one.id, one.title) for one in analysis.datasets_of(by)]


def assistants(by: Actor) -> list[str]:
    """Short names of those that are published in the person's places."""
    return sorted(
        name.partition("/")[2]
        for name in stewardship.served_ids("assistant", [by.organisation_id, *by.organisations, *by.above])
    )


def rows(tool: Tool, by: Actor) -> dict[str, Any]:
    """Raises analysis.NoSuchDataset for what the reader may not read."""
    if tool.dataset is None:
        raise analysis.NoSuchDataset(tool.title)
    return analysis.rows_of(tool.dataset, by=by, most=MOST_ROWS)
