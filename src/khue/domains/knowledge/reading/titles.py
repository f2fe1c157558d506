"""What a document calls itself: the frame of a Vietnamese administrative document, its own title, or the file's name.

Parts and order of the frame: Decree 30/2020/NĐ-CP, annex I, part II.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from khue.domains.knowledge.reading.blocks import Block, ReadDocument

KINDS = (
    "HIẾN PHÁP|BỘ LUẬT|LUẬT|PHÁP LỆNH|LỆNH|NGHỊ QUYẾT LIÊN TỊCH|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|THÔNG TƯ LIÊN TỊCH|"
    "THÔNG TƯ|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|"
    "BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|NỘI QUY|ĐIỀU LỆ"
)
_KIND = re.compile(rf"({KINDS})\s*[:.]?")
_NUMBER = re.compile(r"(?:Luật\s+)?số\s*:?\s*(?P<code>\d{1,5}\s*/\s*(?:\d{4}/)?[A-ZĐ][\w&–-]*)", re.IGNORECASE)
_OPENING = 40
_JUNK = re.compile(r"microsoft word|untitled|^document\d*$|^slide|\.(?:docx?|pdf|odt|rtf|xlsx?)$|^\W*$", re.IGNORECASE)
_LONGEST = 300


def title(document: ReadDocument, file_name: str) -> str:
    """The best name for a list of documents and under a citation."""
    return (
        _of_frame(document.blocks[:_OPENING])
        or _of_metadata(document.title)
        or _of_heading(document.blocks)
        or PurePath(file_name).stem
    )


def codes(document: ReadDocument) -> list[str]:
    """The document's own number ("30/2020/NĐ-CP"), as given at its head."""
    number = _number(document.blocks[:_OPENING])
    return [number] if number else []


def _number(opening: Sequence[Block]) -> str:
    for block in opening:
        found = _NUMBER.match(block.text) if len(block.text) < 120 else None
        if found:
            return re.sub(r"\s", "", found["code"]).rstrip(".,-–")
    return ""


def _of_frame(opening: Sequence[Block]) -> str:
    """ "Nghị định 30/2020/NĐ-CP: Về công tác văn thư"."""
    for index, block in enumerate(opening):
        kind = _KIND.fullmatch(block.text.strip())
        if kind:
            name = f"{kind[1].capitalize()} {_number(opening)}".strip()
            subject = _subject(opening[index + 1 : index + 4])
            return f"{name}: {subject}" if subject else (name if name.lower() != kind[1].lower() else "")
    return ""


def _subject(following: Sequence[Block]) -> str:
    """The lines under the kind, up to a rule or the grounds ("Căn cứ …")."""
    words: list[str] = []
    for block in following:
        if not any(c.isalpha() for c in block.text) or block.text.startswith(("Căn cứ", "CĂN CỨ", "Kính gửi", "Điều")):
            break
        if words and not block.text[0].islower() and not block.text.isupper():
            break
        words.append(block.text)
    subject = " ".join(words)
    return (subject.capitalize() if subject.isupper() else subject) if len(subject) <= _LONGEST else ""


def _of_metadata(found: str) -> str:
    return "" if _JUNK.search(found) or len(found) > _LONGEST or len(found) < 4 else found


def _of_heading(blocks: Sequence[Block]) -> str:
    """A first block that is a heading, not one further down."""
    first = blocks[0] if blocks else None
    if first is not None and first.kind == "heading" and 4 <= len(first.text) <= _LONGEST:
        return first.text
    return ""
