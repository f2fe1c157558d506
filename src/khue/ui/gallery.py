"""What the page of components shows: each include with the words at its head."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest

FOLDER = Path(__file__).resolve().parent / "templates" / "ui" / "components"
SPECIMENS = FOLDER.parent / "specimens"
_HEAD = re.compile(r"{% comment %}\n(?P<doc>.*?){% endcomment %}", re.DOTALL)


@cache
def documented() -> dict[str, str]:
    """Component → what stands in the comment at its head."""
    found = ((path.stem.lstrip("_"), _HEAD.match(path.read_text())) for path in sorted(FOLDER.glob("_*.html")))
    return {name: head["doc"].strip() for name, head in found if head}


def specimens(request: HttpRequest) -> dict[str, Any]:
    return {"specimens": [(name, doc, f"ui/specimens/{name}.html") for name, doc in documented().items()]}
