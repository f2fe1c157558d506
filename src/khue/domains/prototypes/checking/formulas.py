"""Formulas of calculated parts name only fields that there are."""

import re
import unicodedata
from collections.abc import Iterator

from khue.domains.prototypes.checking.finding import Found
from khue.domains.prototypes.checking.source import Source

TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"[^\W\d][\w.]*")
WORDS = {"and", "or", "not", "true", "false"}


def find(source: Source) -> Iterator[Found]:
    if source.code.strip():  # a script may make fields of its own
        return
    known = _names(source)
    for node in source.tree.css("k-calc[formula]"):
        formula = node.attributes.get("formula") or ""
        for name in sorted(_used(formula)):
            if name not in known and slug(name) not in known:
                yield Found("unknown-name", formula, name)


def _used(formula: str) -> set[str]:
    bare = TEXT.sub(" ", formula)
    called = {at[0] for at in NAME.finditer(bare) if bare[at.end() :].lstrip().startswith("(")}
    return {at[0] for at in NAME.finditer(bare)} - called - WORDS


def _names(source: Source) -> set[str]:
    given = set()
    for node in source.tree.css("k-field, k-calc"):
        given.add(node.attributes.get("name") or slug(node.attributes.get("label") or ""))
    for node in source.tree.css("input, select, textarea"):
        given.update(filter(None, (node.attributes.get("name"), node.attributes.get("id"))))
    return given | {slug(name) for name in given}


def slug(text: str) -> str:
    """As the parts name a field that was given no name."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return re.sub(r"[^a-z0-9]+", "_", bare).strip("_") or "field"
