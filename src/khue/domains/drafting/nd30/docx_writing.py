"""Sheet → DOCX. The package is made once (docx_base); of each document only its own parts are written."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from khue.domains.drafting.nd30 import columns, drawing, layout
from khue.domains.drafting.nd30.docx_base import LAST, RULE, base, style_id
from khue.domains.drafting.nd30.sheet import Body, Line, Run, Sheet, Table

TWIPS = 1440 / 25.4
# all files of one content are the same, octet by octet
EPOCH = (2020, 3, 5, 0, 0, 0)
OWN = ("word/document.xml", "docProps/custom.xml", "docProps/core.xml")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def docx(sheet: Sheet) -> bytes:
    kept = base()
    own = {
        "word/document.xml": kept.opening + _document(sheet) + "</w:body></w:document>",
        "docProps/custom.xml": _custom(sheet.metadata),
        "docProps/core.xml": _core(sheet),
    }
    if sheet.contact:
        footer = kept.parts[kept.first_footer].decode("utf-8")
        own[kept.first_footer] = footer[: footer.index("<w:p>")] + _contact(sheet.contact) + "</w:ftr>"
    return _with(own)


def _with(own: dict[str, str]) -> bytes:
    octets = io.BytesIO(_unchanging())
    with zipfile.ZipFile(octets, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        for name, text in own.items():
            _put(box, name, text.encode("utf-8"))
        if (footer := base().first_footer) not in own:
            _put(box, footer, base().parts[footer])
    return octets.getvalue()


@cache
def _unchanging() -> bytes:
    """The package without what each document writes itself."""
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in base().parts.items():
            if name not in {*OWN, base().first_footer}:
                _put(box, name, content)
    return octets.getvalue()


def _put(box: zipfile.ZipFile, name: str, content: bytes) -> None:
    box.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)


def _document(sheet: Sheet) -> str:
    wide = drawing.text_width()
    sections = [_head(sheet) + _lines(sheet.body, wide) + _grid(sheet.end.rows, wide / 2, wide / 2, before=18)]
    sections += [_lines(annex, wide) for annex in sheet.annexes]
    return "".join(_section(text, index, index + 1 == len(sections)) for index, text in enumerate(sections))


def _section(text: str, index: int, is_last: bool) -> str:
    """Annexes are numbered on their own; the address stands under the first page only."""
    kept = base()
    form = kept.section
    if index:
        form = re.sub(r'(<w:footerReference [^>]*w:type="first"[^>]*r:id=")[^"]+', rf"\g<1>{kept.plain_footer}", form)
        form = re.sub(
            r'(<w:footerReference [^>]*r:id=")[^"]+("[^>]*w:type="first")', rf"\g<1>{kept.plain_footer}\2", form
        )
        form = form.replace("<w:cols", '<w:pgNumType w:start="1"/><w:cols', 1)
    if is_last:
        return text + (_last("") if not index else "") + form
    return text + _last(form)


def _last(section: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{LAST}"/>{section}</w:pPr></w:p>'


# Cells -----------------------------------------------------------------------------------------


def _head(sheet: Sheet) -> str:
    above = _border_only(drawing.text_width()) if sheet.ruled else ""
    return above + _grid(sheet.head, drawing.left_width(), drawing.right_width())


def _border_only(wide: float) -> str:
    return _rule(wide, wide)


def _grid(rows: Sequence[tuple[Sequence[Line], Sequence[Line]]], left: float, right: float, before: float = 0) -> str:
    """A table without borders whose cells are the decree's."""
    if not any(any(row) for row in rows):
        return ""
    columns = "".join(f'<w:gridCol w:w="{round(each * TWIPS)}"/>' for each in (left, right))
    lines = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(row[0], left, before)}{_cell(row[1], right, before)}</w:tr>"
        for row in rows
    )
    space = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{round((left + right) * TWIPS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{space}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"
    )


def _cell(lines: Sequence[Line], wide: float, before: float) -> str:
    inside = "".join(_line(each, wide, before if not index else 0) for index, each in enumerate(lines))
    if not inside:
        inside = f'<w:p><w:pPr><w:pStyle w:val="{LAST}"/></w:pPr></w:p>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{round(wide * TWIPS)}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'


def _lines(body: Body, wide: float) -> str:
    return "".join(_table(each, wide) if isinstance(each, Table) else _line(each, wide) for each in body)


def _line(line: Line, wide: float, more_before: float = 0) -> str:
    role = layout.role(line.role)
    form = f'<w:pStyle w:val="{style_id(line.role)}"/>'
    if line.keep:
        form += "<w:keepNext/>"
    if role.box:
        form += _boxed(line, wide)
    elif more_before:
        form += f'<w:spacing w:before="{round((role.before + more_before) * 20)}"/>'
    text = f"<w:p><w:pPr>{form}</w:pPr>{_runs(line)}</w:p>"
    return text + (_rule(drawing.rule_length(line, wide), wide) if line.rule else "")


def _boxed(line: Line, wide: float) -> str:
    box, height = drawing.box(line)
    role = layout.role(line.role)
    side = round((wide - box) / 2 * TWIPS)
    # the frame stands off the text by what is left of its height
    space = max(0, round((height / layout.POINT - role.size * 1.149) / 2))
    edge = f'w:val="single" w:sz="8" w:space="{space}" w:color="{role.color}"'
    edges = "".join(f"<w:{name} {edge}/>" for name in ("top", "left", "bottom", "right"))
    return f'<w:pBdr>{edges}</w:pBdr><w:ind w:left="{side}" w:right="{side}"/>'


def _rule(length: float, wide: float) -> str:
    side = round((wide - length) / 2 * TWIPS)
    edge = '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    form = f'<w:pStyle w:val="{RULE}"/><w:pBdr>{edge}</w:pBdr><w:ind w:left="{side}" w:right="{side}"/>'
    return f"<w:p><w:pPr>{form}</w:pPr></w:p>"


def _runs(line: Line) -> str:
    return "".join(map(_run, line.runs))


def _run(run: Run) -> str:
    form = ("" if run.bold is None else f'<w:b w:val="{int(run.bold)}"/>') + (
        '<w:highlight w:val="yellow"/>' if run.gap else ""
    )
    text = NOT_XML.sub("", run.text)
    broken = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{form}</w:rPr>' if form else ''}{broken}</w:r>"


def _table(table: Table, wide: float) -> str:
    count = max((len(row) for row in table.rows), default=1)
    each = [round(wide * share * TWIPS) for share in columns.shares(table.rows)]
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in each)
    rows = "".join(_row([*row, *[""] * (count - len(row))], each, not index) for index, row in enumerate(table.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(each)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        f'<w:p><w:pPr><w:pStyle w:val="{LAST}"/></w:pPr></w:p>'
    )


def _row(cells: Iterable[str], wide: Sequence[int], is_head: bool) -> str:
    form = f'<w:pStyle w:val="{style_id("o-bang")}"/>' + ('<w:jc w:val="center"/>' if is_head else "")
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/></w:tcPr><w:p><w:pPr>{form}</w:pPr>'
        f"{_run(Run(cell, bold=is_head or None))}</w:p></w:tc>"
        for cell, each in zip(cells, wide, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{inside}</w:tr>"


# Parts of the package ----------------------------------------------------------------------------


def _contact(line: Line) -> str:
    edge = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
    form = f'<w:pStyle w:val="{style_id(line.role)}"/>{edge}'
    return f"<w:p><w:pPr>{form}</w:pPr>{_runs(line)}</w:p>"


def _custom(metadata: dict[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{index + 2}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(NOT_XML.sub('', text))}</vt:lpwstr></property>"
        for index, (name, text) in enumerate(metadata.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{rows}</Properties>'
    )


def _core(sheet: Sheet) -> str:
    told = sheet.metadata
    title = escape(NOT_XML.sub("", told.get("Subject") or told.get("TypeName", "")))
    creator = escape(NOT_XML.sub("", told.get("OrganName", "")))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>{sheet.language}</dc:language>"
        "</cp:coreProperties>"
    )
