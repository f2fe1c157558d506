"""Elements of QTI 2.1, the words inside them, and the values and rules that response processing is made of."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from khue.domains.academy.interchange import markup
from khue.domains.academy.interchange.qti_names import V21

Node = Any  # an element of lxml, which has no types
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RESPONSE = "RESPONSE"


def E(name: str, *inside: "Node | str | Iterable[Node | str]", **attributes: object) -> Node:  # noqa: N802 - as in lxml.builder
    """An element of QTI. `inside`: texts and elements in order."""
    node = etree.Element(f"{{{V21}}}{name}", nsmap={None: V21})
    for key, value in attributes.items():
        node.set(key.rstrip("_"), _attribute(value))
    for part in inside:
        for piece in [part] if isinstance(part, str) or etree.iselement(part) else part:
            _append(node, piece)
    return node


def _attribute(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _append(node: Node, piece: "Node | str") -> None:
    if not isinstance(piece, str):
        node.append(piece)
    elif len(node):
        node[-1].tail = (node[-1].tail or "") + piece
    else:
        node.text = (node.text or "") + piece


def named(key: str) -> str:
    """An identifier begins with a letter or an underscore."""
    return key if key[:1].isalpha() else f"_{key}"


def spoken(words: Any, language: str, *, inline: bool = True) -> "list[Node | str]":
    return markup.elements(words.get(language, ""), inline=inline, namespace=V21)


def put(identifier: str, value: Node) -> Node:
    return E("setOutcomeValue", value, identifier=identifier)


def base_value(base: str, value: str) -> Node:
    return E("baseValue", value, baseType=base)


def decimal(value: float) -> Node:
    return base_value("float", f"{value:.10g}")


def when(test: Node, *then: Node) -> Node:
    return E("responseCondition", E("responseIf", test, *then))


def add(points: float) -> Node:
    return put("SCORE", E("sum", E("variable", identifier="SCORE"), decimal(points)))
