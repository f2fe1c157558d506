"""QTI 3.0 says the same as QTI 2.1 in other names: <simpleChoice> is <qti-simple-choice>, matchMax is match-max.

Written and read is the vocabulary of 2.1; these functions translate.
"""

import re

from lxml import etree

from khue.domains.academy.interchange.paper import Refused

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
# in 3.0 their content stands in one more element
_WITH_BODY = {"modalFeedback", "rubricBlock"}
_UPPER = re.compile(r"(?<!^)(?=[A-Z])")


def kebab(name: str) -> str:
    return _UPPER.sub("-", name).lower()


def camel(name: str) -> str:
    return re.sub(r"-(\w)", lambda found: found[1].upper(), name)


def as_v3(root: "etree._Element") -> "etree._Element":
    """The tree, whose elements of 2.1 have its namespace and whose XHTML has it too."""
    made = etree.Element(f"{{{V3}}}{_v3_name(root)}", nsmap={None: V3})
    _copy_to_v3(root, made)
    return made


def _v3_name(node: "etree._Element") -> str:
    name = etree.QName(node).localname
    return name if name in HTML else f"qti-{kebab(name)}"


def _copy_to_v3(node: "etree._Element", made: "etree._Element") -> None:
    is_html = etree.QName(node).localname in HTML
    for name, value in node.attrib.items():
        made.set(name if is_html or name.startswith("{") else kebab(name), value)
    target = made
    if etree.QName(node).localname in _WITH_BODY:
        target = etree.SubElement(made, f"{{{V3}}}qti-content-body")
    target.text = node.text
    for child in node:
        copy = etree.SubElement(target, f"{{{V3}}}{_v3_name(child)}")
        _copy_to_v3(child, copy)
        copy.tail = child.tail


def as_v21(root: "etree._Element") -> "etree._Element":
    """The tree without namespaces, in names of 2.1, whichever version it was written in."""
    name = etree.QName(root).localname
    made = etree.Element(_v21_name(name))
    _copy_to_v21(root, made)
    return made


def version_of(root: "etree._Element") -> str:
    """Raises Refused for what is not QTI 2 or 3."""
    name, namespace = etree.QName(root).localname, etree.QName(root).namespace or ""
    if name in {"qti-assessment-item", "qti-assessment-test"}:
        return "3.0"
    if name in {"assessmentItem", "assessmentTest"} and (not namespace or "imsqti_v2p" in namespace):
        return "2.1"
    raise Refused("not_qti", name[:50])


def _v21_name(name: str) -> str:
    return camel(name.removeprefix("qti-")) if name.startswith("qti-") else name


def _copy_to_v21(node: "etree._Element", made: "etree._Element") -> None:
    for name, value in node.attrib.items():
        made.set(name if name.startswith("{") else camel(name), value)
    made.text = node.text
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name == "qti-content-body":
            # its content belongs to the element around it
            _copy_to_v21(child, made)
            continue
        copy = etree.SubElement(made, _v21_name(name))
        _copy_to_v21(child, copy)
        copy.tail = child.tail


HTML = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var",
}  # fmt: skip
