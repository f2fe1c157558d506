"""HTML of a tool, written so that no word of a parameter can become markup."""

import json
from html import escape
from typing import Any


class Markup(str):
    """Text that is HTML already."""


def tag(name: str, attributes: dict[str, Any] | None = None, *children: str) -> Markup:
    """Attributes that are None or False are left out, True stands alone; children that are plain text are escaped."""
    given = "".join(_attribute(key, value) for key, value in (attributes or {}).items())
    inside = "".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children)
    return Markup(f"<{name}{given}>{inside}</{name}>")


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def told(value: Any) -> Markup:
    """Settings of a part, as its JSON child."""
    safe = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(f'<script type="application/json">{safe}</script>')


def part(name: str, settings: dict[str, Any], attributes: dict[str, Any] | None = None) -> Markup:
    return tag(name, attributes, told(settings))


def lines(*pieces: str) -> Markup:
    return Markup("\n".join(piece for piece in pieces if piece))


def head(title: str, intro: str = "") -> Markup:
    return lines(tag("h1", None, title), tag("p", {"class": "k-intro"}, intro) if intro else "")


def figure(value: float) -> str:
    """A number as a formula has it."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def amount(value: float, language: str) -> str:
    """Money as people read it."""
    sign = {"vi": ".", "en": ",", "fr": "\u202f"}[language]
    return f"{value:,.0f}".replace(",", sign) + "\u00a0₫"
