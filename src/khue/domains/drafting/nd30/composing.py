"""Document → sheet: what ordinary code does, so that nobody has to: numbers, endings, capitals, order of the cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from khue.domains.drafting.nd30 import drawing, layout, metrics, wording
from khue.domains.drafting.nd30.counting import numbered
from khue.domains.drafting.nd30.kinds import Kind, kind
from khue.domains.drafting.nd30.metadata import metadata
from khue.domains.drafting.nd30.shape import Annex, Block, Document, Party
from khue.domains.drafting.nd30.sheet import Body, End, Line, Run, Sheet, Table

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
Cell = tuple[Line, ...]


def compose(document: Document) -> Sheet:
    this = kind(document.type)
    if this.form == "plain":
        return _plain(document)
    head = _head_of_copy(document, this) if this.form == "copy" else _head(document, this)
    return Sheet(
        language=document.language,
        head=head,
        body=() if this.form == "copy" else _whole_body(document, this),
        end=_end(document, this),
        contact=line("dia-chi", document.contact, "contact") if document.contact else None,
        annexes=tuple(_annexes(document, this)),
        ruled=this.form == "copy",
        metadata=metadata(document),
    )


def line(role: str, text: str, field: str = "", *, rule: str = "", lead: str = "", keep: bool = False) -> Line:
    """`lead` stands before the text in bold."""
    if layout.role(role).capitals:
        text = text.upper()
    runs = (Run(lead, bold=True),) if lead else ()
    bold = False if lead else None
    return Line(role, (*runs, *_runs(text, bold)), field, rule, keep=keep)


def _runs(text: str, bold: bool | None) -> Iterator[Run]:
    end = 0
    for found in wording.GAP.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()], bold)
        yield Run(found.group(), bold, gap=True)
        end = found.end()
    if end < len(text) or not text:
        yield Run(text[end:], bold)


# Head ------------------------------------------------------------------------------------------


def _head(document: Document, this: Kind) -> tuple[tuple[Cell, Cell], ...]:
    nation = (line("quoc-hieu", NATION), line("tieu-ngu", MOTTO, rule="tieu-ngu"))
    second = (_numbers(document, this), _dates(document, this))
    rows = [(_agency(document), nation), *([second] if any(second) else [])]
    marks = tuple(_marks(document))
    return (*rows, (marks, ())) if marks else tuple(rows)


def _head_of_copy(document: Document, this: Kind) -> tuple[tuple[Cell, Cell], ...]:
    return (
        (_agency(document), (line("ten-loai", this.title),)),
        ((line("so", code(document, this), "number"),), _dates(document, this)),
    )


def _agency(document: Document) -> Cell:
    above = (_balanced(line("chu-quan", document.superior, "superior")),) if document.superior else ()
    return (*above, _balanced(line("co-quan", _agency_of(document), "agency", rule="co-quan")))


def _agency_of(document: Document) -> str:
    return document.agency or wording.gap(_AGENCY[document.language], document.language)


_AGENCY = {"vi": "cơ quan ban hành", "en": "agency", "fr": "organisme"}


def _balanced(given: Line) -> Line:
    """A long name in lines of about the same length, none of one word."""
    role, room = layout.role(given.role), drawing.left_width() / layout.POINT
    broken = metrics.balanced(given.text, role.size, room, bold=role.bold is True)
    return replace(given, runs=tuple(_runs(broken, None)))


def code(document: Document, this: Kind) -> str:
    """ "Số: 15/QĐ-BNV"; of an official letter "Số: 05/BNV-VP"."""
    groups = (
        (document.agency_code, document.unit)
        if this.form == "letter"
        else (this.code, document.agency_code)
    )  # fmt: skip
    return f"Số: {wording.number(document.number)}/{'-'.join(group for group in groups if group)}"


def _numbers(document: Document, this: Kind) -> Cell:
    if this.form == "public_letter":
        return ()
    number = line("so", code(document, this), "number")
    if this.form != "letter":
        return (number,)
    return (number, line("ve-viec", f"V/v {document.subject}", "subject"))


def _dates(document: Document, this: Kind) -> Cell:
    """Minutes bear no date of their own: form 1.9."""
    if this.form == "minutes":
        return ()
    return (line("ngay", f"{document.place or wording.gap('địa danh')}, {wording.day(document.date)}", "date"),)


def _marks(document: Document) -> Iterator[Line]:
    if document.urgency:
        yield line("do-khan", layout.data()["urgency"][document.urgency]["text"], "urgency")
    if document.circulation:
        yield line("luu-hanh", document.circulation, "circulation")


# Middle ----------------------------------------------------------------------------------------


def _whole_body(document: Document, this: Kind) -> Body:
    told = list(_paragraphs(document.body, "body"))
    before, after = _particulars(document, this)
    lines: list[Line | Table] = [*_title(document, this), *_addressees(document, this)]
    if this.enacts:
        lines.append(line("tham-quyen", document.authority, "authority"))
    lines += _bases(document)
    if this.enacts:
        lines.append(line("lenh", this.enacts, keep=True))
    lines += [*_parties(document.parties), *before, *told, *after]
    return tuple(_closed(lines))


def _title(document: Document, this: Kind) -> Iterator[Line]:
    if not this.title:
        return
    rule = "" if document.subject else "trich-yeu"
    yield line("ten-loai", this.title, "type", rule=rule, keep=True)
    if document.subject:
        yield line("trich-yeu", wording.first_upper(document.subject), "subject", rule="trich-yeu", keep=True)


def _addressees(document: Document, this: Kind) -> Iterator[Line]:
    if not document.to:
        return
    said = f"{document.sender} điện:" if this.form == "telegram" else "Kính gửi:"
    if len(document.to) == 1 and this.form != "telegram":
        yield line("kinh-gui", f"{said} {document.to[0].rstrip(';.,')}", "to")
        return
    yield line("kinh-gui" if this.form == "telegram" else "kinh-gui-nhieu", said, "to", keep=True)
    for each in wording.ended(document.to):
        yield line("kinh-gui-noi", f"- {each}", "to")


def _bases(document: Document) -> Iterator[Line]:
    """The proposal ends them where there is one."""
    given = [_with(base, "Căn cứ ") for base in document.bases]
    if document.proposal:
        given.append(_with(document.proposal, "Theo đề nghị của "))
    for index, each in enumerate(wording.ended(given)):
        yield line("can-cu", each, f"bases.{index}" if index < len(document.bases) else "proposal")


def _with(text: str, start: str) -> str:
    known = ("căn cứ", "theo đề nghị", "xét", "thực hiện", "theo")
    return text if text.lower().startswith(known) else start + text


def _parties(parties: Sequence[Party]) -> Iterator[Line]:
    for index, party in enumerate(parties):
        who = f"{party.representative}, {party.position}".strip(", ")
        yield line("loi-van", f" {party.name}" + (f"; đại diện: {who}." if who else "."), f"parties.{index}",
                   lead=f"Bên {'ABCD'[index]}:")  # fmt: skip


def _particulars(document: Document, this: Kind) -> tuple[list[Line], list[Line]]:
    """What the form prints before the body, and after it."""
    before: list[Line] = []
    after: list[Line] = []
    for one in this.particulars:
        said = document.particulars.get(one.key) or wording.gap(one.names["vi"].lower())
        for text in one.line.split("|"):
            filled = text.replace("{agency}", _agency_of(document)).replace("{}", said)
            (after if one.last else before).append(line("loi-van", filled, f"particulars.{one.key}"))
    return before, after


def _paragraphs(blocks: Iterable[Block], field: str) -> Iterator[Line | Table]:
    for index, (block, mark) in enumerate(numbered(blocks)):
        yield from _block(block, mark, f"{field}.{index}")


def _block(block: Block, mark: str, field: str) -> Iterator[Line | Table]:
    match block.kind:
        case "table":
            yield Table(tuple(tuple(row) for row in block.rows), field)
        case "part" | "chapter":
            yield line("phan", mark, field, keep=True)
            yield line("tieu-de", block.title or block.text, field, keep=True)
        case "section" | "subsection":
            yield line("muc", mark, field, keep=True)
            yield line("tieu-de", block.title or block.text, field, keep=True)
        case "roman":
            yield line("muc-la-ma", f"{mark} {block.title or block.text}", field, keep=True)
        case "article":
            yield from _article(block, mark, field)
        case "clause" if block.title:
            yield line("khoan-tieu-de", f"{mark} {block.title}", field, keep=True)
            if block.text:
                yield line("loi-van", block.text, field)
        case "clause":
            yield line("khoan", f"{mark} {block.text}", field)
        case "point":
            yield line("diem", f"{mark} {block.text}", field)
        case _:
            yield line("loi-van", f"{mark} {block.text}".strip(), field)


def _article(block: Block, mark: str, field: str) -> Iterator[Line]:
    if block.title:
        yield line("dieu", "", field, lead=f"{mark} {block.title}", keep=True)
        if block.text:
            yield line("loi-van", block.text, field)
    else:
        yield line("dieu", f" {block.text}", field, lead=mark)


def _closed(lines: list[Line | Table]) -> list[Line | Table]:
    """ "./." behind the last words, as the forms of annex III have it."""
    last = lines[-1] if lines else None
    if not isinstance(last, Line) or layout.role(last.role).cell != "6" or last.role in {"tieu-de", "lenh"}:
        return lines
    runs = list(last.runs)
    final = runs[-1]
    runs[-1] = Run(final.text.rstrip(" ./;") + "./.", final.bold, final.gap)
    return [*lines[:-1], Line(last.role, tuple(runs), last.field, last.rule)]


# End -------------------------------------------------------------------------------------------


def _end(document: Document, this: Kind) -> End:
    if this.form == "minutes":
        signed = (line("chuc-vu", "THƯ KÝ"), line("ho-ten", document.secretary, "secretary"))
        return End(((signed, _signature(document)), (tuple(_recipients(document, this)), ())))
    if this.form == "agreement" and document.parties:
        return End((_pair(document.parties), (tuple(_recipients(document, this)), ())))
    return End(((tuple(_recipients(document, this)), _signature(document)),))


def _pair(parties: Sequence[Party]) -> tuple[Cell, Cell]:
    cells = [
        (
            line("chuc-vu", f"ĐẠI DIỆN BÊN {'ABCD'[index]}"),
            *([line("chuc-vu", party.position, f"parties.{index}")] if party.position else []),
            line("ho-ten", party.representative or wording.gap("họ và tên"), f"parties.{index}"),
        )
        for index, party in enumerate(parties[:2])
    ]
    return cells[0], cells[1] if len(cells) > 1 else ()


def _signature(document: Document) -> Cell:
    signed = document.signature
    held = f"{signed.authority}. {signed.on_behalf or signed.position}" if signed.authority else signed.position
    below = [signed.position] if signed.authority and signed.on_behalf and signed.position else []
    held = held or wording.gap("chức vụ")
    above = (line("chuc-vu", words, "signature") for words in (held, *below) if words)
    return (*above, line("ho-ten", signed.name or wording.gap("họ và tên"), "signature"))


def _recipients(document: Document, this: Kind) -> Iterator[Line]:
    given = [each.strip().lstrip("-").strip() for each in document.recipients]
    if not any(each.lower().startswith("như ") for each in given):
        given = [*_as_above(document, this), *given]
    kept = next((each for each in given if each.lower().startswith("lưu")), _archive(document, this))
    given = [each for each in given if not each.lower().startswith("lưu")]
    yield line("noi-nhan", "Nơi nhận:", "recipients", keep=True)
    for each in wording.ended([*given, kept]):
        yield line("noi-nhan-noi", f"- {each}", "recipients")
    if document.drafter:
        prints = f".({document.prints})" if document.prints else "."
        yield line("soan-thao", document.drafter.upper() + prints, "drafter")


def _as_above(document: Document, this: Kind) -> list[str]:
    articles = sum(block.kind == "article" for block in document.body)
    if this.enacts:
        return [f"Như Điều {articles}"] if articles else []
    return ["Như trên"] if document.to or document.type == "giay-gioi-thieu" else []


def _archive(document: Document, this: Kind) -> str:
    if this.form == "minutes":
        return "Lưu: VT, Hồ sơ"
    number = f" ({document.copies})" if document.copies > 1 else ""
    return f"Lưu: VT{', ' + document.unit if document.unit else ''}{number}"


# Annexes ---------------------------------------------------------------------------------------


def _annexes(document: Document, this: Kind) -> Iterator[Body]:
    several = len(document.annexes) > 1
    for index, annex in enumerate(document.annexes):
        yield tuple(_annex(document, this, annex, wording.roman(index + 1) if several else "", index))


def _annex(document: Document, this: Kind, annex: Annex, count: str, index: int) -> Iterator[Line | Table]:
    field = f"annexes.{index}"
    yield line("phu-luc", f"Phụ lục {count}".strip(), field, keep=True)
    if annex.title:
        yield line("phu-luc-ten", annex.title, field, keep=True)
    title = (this.names["vi"].split(" (")[0]).strip()
    said = code(document, this).removeprefix("Số: ").strip()
    number = said if document.number else f"{wording.BLANK}{said}"
    place = f"{title} số {number} {wording.day(document.date)} của {document.agency}"
    yield line("phu-luc-kem", f"(Kèm theo {place})", field, keep=True)
    yield from _paragraphs(annex.body, f"{field}.body")


# Letters and memos in English and French ---------------------------------------------------------

_WORDS = {
    "vi": ("Kính gửi:", "Về việc:", "Trân trọng,"),
    "en": ("To:", "Subject:", "Yours sincerely,"),
    "fr": ("À l’attention de :", "Objet :", "Veuillez agréer l’expression de ma considération distinguée."),
}


def _plain(document: Document) -> Sheet:
    to, about, closing = _WORDS[document.language]
    memo = document.type == "memo"
    dated = ", ".join(filter(None, (document.place, _foreign_day(document))))
    body: list[Line | Table] = []
    if memo:
        body.append(line("ten-loai", "NOTE" if document.language == "fr" else "MEMO", "type"))
    body += [line("loi-van", f" {each}", "to", lead=to if index == 0 else "") for index, each in enumerate(document.to)]
    body.append(line("loi-van", f" {document.subject}", "subject", lead=about))
    body += _paragraphs(document.body, "body")
    if not memo:
        body.append(line("loi-van", closing))
    head = ((_agency(document), (line("ngay", dated, "date"),)),)
    signed = document.signature
    lines = (line("chuc-vu", signed.position, "signature"), line("ho-ten", signed.name, "signature"))
    return Sheet(document.language, head, tuple(body), End((((), lines),)), metadata=metadata(document))


def _foreign_day(document: Document) -> str:
    if document.date is None:
        return wording.gap("date", document.language)
    if document.language == "vi":
        return wording.day(document.date)
    months = {
        "en": "January February March April May June July August September October November December",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    }[document.language].split()
    day = "1er" if document.language == "fr" and document.date.day == 1 else str(document.date.day)
    return f"{day} {months[document.date.month - 1]} {document.date.year}"
