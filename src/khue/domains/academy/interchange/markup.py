"""Markdown, in which our texts are written, as XHTML and back.

Back from XHTML, marks are written only where they are needed: the text is rendered again to see whether it says the
same. What Markdown has no word for (colours, sizes, pictures) is dropped.
"""

import re
from collections.abc import Iterable
from functools import cache

from lxml import etree, html
from markdown_it import MarkdownIt

_BLOCKS = {"p", "div", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section"}
# what they hold is no text
_NEVER = ("script", "style", "template", "head", "iframe", "object")
_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|&])")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("strikethrough")


def as_html(text: str) -> str:
    return str(_markdown().render(text)).strip()


def as_inline(text: str) -> str:
    """For a choice: without a paragraph around, unless the text has blocks of its own."""
    rendered = as_html(text)
    one = re.fullmatch(r"<p>((?:(?!</?p>).)*)</p>", rendered, re.DOTALL)
    return one[1] if one else rendered


def elements(text: str, *, inline: bool = False, namespace: str = "") -> list["etree._Element | str"]:
    """As nodes to put into an XHTML document, text before the first of them as str."""
    fragments: list[etree._Element | str] = html.fragments_fromstring(as_inline(text) if inline else as_html(text))
    for node in fragments:
        if not isinstance(node, str):
            for part in node.iter(etree.Element):
                part.tag = f"{{{namespace}}}{part.tag}" if namespace else part.tag
    return fragments


def from_html(source: str) -> str:
    """Markdown of a piece of HTML."""
    if not source.strip():
        return ""
    if "<" not in source and "&" not in source:
        return source.strip()
    root = html.fragment_fromstring(source, create_parent="div")
    etree.strip_elements(root, *_NEVER, with_tail=False)
    return from_element(root)


def from_element(root: "etree._Element") -> str:
    """Markdown of what stands in an element."""
    bare = _blocks(root, escaped=False)
    if not re.search(r"[\\`*_\[\]<>#~|&\d+-]", bare) or _same(as_html(bare), root):
        return bare
    return _blocks(root, escaped=True)


def _same(rendered: str, root: "etree._Element") -> bool:
    again = html.fragment_fromstring(rendered, create_parent="div")
    return _shape(again) == _shape(root)


def _shape(root: "etree._Element") -> list[tuple[str, str]]:
    """Marks and words in order, whatever the spaces and paragraphs."""
    found = []
    for action, node in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        name = _name(node)
        if name in _AROUND or name in {"a", "li", "blockquote"}:
            found.append((action, {"b": "strong", "i": "em", "del": "s"}.get(name, name)))
        text = node.text if action == "start" else node.tail if node is not root else ""
        if text and text.strip():
            found.append(("text", " ".join(text.split())))
    return found


def _name(node: "etree._Element") -> str:
    return str(etree.QName(node).localname).lower()


def _blocks(root: "etree._Element", *, escaped: bool) -> str:
    """Paragraphs of inline pieces between the blocks."""
    parts: list[str] = []
    line = _text(root.text, escaped)
    for node in root:
        if not isinstance(node.tag, str):
            line += _text(node.tail, escaped)
            continue
        if _name(node) in _BLOCKS:
            parts.append(_tidy(line))
            parts.append(_block(node, escaped=escaped))
            line = _text(node.tail, escaped)
        else:
            line += _inline(node, escaped=escaped) + _text(node.tail, escaped)
    parts.append(_tidy(line))
    return "\n\n".join(part for part in parts if part)


def _block(node: "etree._Element", *, escaped: bool) -> str:
    name = _name(node)
    if name in {"ul", "ol"}:
        items = [_blocks(item, escaped=escaped) for item in node if isinstance(item.tag, str)]
        marks = ["-" if name == "ul" else f"{number}." for number in range(1, len(items) + 1)]
        return "\n".join(f"{mark} {_indented(item, len(mark) + 1)}" for mark, item in zip(marks, items, strict=True))
    if name == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in _blocks(node, escaped=escaped).splitlines())
    if name == "pre":
        return "\n".join(f"    {line}" for line in "".join(node.itertext()).rstrip("\n").splitlines())
    if re.fullmatch("h[1-6]", name):
        return f"{'#' * int(name[1])} {_tidy(_blocks(node, escaped=escaped))}"
    return _blocks(node, escaped=escaped)


def _inline(node: "etree._Element", *, escaped: bool) -> str:
    name = _name(node)
    if name == "br":
        return "\\\n"
    if name == "code":
        return f"`{''.join(node.itertext())}`"
    inner = _pieces(node, escaped=escaped)
    if name in _AROUND and inner.strip():
        before, middle, after = re.fullmatch(r"(\s*)(.*?)(\s*)", inner, re.DOTALL).groups()  # type: ignore[union-attr]
        return f"{before}{_AROUND[name]}{middle}{_AROUND[name]}{after}"
    address = node.get("href") or ""
    if name == "a" and re.match(r"(https?:|mailto:)", address):
        return f"[{inner}]({address})"
    return inner


def _pieces(node: "etree._Element", *, escaped: bool) -> str:
    parts: Iterable[str] = (
        (_inline(child, escaped=escaped) if isinstance(child.tag, str) else "") + _text(child.tail, escaped)
        for child in node
    )
    return _text(node.text, escaped) + "".join(parts)


def _text(text: str | None, escaped: bool) -> str:
    text = text or ""
    return _SPECIAL.sub(r"\\\1", text) if escaped else text


def _tidy(line: str) -> str:
    lines = [re.sub(r"[ \t\f\v]+", " ", part).strip() for part in line.strip().splitlines()]
    return "\n".join(part for part in lines if part)


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)
