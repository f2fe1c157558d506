"""Changes of layout in a DOCX, made with python-docx so that its elements stay in their order. No word is touched."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from khue.domains.drafting.nd30 import layout
from khue.domains.drafting.nd30.reading import Paragraph, Piece

ALIGN = {"center": 1, "both": 3, "left": 0, "right": 2}


def fonts(pieces: Iterable[Piece]) -> Callable[[], None]:
    def act() -> None:
        name = layout.data()["page"]["font"]
        for piece in pieces:
            DocxRun(piece.element, None).font.name = name  # type: ignore[arg-type]
            found = piece.element.rPr.rFonts
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                found.set(qn(f"w:{script}"), name)
                found.attrib.pop(qn(f"w:{script}Theme"), None)
            found.attrib.pop(qn("w:cstheme"), None)

    return act


def sizes(pieces: Iterable[Piece], low: float, high: float) -> Callable[[], None]:
    def act() -> None:
        for piece in pieces:
            DocxRun(piece.element, None).font.size = Pt(min(max(piece.format.size, low), high))  # type: ignore[arg-type]

    return act


def style(pieces: Iterable[Piece], **wanted: Any) -> Callable[[], None]:
    """`bold`, `italic`, `underline`, `all_caps`."""

    def act() -> None:
        for piece in pieces:
            font = DocxRun(piece.element, None).font  # type: ignore[arg-type]
            for name, value in wanted.items():
                setattr(font, name, value)

    return act


def colors(pieces: Iterable[Piece], color: str) -> Callable[[], None]:
    def act() -> None:
        for piece in pieces:
            DocxRun(piece.element, None).font.color.rgb = RGBColor.from_string(color)  # type: ignore[arg-type]

    return act


def paragraph(element: Any, **wanted: float) -> Callable[[], None]:
    """`align` as its number; `first`, `left` in millimetres; `before` in points; `spacing` a multiple."""

    def act() -> None:
        form = DocxParagraph(element, None).paragraph_format  # type: ignore[arg-type]
        if "align" in wanted:
            form.alignment = int(wanted["align"])
        if "first" in wanted:
            form.first_line_indent = Mm(wanted["first"])
        if "left" in wanted:
            form.left_indent = Mm(wanted["left"])
        if "before" in wanted:
            form.space_before = Pt(wanted["before"])
        if "spacing" in wanted:
            form.line_spacing = float(wanted["spacing"])

    return act


def rule_under(under: Paragraph, length: float, *, instead: Paragraph | None = None) -> Callable[[], None]:
    """A line of this length (mm) under a paragraph; an empty one with the wrong length is changed."""

    def act() -> None:
        room = under.width or text_room(under)
        side = max(0.0, (room - length) / 2)
        if instead is not None and instead is not under and not instead.text.strip():
            element = instead.element
        else:
            element = OxmlElement("w:p")
            under.element.addnext(element)
        _draw(element, side)

    return act


def text_room(under: Paragraph) -> float:
    page = layout.data()["page"]
    return float(page["width"] - page["set"]["left"] - page["set"]["right"])


def _draw(element: Any, side: float) -> None:
    form = DocxParagraph(element, None).paragraph_format  # type: ignore[arg-type]
    form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(0), Pt(4)
    form.left_indent = form.right_indent = Mm(side)
    form.first_line_indent = Mm(0)
    properties = element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    # the schema's order: before shading, tabs, spacing and indents
    later = [properties.find(qn(f"w:{name}")) for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr")]
    following = next((one for one in later if one is not None), None)
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)


def boxed(element: Any, color: str) -> Callable[[], None]:
    def act() -> None:
        properties = element.get_or_add_pPr()
        for old in properties.findall(qn("w:pBdr")):
            properties.remove(old)
        borders = OxmlElement("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            edge = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", color)):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
        later = [properties.find(qn(f"w:{name}")) for name in ("shd", "tabs", "spacing", "ind", "jc", "rPr")]
        following = next((one for one in later if one is not None), None)
        if following is None:
            properties.append(borders)
        else:
            following.addprevious(borders)

    return act


# Page ------------------------------------------------------------------------------------------


def margin(section: Any, side: str, value: float) -> Callable[[], None]:
    return lambda: setattr(section, f"{side}_margin", Mm(value))


def a4(section: Any) -> Callable[[], None]:
    def act() -> None:
        page = layout.data()["page"]
        wide, high = Mm(page["width"]), Mm(page["height"])
        if section.page_width > section.page_height:
            wide, high = high, wide
        section.page_width, section.page_height = wide, high

    return act


def page_numbers(section: Any) -> Callable[[], None]:
    """In the header's middle, not on the first page; a number in the footer goes."""

    def act() -> None:
        section.different_first_page_header_footer = True
        for part in (section.first_page_header, section.header):
            part.is_linked_to_previous = False
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not part.is_linked_to_previous:
                _drop_number(part._element)
        holder = next(iter(section.header.paragraphs), None) or section.header.add_paragraph()
        holder.alignment = 1
        form = holder.paragraph_format
        form.first_line_indent = form.left_indent = Mm(0)
        for kind in ("begin", "PAGE", "end"):
            run = holder.add_run()
            run.font.size, run.font.bold, run.font.italic = Pt(13), False, False
            run.font.name = layout.data()["page"]["font"]
            element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
            if kind == "PAGE":
                element.text = kind
            else:
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)

    return act


def _drop_number(part: Any) -> None:
    for field in list(part.iter(qn("w:fldSimple"))):
        if "PAGE" in (field.get(qn("w:instr")) or ""):
            field.getparent().remove(field)
    for each in list(part.iter(qn("w:p"))):
        if any("PAGE" in (text.text or "") for text in each.iter(qn("w:instrText"))):
            _drop_field(each)


def _drop_field(holder: Any) -> None:
    """The runs from the field's beginning to its end."""
    inside = False
    for run in list(holder.iter(qn("w:r"))):
        marks = [mark.get(qn("w:fldCharType")) for mark in run.iter(qn("w:fldChar"))]
        inside = inside or "begin" in marks
        if inside:
            run.getparent().remove(run)
        if "end" in marks:
            inside = False


def restarted(section: Any) -> Callable[[], None]:
    def act() -> None:
        properties = section._sectPr
        found = properties.find(qn("w:pgNumType"))
        if found is None:
            found = OxmlElement("w:pgNumType")
            after = properties.find(qn("w:pgMar"))
            after.addnext(found) if after is not None else properties.insert(0, found)
        found.set(qn("w:start"), "1")

    return act


def copied(element: Any) -> Any:
    return deepcopy(element)
