"""The parts of a DOCX that are the same for all documents: styles, page, page number; made once with python-docx."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from docx import Document as open_docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from khue.domains.drafting.nd30 import layout
from khue.domains.drafting.nd30.layout import Role

CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
ALIGN = {"center": "center", "both": "both", "left": "left", "right": "right", "": "left"}
RULE, LAST = "nd30-ke", "nd30-cuoi"


@dataclass(frozen=True)
class Base:
    """`parts`: name in the package → octets; `opening`: document.xml up to its body; `section`: its sectPr, with
    `plain_footer`, the relation to a footer without an address."""

    parts: Mapping[str, bytes]
    opening: str
    section: str
    first_footer: str
    plain_footer: str


def style_id(role: str) -> str:
    return f"nd30-{role}"


@cache
def base() -> Base:
    document = open_docx()
    _normal(document.styles["Normal"])
    for role in layout.roles().values():
        _style(document, role)
    _line_styles(document)
    _page(document.sections[0])
    package = document.part.package
    for relation in [key for key, one in package.rels.items() if "thumbnail" in one.reltype]:
        del package.rels[relation]
    custom = Part(PackURI("/docProps/custom.xml"), CUSTOM, b"", package)
    package.relate_to(custom, CUSTOM_RELATION)
    octets = io.BytesIO()
    document.save(octets)
    return _taken_apart(octets.getvalue())


def _normal(style: object) -> None:
    _font(style, layout.data()["page"]["font"])
    style.font.size = Pt(14)  # type: ignore[attr-defined]
    style.paragraph_format.space_after = Pt(0)  # type: ignore[attr-defined]
    style.paragraph_format.line_spacing = 1.0  # type: ignore[attr-defined]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)  # type: ignore[attr-defined]


def _font(style: object, name: str) -> None:
    style.font.name = name  # type: ignore[attr-defined]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), name)


def _style(document: object, role: Role) -> None:
    style = document.styles.add_style(role.name, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[attr-defined]
    style.element.set(qn("w:styleId"), style_id(role.key))
    style.base_style = document.styles["Normal"]  # type: ignore[attr-defined]
    style.quick_style = True
    style.font.size = Pt(role.size)
    style.font.bold = role.bold is True
    style.font.italic = role.italic
    style.font.color.rgb = RGBColor.from_string(role.color)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(role.before), Pt(role.after)
    form.line_spacing = 1.0
    form.first_line_indent, form.left_indent = Mm(role.first), Mm(role.indent)
    form.alignment = {"center": 1, "both": 3, "left": 0, "right": 2, "": None}[role.align]
    form.widow_control = True


def _line_styles(document: object) -> None:
    """Of the lines under elements, and of the paragraph that ends a section."""
    for key, name in ((RULE, "Đường kẻ"), (LAST, "Cuối phần")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[attr-defined]
        style.element.set(qn("w:styleId"), key)
        style.font.size = Pt(2)
        style.paragraph_format.line_spacing = Pt(4)
        style.paragraph_format.space_before = Pt(3 if key == RULE else 0)


def _page(section: object) -> None:
    page = layout.data()["page"]
    section.page_width, section.page_height = Mm(page["width"]), Mm(page["height"])  # type: ignore[attr-defined]
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(page["set"][side]))
    section.header_distance = section.footer_distance = Mm(10)  # type: ignore[attr-defined]
    section.different_first_page_header_footer = True  # type: ignore[attr-defined]
    paragraph = section.header.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.style = "Số trang"
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)
    section.first_page_header.paragraphs[0].text = ""  # type: ignore[attr-defined]
    section.footer.paragraphs[0].text = ""  # type: ignore[attr-defined]
    section.first_page_footer.paragraphs[0].style = "Địa chỉ cơ quan"  # type: ignore[attr-defined]


def _taken_apart(octets: bytes) -> Base:
    with zipfile.ZipFile(io.BytesIO(octets)) as box:
        parts = {name: box.read(name) for name in box.namelist()}
    whole = parts["word/document.xml"].decode("utf-8")
    opening, rest = whole.split("<w:body>", 1)
    section = rest[rest.index("<w:sectPr") : rest.index("</w:sectPr>") + len("</w:sectPr>")]
    relations = parts["word/_rels/document.xml.rels"].decode("utf-8")
    first, plain = (_reference(section, kind) for kind in ("first", "default"))
    return Base(parts, f"{opening}<w:body>", section, f"word/{_target(relations, first)}", plain)


def _reference(section: str, kind: str) -> str:
    """The relation of a footer."""
    import re

    for found in re.findall(r"<w:footerReference[^>]*>", section):
        if f'w:type="{kind}"' in found:
            return str(re.search(r'r:id="([^"]+)"', found).group(1))  # type: ignore[union-attr]
    raise LookupError(kind)


def _target(relations: str, relation: str) -> str:
    import re

    for found in re.findall(r"<Relationship [^>]*>", relations):
        if f'Id="{relation}"' in found:
            return str(re.search(r'Target="([^"]+)"', found).group(1))  # type: ignore[union-attr]
    raise LookupError(relation)
