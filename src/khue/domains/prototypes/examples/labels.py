"""What the fields, results and buttons of a tool are called, read from its HTML."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

NAMED = ("label", "title", "text", "name", "question", "result", "button")
SPOKEN = "label, legend, button, th, dt, summary, option"


def labels(html: str) -> tuple[str, ...]:
    """Longest first, so that the first that fits is the most exact."""
    tree = LexborHTMLParser(html)
    found = {node.text(deep=True).strip() for node in tree.css(SPOKEN)}
    for node in tree.css("[label], [aria-label], [placeholder]"):
        found.update(str(node.attributes.get(name) or "") for name in ("label", "aria-label", "placeholder"))
    for node in tree.css('script[type="application/json"]'):
        found.update(_told(node.text()))
    return tuple(sorted((one for one in found if 0 < len(one) <= 80), key=lambda one: (-len(one), one)))


def _told(text: str) -> set[str]:
    try:
        return set(_names(json.loads(text)))
    except json.JSONDecodeError:
        return set()


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            if name in NAMED and isinstance(inside, str):
                yield inside.strip()
            else:
                yield from _names(inside)
    elif isinstance(value, list):
        for inside in value:
            yield inside.strip() if isinstance(inside, str) else ""
            yield from _names(inside)
