"""Can everybody use it: names of fields and buttons, headings, language; and is it whole."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from khue.domains.prototypes import parts
from khue.domains.prototypes.checking.finding import Found
from khue.domains.prototypes.checking.source import Source
from khue.domains.prototypes.checking.tongue import tongue

HEADS = ("h1", "k-heading")
UNNAMED = {"hidden", "submit", "button", "reset", "image"}
PRESSED = {"button", "a", "input", "select", "textarea", "summary", "label", "option", "form", "body", "html"}
BIG, TOO_BIG = 500_000, 2_000_000


def find(source: Source) -> Iterator[Found]:
    yield from _whole(source)
    yield from _named(source)
    yield from _page(source)
    yield from _language(source)


def size(html: str) -> Iterator[Found]:
    octets = len(html.encode("utf-8", "replace"))
    if octets > BIG:
        yield Found("too-large" if octets > TOO_BIG else "large", "", f"{octets / 1_000_000:.1f} MB")


def _whole(source: Source) -> Iterator[Found]:
    for tag in ("script", "style", "textarea", "table", "form"):
        opened = len(re.findall(rf"<{tag}\b", source.own, re.IGNORECASE))
        if opened > len(re.findall(rf"</{tag}\s*>", source.own, re.IGNORECASE)):
            yield Found("unfinished", f"<{tag}>", f"<{tag}>")
    if re.search(r"<[a-z][^<>]*\Z", source.own.rstrip()):
        yield Found("unfinished", source.own.rstrip()[-60:], "<…")
    has_parts = bool(_own_parts(source))
    if not source.text.strip() and not has_parts and not source.code.strip():
        yield Found("empty")


def _named(source: Source) -> Iterator[Found]:
    labelled = {node.attributes.get("for") for node in source.tree.css("label[for]")}
    for node in source.tree.css("input, select, textarea"):
        if (node.attributes.get("type") or "").lower() not in UNNAMED and not _has_name(node, labelled):
            yield Found("no-label", (node.html or "")[:80], node.attributes.get("id") or node.tag or "")
    for node in source.tree.css("k-field"):
        if not node.attributes.get("label"):
            yield Found("no-label", (node.html or "")[:80], "k-field")
    for node in source.tree.css("button"):
        if not (node.text().strip() or node.attributes.get("aria-label") or node.css_first("img[alt]")):
            yield Found("no-name", (node.html or "")[:80])
    for node in source.tree.css("img:not([alt])"):
        yield Found("no-alt", (node.html or "")[:80])
    for node in source.tree.css("[onclick]"):
        if node.tag not in PRESSED and node.attributes.get("role") not in {"button", "link"}:
            yield Found("mouse-only", (node.html or "")[:80], f"<{node.tag}>")
    for node in source.tree.css("table"):
        if node.css_first("tr") and not node.css_first("th"):
            yield Found("table-heads", (node.html or "")[:80])


def _has_name(node: LexborNode, labelled: set[str | None]) -> bool:
    given = node.attributes
    if given.get("aria-label") or given.get("aria-labelledby") or given.get("title"):
        return True
    if given.get("id") and given["id"] in labelled:
        return True
    above = node.parent
    while above is not None:
        if above.tag == "label":
            return True
        above = above.parent
    return False


def _page(source: Source) -> Iterator[Found]:
    if source.text.strip() and not any(source.tree.css_first(tag) for tag in HEADS):
        yield Found("no-heading")
    seen = Counter(node.attributes["id"] for node in source.tree.css("[id]"))
    for name in (name for name, times in seen.items() if name and times > 1):
        yield Found("same-id", f'id="{name}"', name)
    viewport = source.tree.css_first('meta[name="viewport"]')
    if viewport and re.search(
        r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*1", viewport.attributes.get("content") or ""
    ):
        yield Found("no-zoom", viewport.html or "")
    for tag in sorted(_own_parts(source) - set(parts.elements())):
        yield Found("unknown-part", f"<{tag}>", tag)


def _own_parts(source: Source) -> set[str]:
    return {tag for node in source.tree.css("*") if (tag := node.tag or "").startswith("k-")}


def _language(source: Source) -> Iterator[Found]:
    root = source.tree.css_first("html[lang]")
    given = (root.attributes.get("lang") or "")[:2].lower() if root else ""
    if not given:
        yield Found("no-language")
    elif (seen := tongue(source.text)) and seen != given:
        yield Found("other-language", "", seen)
