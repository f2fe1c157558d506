"""Signature and recipients."""

import re
from collections.abc import Iterator

from khue.domains.drafting.nd30 import layout
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing import DRAFTER, Placed
from khue.domains.drafting.nd30.reading import Paragraph

TITLES = re.compile(
    r"\b(?:TS|ThS|PGS|GS|CN|KS|BS|CKI|CKII|TSKH|NGƯT|NGND|NSND|NSƯT|Tiến sĩ|Thạc sĩ|Giáo sư|Phó Giáo sư|Bác sĩ|Kỹ sư|"
    r"Ông|Bà|Nhà giáo)\b\.?",
    re.IGNORECASE,
)
AUTHORITY = re.compile(r"(?P<word>TM|Q|KT|TL|TUQ|T/M|K/T|T/L|T\.M|K\.T|T\.L|TU|UQ|TƯQ)(?P<end>\.?)(?P<gap>\s*)(?=\S)")
RIGHT = {"TM", "Q", "KT", "TL", "TUQ"}
WRITTEN_OUT = re.compile(r"(?:THAY MẶT|KÝ THAY|THỪA LỆNH|THỪA ỦY QUYỀN|THỪA UỶ QUYỀN|QUYỀN)\s")


def check(placed: Placed) -> Iterator[Finding]:
    for paragraph in placed.all("chuc-vu"):
        yield from _authority(paragraph)
    yield from _deputy(placed)
    for paragraph in placed.all("ho-ten"):
        yield from _name(paragraph)
    yield from _recipients(placed)
    for paragraph in placed.all("soan-thao"):
        text = one_line(paragraph.text)
        if not re.fullmatch(r"[A-ZĐ]{1,6}\.(?:\s?\(\d+\))?", text):
            yield Finding("drafter-form", "12", text, "PL.(300)", at(paragraph), cites=layout.role("soan-thao").cites)


def _authority(paragraph: Paragraph) -> Iterator[Finding]:
    text = one_line(paragraph.text)
    cites = "Mục II, khoản 7 điểm b"
    if WRITTEN_OUT.match(text.upper()):
        yield Finding("authority-form", "7a", text[:20], "TM., Q., KT., TL., TUQ.", at(paragraph), cites=cites)
        return
    found = AUTHORITY.match(text.upper())
    if found is None or (not found["end"] and not found["gap"] and found["word"] in RIGHT):
        return
    if found["word"] not in RIGHT or not found["end"]:
        yield Finding("authority-form", "7a", text[:12], "TM., Q., KT., TL., TUQ.", at(paragraph), cites=cites)
    elif not found["gap"]:
        yield Finding("authority-gap", "7a", text[:12], f"{found['word']}. …", at(paragraph), severity="warning",
                      cites=cites)  # fmt: skip


def _deputy(placed: Placed) -> Iterator[Finding]:
    """Who signs for the head is named with the own position below; a deputy's position alone lacks "KT."."""
    held = [one_line(one.text).upper() for one in placed.all("chuc-vu")]
    if not held or placed.form in {"minutes", "agreement", "plain"}:
        return
    first = held[0]
    deputy = re.match(r"(?:PHÓ |THỨ TRƯỞNG)", first)
    if deputy:
        yield Finding("deputy", "7a", first, "KT. …", at(placed.first("chuc-vu")), cites="Mục II, khoản 7 điểm b")
    elif first.startswith(("KT.", "TL.", "TUQ.")) and len(held) == 1:
        yield Finding("own-position", "7a", first, "…", at(placed.first("chuc-vu")), cites="Mục II, khoản 7 điểm c")


def _name(paragraph: Paragraph) -> Iterator[Finding]:
    text = one_line(paragraph.text)
    if TITLES.match(text):
        yield Finding("academic-title", "7b", text, TITLES.sub("", text).strip(" ."), at(paragraph),
                      cites="Mục II, khoản 7 điểm c")  # fmt: skip
    elif any(word[:1].islower() for word in text.split()) and not text.isupper() and len(text.split()) <= 6:
        yield Finding("name-capitals", "7b", text, text.title(), at(paragraph), cites="Phụ lục II, Mục II")


# Recipients ------------------------------------------------------------------------------------


def _recipients(placed: Placed) -> Iterator[Finding]:
    cites = layout.role("noi-nhan").cites
    head = placed.first("noi-nhan")
    if head is None:
        return
    if one_line(head.text) != "Nơi nhận:":
        yield Finding("wording", "9b", one_line(head.text)[:30], "Nơi nhận:", at(head), cites=cites)
    listed = placed.all("noi-nhan-noi")
    if not listed:
        yield Finding("archive", "9b", "none", "- Lưu: VT, ….", at(head), cites=cites)
        return
    yield from _endings(_joined(listed), cites)
    yield from _archive(listed[-1], cites)
    letters = placed.is_letter or bool(placed.first("kinh-gui") or placed.first("kinh-gui-nhieu"))
    if placed.is_letter and letters and "nhu tren" not in fold(" ".join(one.text for one in listed)):
        yield Finding("as-above", "9b", one_line(listed[0].text), "- Như trên;", at(listed[0]), severity="warning",
                      cites="Mục II, khoản 9 điểm b")  # fmt: skip


def _joined(listed: list[Paragraph]) -> list[tuple[Paragraph, str]]:
    """A recipient may run over several paragraphs."""
    found: list[tuple[Paragraph, str]] = []
    for paragraph in listed:
        text = one_line(paragraph.text)
        if found and not text.startswith(("-", "–", "+", "•")) and not found[-1][1].endswith((";", ".")):
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        else:
            found.append((paragraph, text))
    return found


def _endings(listed: list[tuple[Paragraph, str]], cites: str) -> Iterator[Finding]:
    for index, (paragraph, text) in enumerate(listed):
        last = index + 1 == len(listed)
        if not text.startswith("-"):
            yield Finding("list-dash", "9b", text[:12], "- …", at(paragraph), cites=cites)
        if not text.endswith("." if last else ";"):
            yield Finding("list-end", "9b", text[-1:], "." if last else ";", at(paragraph), cites=cites)


def _archive(last: Paragraph, cites: str) -> Iterator[Finding]:
    text = one_line(last.text)
    if "luu" not in fold(text).split()[:3] and not re.match(r"-?\s*luu\b", fold(text)):
        yield Finding("archive", "9b", text[:40], "- Lưu: VT, ….", at(last), cites=cites)
    elif not re.match(r"-\s*Lưu:\s*VT\b", text):
        yield Finding("archive-form", "9b", text[:40], "- Lưu: VT, ….", at(last), cites=cites)


def is_drafter(text: str) -> bool:
    return bool(DRAFTER.fullmatch(text))
