"""Title and subject, addressees, legal bases, body."""

import re
from collections.abc import Iterator, Sequence

from khue.domains.drafting.nd30 import kinds
from khue.domains.drafting.nd30.body import block_of
from khue.domains.drafting.nd30.folding import fold, is_like, one_line, plain
from khue.domains.drafting.nd30.placing.placed import Placed, is_bold
from khue.domains.drafting.nd30.reading import Paragraph

BASIS = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh|xet bao cao|xet )")
ROLES = {
    "part": "phan", "chapter": "phan", "section": "muc", "subsection": "muc", "roman": "muc-la-ma", "article": "dieu",
    "clause": "khoan", "point": "diem", "item": "loi-van", "text": "loi-van",
}  # fmt: skip


def place_middle(placed: Placed, middle: Sequence[Paragraph]) -> None:
    rest = list(_place_title(placed, middle))
    rest = list(_place_addressees(placed, rest))
    rest = list(_place_bases(placed, rest))
    place_body(placed, rest)
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
    return centred or paragraph.rule is not None or is_bold(paragraph) or (starts and len(text) < 200)


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


def place_body(placed: Placed, rest: Sequence[Paragraph]) -> None:
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
        if role == "khoan" and is_bold(paragraph) and len(text) < 200:
            role = "khoan-tieu-de"
        if role == "muc-la-ma" and (len(text) > 250 or text.endswith((";", "."))) and not text.isupper():
            role = "loi-van"
        placed.put(paragraph, role)


def _is_heading(title: str) -> bool:
    """ "Chương II" or "Chương II QUY ĐỊNH", not "Chương II của Quy chế này quy định …"."""
    return not title or title.isupper() or (title[:1].isupper() and len(title) < 160 and not title.endswith((".", ";")))


def _looks_like_heading(paragraph: Paragraph) -> bool:
    text = one_line(paragraph.text)
    return len(text) < 250 and (paragraph.format.align == "center" or text.isupper() or is_bold(paragraph))
