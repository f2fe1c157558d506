"""Agency, motto, number, place and date, and what is stamped above them."""

import re
from collections.abc import Sequence

from khue.domains.drafting.nd30 import kinds
from khue.domains.drafting.nd30.folding import fold, is_like, one_line, plain
from khue.domains.drafting.nd30.placing.placed import SIGNED, Placed, is_bold
from khue.domains.drafting.nd30.reading import Paragraph

NATION, MOTTO = "cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc"
NUMBER = re.compile(r"(?:so|s0)\s*[:.;]?\s*[\d.…_\s]*\s*[/\\|-]\s*\S|(?:so)\s*:\s*[\d.…_\s]+$|\d+\s*/\s*[a-z0-9-]+$")
DAY = re.compile(r"ngay\W*[\d.…_]*\W*thang\W*[\d.…_]*\W*nam\W*[\d.…_]*\W*$")
SHORT_DAY = re.compile(r"[^\d]{2,40},?\s*(?:ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\W*$")
CITES = ("can cu", "thuc hien", "theo ", "xet ")
CIRCULATION = ("xem xong tra lai", "luu hanh noi bo", "tai lieu thu hoi", "khong pho bien")
URGENCY = ("hoa toc", "thuong khan", "khan")


def place_head(placed: Placed, main: Sequence[Paragraph]) -> list[Paragraph]:
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
    if len(said) < 100 and not said.startswith(CITES) and (DAY.search(said) or SHORT_DAY.match(said)):
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
    """Of several lines: from the first bold one after the plain ones, else the last alone, with the lines that it is
    broken into."""
    bold = [is_bold(name) for name in names]
    if any(bold) and not all(bold) and not bold[0]:
        return bold.index(True)
    at = len(names) - 1
    while at > 0 and all(bold) and names[at].goes_on:
        at -= 1
    return at
