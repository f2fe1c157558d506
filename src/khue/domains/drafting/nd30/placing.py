"""Which paragraph is which element: by its words and place, not by how it looks, since that is what is checked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khue.domains.drafting.nd30 import kinds
from khue.domains.drafting.nd30.body import block_of
from khue.domains.drafting.nd30.folding import fold, is_like, one_line, plain
from khue.domains.drafting.nd30.kinds import Kind
from khue.domains.drafting.nd30.reading import Paragraph, Reading

NATION, MOTTO = "cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc"
DRAWN = re.compile(r"[\s_\-–—=*.…]*[_\-–—]{3,}[\s_\-–—=*.…]*$")
NUMBER = re.compile(r"(?:so|s0)\s*[:.;]?\s*[\d.…_\s]*\s*[/\\|-]\s*\S|(?:so)\s*:\s*[\d.…_\s]+$|\d+\s*/\s*[a-z0-9-]+$")
DAY = re.compile(r"ngay\W*[\d.…_]*\W*thang\W*[\d.…_]*\W*nam\W*[\d.…_]*\W*$")
SHORT_DAY = re.compile(r"[^\d]{2,40},?\s*(?:ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\W*$")
BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh|xet bao cao|xet )")
CIRCULATION = ("xem xong tra lai", "luu hanh noi bo", "tai lieu thu hoi", "khong pho bien")
URGENCY = ("hoa toc", "thuong khan", "khan")
DRAFTER = re.compile(r"[A-ZĐa-zđ]{1,6}\s*\.?\s*[(\[]?\s*\d*\s*[)\]]?\.?$")
SIGNED = re.compile(r"\((?:da )?ky\)|\(chu ky|\(ky,|\[?\(da ky|dau/chu ky|dau, chu ky")
ANNEX = re.compile(r"phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*[.:]?$")
POSITIONS = re.compile(
    r"(?:tm|q|kt|tl|tuq|t/m|k/t|t/l)\b[.\s/]|chu tich|pho chu tich|bo truong|thu truong|giam doc|cuc truong|vu truong|"
    r"chanh van phong|truong phong|pho |hieu truong|thu ky|chu toa|chu tri|dai dien|tong |vien truong|truong "
)
ROLES = {
    "part": "phan", "chapter": "phan", "section": "muc", "subsection": "muc", "roman": "muc-la-ma", "article": "dieu",
    "clause": "khoan", "point": "diem", "item": "loi-van", "text": "loi-van",
}  # fmt: skip


@dataclass
class Placed:
    """A reading with its elements found."""

    reading: Reading
    kind: Kind | None = None
    # official letter: there is no title, but "V/v" or "Kính gửi"
    is_letter: bool = False
    by_role: dict[str, list[Paragraph]] = field(default_factory=dict)
    body: list[Paragraph] = field(default_factory=list)
    annexes: list[list[Paragraph]] = field(default_factory=list)

    def first(self, role: str) -> Paragraph | None:
        return next(iter(self.by_role.get(role, ())), None)

    def all(self, *roles: str) -> list[Paragraph]:
        return [paragraph for role in roles for paragraph in self.by_role.get(role, ())]

    def put(self, paragraph: Paragraph, role: str) -> None:
        paragraph.role = role
        self.by_role.setdefault(role, []).append(paragraph)

    @property
    def form(self) -> str:
        if self.kind:
            return self.kind.form
        return "letter" if self.is_letter else ""


def place(reading: Reading) -> Placed:
    placed = Placed(reading)
    paragraphs = _with_rules(reading.paragraphs)
    end = _end_of(paragraphs)
    cut = _annex_cut(paragraphs, end)
    main, annexes = paragraphs[:cut], paragraphs[cut:]
    rest = _place_head(placed, main)
    ended = _place_end(placed, rest)
    _place_middle(placed, [paragraph for paragraph in rest if id(paragraph) not in ended])
    _place_annexes(placed, annexes)
    placed.is_letter = placed.kind is None and bool(placed.all("kinh-gui", "kinh-gui-nhieu", "ve-viec"))
    return placed


def _with_rules(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Without empty paragraphs; one that is only a line is noted with what it stands under."""
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        text = one_line(paragraph.text)
        is_line = bool(DRAWN.fullmatch(text)) if text else _is_drawn(paragraph)
        if is_line:
            if kept and kept[-1].cell == paragraph.cell and kept[-1].rule is None:
                kept[-1].rule = paragraph
        elif text:
            kept.append(paragraph)
            if _is_drawn(paragraph):
                paragraph.rule = paragraph
    return kept


