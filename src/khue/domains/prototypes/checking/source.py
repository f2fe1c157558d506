"""A tool's HTML as the checks see it: its own code without the library that every tool carries."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)(?:</script\s*>|\Z)", re.IGNORECASE | re.DOTALL)
STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
LIBRARY = re.compile(r"\s*(?://|/\*) Khuê parts \d")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.DOTALL)
SETTINGS = 'script[type="application/json"]'
POLICY = re.compile(r"<meta\s[^>]*Content-Security-Policy[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    html: str

    @cached_property
    def own(self) -> str:
        """Without the library and the policy."""
        bare = SCRIPT.sub(lambda found: "" if LIBRARY.match(found[2]) else found[0], POLICY.sub("", self.html))
        return STYLE.sub(lambda found: "" if LIBRARY.match(found[1]) else found[0], bare)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.own)

    @cached_property
    def code(self) -> str:
        """Own scripts and handlers, without their comments."""
        scripts = [text for attributes, text in SCRIPT.findall(self.own) if "json" not in attributes]
        handlers = [value or "" for name, value in self._attributes() if name.startswith("on")]
        return "\n".join(COMMENT.sub(" ", text) for text in [*scripts, *handlers])

    @cached_property
    def styles(self) -> str:
        return "\n".join(
            [*STYLE.findall(self.own), *(value or "" for name, value in self._attributes() if name == "style")]
        )

    @cached_property
    def text(self) -> str:
        """What people read: texts, labels and settings of parts."""
        tree = LexborHTMLParser(self.own)
        told = " ".join(text for node in tree.css(SETTINGS) for text in texts(node.text()))
        named = " ".join(
            value or "" for name, value in self._attributes() if name in {"label", "hint", "title", "options"}
        )
        tree.strip_tags(["script", "style"])
        body = tree.body.text(separator=" ") if tree.body else ""
        return f"{body} {named} {told}"

    def _attributes(self) -> list[tuple[str, str | None]]:
        return [pair for node in self.tree.css("*") for pair in node.attributes.items()]


def texts(settings: str) -> Iterator[str]:
    """What stands in a part's settings, without the names of the settings."""
    try:
        yield from _strings(json.loads(settings))
    except (json.JSONDecodeError, RecursionError):
        yield settings


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from _strings(inside)
