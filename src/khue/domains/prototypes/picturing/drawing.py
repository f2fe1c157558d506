"""A sketch of what a tool consists of, as SVG: its title, and a shape for each of its parts, in their order."""

import re
from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser

WIDTH, HEIGHT = 320, 200
# how tall each kind of part is drawn, and as what
SHAPES = {"field": 20, "box": 26, "table": 46, "bars": 46, "lines": 30, "button": 18}
KINDS = (
    (r"^k-(field|letter)$|^(input|select|textarea)$", "field"),
    (r"^k-(calc|count|queue|verdict)$", "box"),
    (r"^k-(table|csv|stock|rota|slots|agenda)$|^table$", "table"),
    (r"^k-(chart|dashboard|poll)$", "bars"),
    (r"^k-(checklist|steps|guide|lookup)$|^[ou]l$", "lines"),
    (r"^button$", "button"),
)


def _kind(tag: str) -> str:
    return next((kind for pattern, kind in KINDS if re.match(pattern, tag)), "")


def drawn(html: str) -> str:
    """`html` is the whole file of a tool."""
    tree = LexborHTMLParser(html)
    heading = tree.css_first("h1")
    title = " ".join(unescape(heading.text()).split()) if heading else ""
    parts = [kind for node in (tree.css("main *") or tree.css("body *")) if (kind := _kind(node.tag or ""))]
    shapes, top = [], 46
    for kind in parts:
        height = SHAPES[kind]
        if top + height > HEIGHT - 12:
            break
        shapes.append(_shape(kind, top))
        top += height + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#FBF8F2"/>'
        f'<text x="16" y="30" font-size="14" font-weight="600" fill="#1E2428">{escape(title[:38])}</text>'
        f"{''.join(shapes)}</svg>"
    )


def _shape(kind: str, top: int) -> str:
    line, fill = 'stroke="#B9AF9B" fill="#FFFFFF"', 'fill="#1F6F63"'
    if kind == "field":
        return f'<rect x="16" y="{top}" width="70" height="6" rx="3" fill="#B9AF9B"/><rect x="100" y="{top - 4}" width="204" height="20" rx="4" {line}/>'  # noqa: E501
    if kind == "box":
        return f'<rect x="16" y="{top}" width="288" height="26" rx="4" fill="#E3F0EC"/><rect x="28" y="{top + 10}" width="90" height="7" rx="3" {fill}/>'  # noqa: E501
    if kind == "table":
        rows = "".join(f'<path d="M16 {top + at}H304" stroke="#E4DDD0"/>' for at in (12, 24, 36))
        return f'<rect x="16" y="{top}" width="288" height="46" rx="4" {line}/>{rows}<path d="M112 {top}v46M208 {top}v46" stroke="#E4DDD0"/>'  # noqa: E501
    if kind == "bars":
        return "".join(f'<rect x="{20 + at * 36}" y="{top + 46 - high}" width="24" height="{high}" {fill}/>' for at, high in enumerate((18, 34, 26, 44, 30, 12)))  # fmt: skip  # noqa: E501
    if kind == "button":
        return f'<rect x="16" y="{top}" width="84" height="18" rx="9" fill="#A3271F"/>'
    return "".join(f'<rect x="16" y="{top + at * 11}" width="8" height="8" rx="2" {line}/><rect x="32" y="{top + at * 11 + 1}" width="{180 - at * 30}" height="6" rx="3" fill="#B9AF9B"/>' for at in range(3))  # fmt: skip  # noqa: E501
