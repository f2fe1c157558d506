"""Vega-Lite to SVG and PNG, in a process of its own without network: a chart may have been edited by hand."""

import base64
import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from khue.kernel.child import Child

SECONDS = 60.0
# of address space: the drawing engine reserves far more than it uses
MEMORY = 512 * 1024**3
_CHILD = Child("khue.domains.analysis.charts.child", str(MEMORY))
_LOCK = Lock()
# on pages, the ink of texts is that of the page
PAGE_INK = {"#56605F": "currentColor", "#56605f": "currentColor"}


class CannotDraw(Exception):
    pass


# how figures are written
LOCALES = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "fr": {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", " €"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
}


def svg(chart: Mapping[str, Any], *, language: str = "en", for_page: bool = False) -> str:
    """`chart` with its data. Raises CannotDraw."""
    drawn = str(_drawn({"spec": json.dumps(chart), "as": "svg", "locale": LOCALES.get(language, LOCALES["en"])}))
    if for_page:
        for colour, ink in PAGE_INK.items():
            drawn = drawn.replace(f'fill="{colour}"', f'fill="{ink}"')
    return drawn


def png(chart: Mapping[str, Any], *, language: str = "en") -> bytes:
    """On white, at twice the size. Raises CannotDraw."""
    spec = json.dumps({**chart, "background": "white"})
    return base64.b64decode(_drawn({"spec": spec, "as": "png", "locale": LOCALES.get(language, LOCALES["en"])}))


def _drawn(request: dict[str, Any]) -> str:
    with _LOCK:
        try:
            answer = _CHILD.ask(request, seconds=SECONDS)
        except (TimeoutError, EOFError) as problem:
            raise CannotDraw("stopped") from problem
    if "fault" in answer:
        raise CannotDraw(answer["fault"])
    return str(answer["drawn"])
