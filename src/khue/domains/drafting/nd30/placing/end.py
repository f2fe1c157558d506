"""Recipients, signature and who drafted."""

import re
from collections.abc import Sequence

from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing.placed import SIGNED, Placed
from khue.domains.drafting.nd30.reading import Paragraph

DRAFTER = re.compile(r"[A-ZĐa-zđ]{1,6}\s*\.?\s*[(\[]?\s*\d*\s*[)\]]?\.?$")
POSITIONS = re.compile(
    r"(?:tm|q|kt|tl|tuq|t/m|k/t|t/l)\b[.\s/]|chu tich|pho chu tich|bo truong|thu truong|giam doc|cuc truong|vu truong|"
    r"chanh van phong|truong phong|pho |hieu truong|thu ky|chu toa|chu tri|dai dien|tong |vien truong|truong "
)


def place_end(placed: Placed, rest: Sequence[Paragraph]) -> set[int]:
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
