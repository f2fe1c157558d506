"""HTML: headings, paragraphs, lists and tables of the main part; navigation, scripts and forms are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from khue.domains.knowledge.reading import encodings, legacy, tables
from khue.domains.knowledge.reading.blocks import Block, ReadDocument, Unreadable
from khue.domains.knowledge.reading.capitals import capitals

_LEFT_OUT = frozenset(
    "script style noscript template nav footer aside form button select option svg math iframe object video audio "
    "canvas head link meta dialog menu".split()
)
_BLOCK = frozenset(
    "p div section article main header li dd dt blockquote pre figcaption address details summary ul ol dl table tr "
    "h1 h2 h3 h4 h5 h6 hr br caption center fieldset figure body".split()
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_DEEPEST = 1_500
_DEEPEST_SOURCE = 10_000
_NESTING = re.compile(
    r"<(/?)(?:div|span|table|ul|ol|section|article|blockquote|center|font|b|i|u|em|strong|a)[\s>]", re.I
)


def read(content: bytes) -> ReadDocument:
    text = _decoded(content)
    _check_depth(text)
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    name = encodings.clean(legacy.converted(title.text())) if title else ""
    found = tuple(_of_tree(tree))
    written = (line for block in found for line in block.text.splitlines())
    return ReadDocument(" ".join(name.split()), found, capitals=capitals(written))


def blocks(text: str) -> list[Block]:
    return list(_of_tree(LexborHTMLParser(text)))


def _decoded(content: bytes) -> str:
    named = _CHARSET.search(content[:4096])
    if named and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        charset = named[1].decode("ascii").lower()
        if charset not in {"utf-8", "utf8", "iso-8859-1", "windows-1252", "x-user-defined", "us-ascii"}:
            try:
                return encodings.clean(content.decode(charset))
            except (LookupError, UnicodeDecodeError):
                pass
    return encodings.decode(content, legacy_too=False)


def _check_depth(text: str) -> None:
    """Before the parser, whose time grows with the square of the depth."""
    depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST_SOURCE:
            raise Unreadable("too_deep")


def _of_tree(tree: LexborHTMLParser) -> Iterator[Block]:
    root = _main(tree)
    if root is None:
        return
    walk = _Walk()
    walk.visit(root)
    old = legacy.found("\n".join(block.text for block in walk.found))
    for block in walk.found:
        text = encodings.clean(legacy.convert(block.text, old) if old else block.text)
        if text := " ".join(text.split()):
            yield Block(text, block.kind, block.level, rank=block.rank)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """<main> or a single <article> when it holds a good part of the text."""
    body = tree.body
    for selector in ("main", "[role=main]", "article"):
        nodes = tree.css(selector)
        if len(nodes) == 1 and body is not None and len(nodes[0].text()) > 0.3 * len(body.text()):
            return nodes[0]
    return body


@dataclass
class _Walk:
    """Gathers blocks while it goes through the tree; text up to the next block element is one block."""

    found: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    level: int = 0
    label: str = ""

    def visit(self, node: LexborNode, font: str = "", depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise Unreadable("too_deep")
        child = node.first_child
        while child is not None:
            self._node(child, font, depth)
            child = child.next

    def _node(self, node: LexborNode, font: str, depth: int) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.pending.append(legacy.in_font(node.text_content or "", font))
        elif tag in _LEFT_OUT or tag.startswith(("-", "!")) or _is_hidden(node):
            return
        elif tag == "table" and not _is_layout(node):
            self.close()
            self.found += tables.blocks(list(_rows(node, font)))
        else:
            self._element(node, tag, _font_of(node, tag) or font, depth)

    def _element(self, node: LexborNode, tag: str, font: str, depth: int) -> None:
        if tag not in _BLOCK:
            self.visit(node, font, depth + 1)
            return
        self.close()
        if re.fullmatch(r"h[1-6]", tag):
            self.level = int(tag[1])
        elif tag == "li":
            self.label = _list_label(node)
        self.visit(node, font, depth + 1)
        self.close()
        self.level, self.label = 0, ""

    def close(self) -> None:
        text = " ".join("".join(self.pending).split())
        self.pending.clear()
        if not text:
            return
        if self.level:
            self.found.append(Block.heading(text, self.level))
        elif self.label:
            self.found.append(Block(self.label + text, "item", rank=1))
            self.label = ""
        else:
            self.found.append(Block(text))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") in {"navigation", "banner", "contentinfo", "search", "complementary"}
        or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
    )


def _font_of(node: LexborNode, tag: str) -> str:
    attributes = node.attributes
    if tag == "font" and attributes.get("face"):
        return (attributes["face"] or "").split(",")[0].strip(" '\"")
    named = _FONT.search(attributes.get("style") or "")
    return named[1].strip() if named else ""


def _list_label(node: LexborNode) -> str:
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "- "
    before = 1
    sibling = node.prev
    while sibling is not None:
        before += sibling.tag == "li"
        sibling = sibling.prev
    start = parent.attributes.get("start") or "1"
    return f"{before - 1 + int(start) if start.isdigit() else before}. "


def _is_layout(table: LexborNode) -> bool:
    """A table that holds a table, or has one column or one row, arranges a page."""
    rows = table.css("tr")
    return bool(table.css("table table")) or len(rows) < 2 or max(len(row.css("td, th")) for row in rows) < 2


def _rows(table: LexborNode, font: str) -> Iterator[list[str]]:
    for row in table.css("tr"):
        cells: list[str] = []
        for cell in row.css("td, th"):
            text = legacy.in_font(cell.text(separator=" "), _cell_font(cell) or font)
            span = cell.attributes.get("colspan") or "1"
            cells += [" ".join(text.split())] * (min(int(span), 50) if span.isdigit() else 1)
        yield cells


def _cell_font(cell: LexborNode) -> str:
    inner = cell.css_first("font[face]")
    return _font_of(inner, "font") if inner else _font_of(cell, cell.tag or "")
