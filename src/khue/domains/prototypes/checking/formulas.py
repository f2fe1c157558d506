"""Formulas of calculated parts name only fields that there are."""

from collections.abc import Iterator

from khue.domains.prototypes.checking.finding import Found
from khue.domains.prototypes.checking.source import Source
from khue.domains.prototypes.fitting.names import slug, used


def find(source: Source) -> Iterator[Found]:
    if source.code.strip():  # a script may make fields of its own
        return
    known = _names(source)
    for node in source.tree.css("k-calc[formula]"):
        formula = node.attributes.get("formula") or ""
        for name in sorted(used(formula)):
            if name not in known and slug(name) not in known:
                yield Found("unknown-name", formula, name)


def _names(source: Source) -> set[str]:
    given = set()
    for node in source.tree.css("k-field, k-calc"):
        given.add(node.attributes.get("name") or slug(node.attributes.get("label") or ""))
    for node in source.tree.css("input, select, textarea"):
        given.update(filter(None, (node.attributes.get("name"), node.attributes.get("id"))))
    return given | {slug(name) for name in given}