def _is_drawn(paragraph: Paragraph) -> bool:
    if paragraph.length is not None:
        return True
    borders = paragraph.format.borders
    return bool(borders & {"top", "bottom"}) and not borders >= {"left", "right"}


# Head ------------------------------------------------------------------------------------------


def _place_head(placed: Placed, main: Sequence[Paragraph]) -> list[Paragraph]:
    """→ what is left, from the first words of the middle."""
    edge = _head_edge(main)
    left: list[Paragraph] = []
    column = _agency_column(main[:edge])
    for paragraph in main[:edge]:
        role = _head_role(paragraph, column)
        if role == "?":
            left.append(paragraph)
        else:
            placed.put(paragraph, role)
    _name_agencies(placed, left)
    return list(main[edge:])


def _head_edge(main: Sequence[Paragraph]) -> int:
    """Where the title, the addressees or the body begins."""
    known = 0
    for index, paragraph in enumerate(main[:40]):
        if _head_role(paragraph, None) not in {"?", "ve-viec"}:
            known = index + 1
        if paragraph.cell is None and known:
            text = fold(one_line(paragraph.text))
            if kinds.by_title(one_line(paragraph.text).rstrip(":. ")) or text.startswith("kinh gui"):
                return index
    # without a title: the head ends with its last element, and with its table
    while 0 < known < min(len(main), 40) and _same_table(main[known - 1], main[known]):
        known += 1
    return known


def _same_table(one: Paragraph, other: Paragraph) -> bool:
    return one.cell is not None and other.cell is not None and one.cell[0] == other.cell[0]


