"""Limits, and small decisions. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

LONGEST_IDEA = 4000
LONGEST_WISH = 2000
# of one file; what runs away is cut off while it comes
MOST_HTML = 1_500_000
MOST_ANSWER = 60_000
MOST_REPAIRS = 2
MOST_TOOLS = 300
LANGUAGES = ("vi", "en", "fr")
TITLE_LENGTH = 120
ARROWS = ("→", "⇒", "=>", "->")


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return re.sub(r"\s+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def split(text: str) -> tuple[str, str]:
    """Description, and the lines of it that are examples."""
    lines = text.splitlines()
    examples = [line for line in lines if any(arrow in line for arrow in ARROWS)]
    return "\n".join(line for line in lines if line not in examples).strip(), "\n".join(examples)


def title_of(idea: str) -> str:
    """The first words, until the tool has a name of its own."""
    first = re.split(r"[.\n:;!?]", idea.strip(), maxsplit=1)[0].strip()
    return (first[:TITLE_LENGTH].rsplit(" ", 1)[0] if len(first) > TITLE_LENGTH else first) or "…"


def file_name(title: str) -> str:
    return (re.sub(r"[^\w -]", "", title).strip().replace(" ", "-")[:60] or "tool") + ".html"


def worst(findings: Iterable[Mapping[str, Any]]) -> str:
    """The gravest level among them; empty where there is none."""
    found = {str(one.get("level", "")) for one in findings}
    return next((level for level in ("stop", "error", "warning", "warn", "note") if level in found), "")


def grave(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the static checks say must be changed, with its remedy, in words for a model."""
    return [
        f"{one.get('message', '')} {one.get('remedy', '')}".strip() for one in findings if one.get("level") == "stop"
    ]


def red(outcomes: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the examples that failed say went wrong, in words for a model."""
    return [f"{one.get('text', '')}: {one.get('detail', '')}" for one in outcomes if not one.get("passed")]


def site_of(text: str) -> str | None:
    """An address of a web site as CSP names it; None for what is none."""
    given = text.strip().rstrip("/")
    return given if re.fullmatch(r"https://[\w.-]+(?::\d{1,5})?|http://localhost(?::\d{1,5})?", given) else None
