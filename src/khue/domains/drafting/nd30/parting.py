"""A paragraph of several lines that were broken by hand, as a paragraph for each: so they are read, and so they stand
in a mended file, where each line has the form of its cell."""

from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def parted(paragraph: Any) -> list[Any]:
    """The paragraphs that stand in its place now; itself alone where it has one line, a number of a list, a section's
    end or a break within a change that is tracked."""
    own = paragraph.find(qn("w:pPr"))
    kept = own is not None and (own.find(qn("w:numPr")) is not None or own.find(qn("w:sectPr")) is not None)
    if kept or not any(map(_breaks, paragraph.iterchildren(qn("w:r")))):
        return [paragraph]
    lines: list[list[Any]] = [[]]
    for child in [one for one in paragraph if one is not own]:
        paragraph.remove(child)
        if child.tag == qn("w:r") and _breaks(child):
            first, *rest = _split(child)
            lines[-1].append(first)
            lines += [[one] for one in rest]
        else:
            lines[-1].append(child)
    return _placed(paragraph, own, lines)


def _breaks(run: Any) -> bool:
    return any(_is_break(child) for child in run)


def _is_break(element: Any) -> bool:
    return element.tag == qn("w:cr") or (
        element.tag == qn("w:br") and element.get(qn("w:type")) in {None, "textWrapping"}
    )


def _split(run: Any) -> list[Any]:
    form = run.find(qn("w:rPr"))
    parts = [_like(form)]
    for child in [one for one in run if one is not form]:
        if _is_break(child):
            parts.append(_like(form))
        else:
            parts[-1].append(child)
    return parts


def _like(form: Any) -> Any:
    made = OxmlElement("w:r")
    if form is not None:
        made.append(deepcopy(form))
    return made


def _placed(paragraph: Any, own: Any, lines: list[list[Any]]) -> list[Any]:
    found = [paragraph]
    paragraph.extend(lines[0])
    for line in lines[1:]:
        made = OxmlElement("w:p")
        if own is not None:
            made.append(deepcopy(own))
        made.extend(line)
        found[-1].addnext(made)
        found.append(made)
    return found