def _agency_column(head: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Table and column of what is not the nation's."""
    for paragraph in head:
        if paragraph.cell and _head_role(paragraph, None) == "quoc-hieu":
            return paragraph.cell[0], 1 - min(paragraph.cell[2], 1)
    return None


def _head_role(paragraph: Paragraph, column: tuple[int, int] | None) -> str:
    text = one_line(paragraph.text)
    said, bare = fold(text), plain(text)
    if is_like(bare, NATION):
        return "quoc-hieu"
    if is_like(bare, MOTTO):
        return "tieu-ngu"
    if len(said) < 60 and NUMBER.match(said):
        return "so"
    if len(said) < 100 and (DAY.search(said) or SHORT_DAY.match(said)):
        return "ngay"
    if said.startswith(("v/v", "v/ v", "v.v", "vv ")) or (said.startswith("ve viec") and paragraph.cell):
        return "ve-viec"
    if bare in URGENCY:
        return "do-khan"
    boxed = paragraph.format.borders >= {"left", "right"}
    if bare in CIRCULATION or (boxed and len(bare) < 60):
        return "luu-hanh"
    if bare in {"sao y", "sao luc", "trich sao"}:
        return "ten-loai"
    return "?"


def _name_agencies(placed: Placed, left: Sequence[Paragraph]) -> None:
    """The last name before the number is who issues; what stands above is over it."""
    number = placed.first("so")
    names = [one for one in left if number is None or one.number < number.number] or list(left)
    for index, paragraph in enumerate(names):
        placed.put(paragraph, "co-quan" if index >= _issuer_from(names) else "chu-quan")
    for paragraph in left:
        if paragraph not in names and not SIGNED.search(fold(paragraph.text)):
            placed.put(paragraph, "ve-viec" if placed.first("ve-viec") else "la")
    seen = placed.first("ten-loai")
    if seen is not None:
        placed.kind = kinds.by_title(one_line(seen.text))


def _issuer_from(names: Sequence[Paragraph]) -> int:
    """Of several lines: from the first bold one after the plain ones, else the last alone."""
    bold = [_is_bold(name) for name in names]
    if any(bold) and not all(bold) and not bold[0]:
        return bold.index(True)
    return len(names) - 1


def _is_bold(paragraph: Paragraph) -> bool:
    said = paragraph.said
    return bool(said) and all(piece.format.bold for piece in said)


# End -------------------------------------------------------------------------------------------


def _end_of(paragraphs: Sequence[Paragraph]) -> int:
    """Where "Nơi nhận" stands; the last one before any annex."""
    found = [index for index, one in enumerate(paragraphs) if fold(one.text).startswith("noi nhan")]
    return found[0] if found else -1


def _annex_cut(paragraphs: Sequence[Paragraph], end: int) -> int:
    """Annexes follow the end, or at least the middle of the document."""
    for index, paragraph in enumerate(paragraphs):
        if index > max(end, 4) and paragraph.cell is None and ANNEX.match(fold(one_line(paragraph.text))):
            return index
    return len(paragraphs)


def _place_end(placed: Placed, rest: Sequence[Paragraph]) -> set[int]:
    table = _end_table(rest)
    taken = [one for one in rest if one.cell and one.cell[0] == table] if table is not None else _loose_end(rest)
    if not taken:
        return set()
    after = [one for one in rest if one.number > taken[-1].number] if table is not None else []
    receiving = False
    columns: dict[tuple[int, int], list[Paragraph]] = {}
    for paragraph in [*taken, *after]:
        said = fold(one_line(paragraph.text))
        if said.startswith("noi nhan"):
            receiving = True
            placed.put(paragraph, "noi-nhan")
            home = paragraph.cell
        elif receiving and paragraph.cell == home:
            _put_recipient(placed, paragraph, said)
        elif paragraph.cell and paragraph.cell[0] == table:
            columns.setdefault((paragraph.cell[0], paragraph.cell[2]), []).append(paragraph)
        elif table is None:
            columns.setdefault((-1, 0), []).append(paragraph)
        else:
            placed.put(paragraph, "dia-chi" if _is_address(said) else "la")
    for cells in columns.values():
        _put_signature(placed, cells)
    return {id(paragraph) for paragraph in [*taken, *after]}


def _end_table(rest: Sequence[Paragraph]) -> int | None:
    for paragraph in rest:
        if paragraph.cell and fold(paragraph.text).startswith("noi nhan"):
            return paragraph.cell[0]
    tables = [paragraph for paragraph in rest if paragraph.cell]
    if not tables:
        return None
    last = tables[-1].cell[0] if tables[-1].cell else -1
    words = [fold(one_line(one.text)) for one in tables if one.cell and one.cell[0] == last]
    looks = any(POSITIONS.match(each) for each in words) and tables[-1].number >= rest[-1].number - 2
    return last if looks and len(words) < 40 else None


def _loose_end(rest: Sequence[Paragraph]) -> list[Paragraph]:
    """A signature and recipients without a table."""
    for index, paragraph in enumerate(rest):
        said = fold(one_line(paragraph.text))
        is_signature = paragraph.text.isupper() and POSITIONS.match(said) and index > len(rest) / 3
        if paragraph.cell is None and (said.startswith("noi nhan") or is_signature):
            return list(rest[index:])
    return []


def _put_recipient(placed: Placed, paragraph: Paragraph, said: str) -> None:
    text = one_line(paragraph.text)
    last = placed.by_role.get("noi-nhan-noi", [])
    archived = bool(last) and "luu" in fold(last[-1].text)
    if archived and not said.startswith(("-", "luu")) and DRAFTER.fullmatch(text):
        placed.put(paragraph, "soan-thao")
    elif _is_address(said) and archived:
        placed.put(paragraph, "dia-chi")
    else:
        placed.put(paragraph, "noi-nhan-noi")


def _is_address(said: str) -> bool:
    return bool(re.search(r"\b(?:dt|tel|dien thoai|fax|e-?mail|website)\b\s*:", said))


def _put_signature(placed: Placed, cells: Sequence[Paragraph]) -> None:
    named = [
        one for one in cells if not SIGNED.search(fold(one.text)) and not one_line(one.text).startswith(("(", "["))
    ]
    if not named:
        return
    if len(named) == 1 and (named[0].text.isupper() or POSITIONS.match(fold(named[0].text))):
        placed.put(named[0], "chuc-vu")
        return
    for paragraph in named[:-1]:
        placed.put(paragraph, "chuc-vu")
    placed.put(named[-1], "ho-ten")


# Middle ----------------------------------------------------------------------------------------


def _place_middle(placed: Placed, middle: Sequence[Paragraph]) -> None:
    rest = list(_place_title(placed, middle))
    rest = list(_place_addressees(placed, rest))
    rest = list(_place_bases(placed, rest))
    _place_body(placed, rest)
    placed.body = rest


def _place_title(placed: Placed, middle: Sequence[Paragraph]) -> Iterator[Paragraph]:
    state = "before"
    for paragraph in middle:
        text = one_line(paragraph.text)
        if state == "before":
            found = kinds.by_title(text.rstrip(":. "))
            state = "title" if found else ("done" if fold(text).startswith("kinh gui") else "before")
            if found:
                placed.kind = found
                placed.put(paragraph, "ten-loai")
                if paragraph.rule:
                    state = "done"
                continue
            if placed.first("ve-viec") or state == "before":
                state = "done"
        elif state in {"title", "subject"} and _is_subject(paragraph, state):
            placed.put(paragraph, "trich-yeu")
            state = "done" if paragraph.rule else "subject"
            continue
        else:
            state = "done"
        yield paragraph


def _is_subject(paragraph: Paragraph, state: str) -> bool:
    text = one_line(paragraph.text)
    said = fold(text)
    if paragraph.cell or len(text) > 300 or BASIS.match(said) or said.startswith("kinh gui"):
        return False
    if block_of(text).kind != "text" or said.endswith((" dien:", " moi:", " thieu:")):
        return False
    centred = paragraph.format.align == "center"
    if state == "subject":
        return centred and not text.isupper()
    if text.isupper() and not paragraph.rule:
        return not centred and len(text) < 200
    starts = said.startswith(("ve ", "ban hanh", "phe duyet", "v/v", "tinh hinh", "ket qua", "cong tac", "to chuc"))
    return centred or paragraph.rule is not None or _is_bold(paragraph) or (starts and len(text) < 200)


def _place_addressees(placed: Placed, rest: Sequence[Paragraph]) -> Iterator[Paragraph]:
    state = "before"
    for paragraph in rest:
        text = one_line(paragraph.text)
        said = fold(text)
        if state == "before" and (said.startswith("kinh gui") or (said.endswith(" dien:") and len(text) < 120)):
            alone = plain(said) == "kinh gui" or said.endswith("dien:")
            placed.put(paragraph, "kinh-gui-nhieu" if alone and said.startswith("kinh gui") else "kinh-gui")
            state = "list" if alone or text.endswith(";") else "after"
        elif state == "list" and (text.startswith(("-", "–", "•", "+")) or _is_listed(paragraph, placed)):
            placed.put(paragraph, "kinh-gui-noi")
            state = "after" if text.endswith(".") else "list"
        else:
            state = "after" if state == "list" else state
            yield paragraph


def _is_listed(paragraph: Paragraph, placed: Placed) -> bool:
    """An addressee without a dash: short, ends like one of a list."""
    text = one_line(paragraph.text)
    goes_on = bool(placed.first("kinh-gui-noi")) and len(text.split()) < 14
    is_set_in = paragraph.format.align != "both" or paragraph.format.left > 20
    return len(text) < 160 and (text.endswith(";") or goes_on) and is_set_in


def _place_bases(placed: Placed, rest: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Authority, bases and the word that enacts, where a decision or resolution has them."""
    enacts = placed.kind.enacts if placed.kind else ""
    open_, has_bases = True, any(BASIS.match(fold(one_line(one.text))) for one in rest[:30])
    for paragraph in rest:
        text = one_line(paragraph.text)
        if not open_:
            yield paragraph
        elif enacts and is_like(plain(text), plain(enacts)) and (has_bases or text.endswith(":")):
            placed.put(paragraph, "lenh")
            open_ = False
        elif _is_basis(fold(text), bool(enacts)) and len(text) < 700:
            placed.put(paragraph, "can-cu")
        elif enacts and not placed.first("can-cu") and not placed.first("tham-quyen") and len(text) < 200 and (
            block_of(text).kind == "text"
        ):  # fmt: skip
            placed.put(paragraph, "tham-quyen")
        else:
            open_ = open_ and bool(enacts) and block_of(text).kind == "text"
            yield paragraph


def _is_basis(said: str, enacts: bool) -> bool:
    """ "Căn cứ …"; of a decision also who proposed it."""
    return bool(BASIS.match(said)) if enacts else said.startswith("can cu ")


def _place_body(placed: Placed, rest: Sequence[Paragraph]) -> None:
    opened = False
    for paragraph in rest:
        if paragraph.cell is not None:
            placed.put(paragraph, "o-bang")
            continue
        text = one_line(paragraph.text)
        block = block_of(text)
        if opened and block.kind == "text" and _looks_like_heading(paragraph):
            placed.put(paragraph, "tieu-de")
            opened = False
            continue
        opened = block.kind in {"part", "chapter", "section", "subsection"} and _is_heading(block.title)
        role = ROLES.get(block.kind, "loi-van")
        if role in {"phan", "muc"} and not opened:
            role = "loi-van"
        if role == "khoan" and _is_bold(paragraph) and len(text) < 200:
            role = "khoan-tieu-de"
        if role == "muc-la-ma" and (len(text) > 250 or text.endswith((";", "."))) and not text.isupper():
            role = "loi-van"
        placed.put(paragraph, role)


def _is_heading(title: str) -> bool:
    """ "Chương II" or "Chương II QUY ĐỊNH", not "Chương II của Quy chế này quy định …"."""
    return not title or title.isupper() or (title[:1].isupper() and len(title) < 160 and not title.endswith((".", ";")))


def _looks_like_heading(paragraph: Paragraph) -> bool:
    text = one_line(paragraph.text)
    return len(text) < 250 and (paragraph.format.align == "center" or text.isupper() or _is_bold(paragraph))


# Annexes ---------------------------------------------------------------------------------------


def _place_annexes(placed: Placed, paragraphs: Sequence[Paragraph]) -> None:
    state = "body"
    for paragraph in paragraphs:
        text = one_line(paragraph.text)
        said = fold(text)
        if paragraph.cell is None and ANNEX.match(said):
            placed.annexes.append([])
            placed.put(paragraph, "phu-luc")
            state = "title"
        elif state in {"title", "note"} and said.startswith("(kem theo"):
            placed.put(paragraph, "phu-luc-kem")
            state = "body"
        elif state == "title" and paragraph.cell is None and block_of(text).kind == "text" and len(text) < 300:
            placed.put(paragraph, "phu-luc-ten")
            state = "note"
        else:
            state = "body"
            _place_body(placed, [paragraph])
        placed.annexes[-1].append(paragraph)
