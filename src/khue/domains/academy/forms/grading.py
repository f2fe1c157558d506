"""A grade as a form: a level and words for each criterion, words for all of it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from khue.domains.academy.actions.grading import Marks

LONGEST = 10_000


def marks(data: QueryDict, rubric: Mapping[str, Any]) -> Marks:
    """What is no number is left out; whether it is complete is for the action to say."""
    keys = [criterion["key"] for criterion in rubric["criteria"]]
    levels = {key: int(raw) for key in keys if (raw := data.get(f"level-{key}", "")).isdecimal() and len(raw) < 4}
    return Marks(
        levels=levels,
        notes={key: data.get(f"note-{key}", "")[:LONGEST] for key in keys},
        words=data.get("words", "")[:LONGEST],
        again=data.get("again") == "1",
        is_done=data.get("act") == "done",
    )


def revision(data: QueryDict) -> int:
    raw = data.get("revision", "")
    return int(raw) if raw.isdecimal() and len(raw) < 9 else -1


def wants_json(request: HttpRequest) -> bool:
    """A script that keeps what is written, while it is written."""
    return request.headers.get("Accept", "").startswith("application/json")
