"""From a task to a tool and back: while a task is being done, the tool's pages say for what, what its steps are, and
lead back to it."""

from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

KEY = "way_back"


@dataclass(frozen=True)
class WayBack:
    """`label` and `steps` in the language in which the task was opened; `room`: the first part of the addresses on
    whose pages it is shown ("/work/")."""

    label: str
    url: str
    steps: tuple[str, ...]
    room: str


def remember(request: HttpRequest, *, label: str, url: str, steps: tuple[str, ...], tool: str) -> None:
    """`tool` is the address that is opened now."""
    request.session[KEY] = asdict(WayBack(label, url, steps, f"/{tool.strip('/').split('/')[0]}/"))


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def shown(request: HttpRequest) -> WayBack | None:
    stored: dict[str, Any] | None = request.session.get(KEY) if hasattr(request, "session") else None
    if not stored or not request.path.startswith(stored["room"]):
        return None
    return WayBack(**{**stored, "steps": tuple(stored["steps"])})
