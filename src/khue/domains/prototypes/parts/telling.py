"""The parts in words: for a model that writes with them, and for somebody who reads what it wrote."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).resolve().parent / "elements.yaml"
# what a free tool is usually made of; the others are whole tools, which patterns build
COMMON = ("k-field", "k-calc", "k-sheet", "k-form", "k-table", "k-count", "k-chart", "k-checklist", "k-steps")


@cache
def _told() -> dict[str, Any]:
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))


def guide(*, whole: bool = False) -> str:
    """How the parts are written, one a line, short enough for a prompt; `whole` has all of them."""
    names = _told() if whole else COMMON
    return "\n".join(f"- {_told()[name]['written']}" for name in names)


def meanings(language: str) -> dict[str, str]:
    """What each element does, in a sentence."""
    return {name: str(told["meaning"][language]) for name, told in _told().items()}
