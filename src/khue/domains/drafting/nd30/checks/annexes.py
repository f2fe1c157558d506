"""Annexes: their numbers, titles, the note that ties them to the document."""

import re
from collections.abc import Iterator

from khue.domains.drafting.nd30 import layout, wording
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.placing import Placed

HEAD = re.compile(r"(?P<word>Phụ lục|PHỤ LỤC|Phụ Lục)\s*(?:số\s+)?(?P<number>\S*?)[.:]?$")


def check(placed: Placed) -> Iterator[Finding]:
    heads = placed.all("phu-luc")
    cites = layout.role("phu-luc").cites
    for index, head in enumerate(heads):
        found = HEAD.match(one_line(head.text))
        number = found["number"] if found else ""
        wanted = wording.roman(index + 1)
        if number.isdigit():
            yield Finding("number-kind", "annex", number, wanted, at(head), cites="Mục III, khoản 1 điểm a")
        elif len(heads) > 1 and number != wanted:
            yield Finding("sequence", "annex", number or "none", wanted, at(head), cites="Mục III, khoản 1 điểm a")
        yield from _note(placed, index, cites)
    if heads and not _mentions(placed):
        yield Finding("annex-named", "6", "none", "Phụ lục", at(heads[0]), severity="warning",
                      cites="Mục III, khoản 1 điểm a")  # fmt: skip


def _note(placed: Placed, index: int, cites: str) -> Iterator[Finding]:
    part = placed.annexes[index]
    note = next((one for one in part if one.role == "phu-luc-kem"), None)
    if note is None:
        yield Finding("annex-note", "annex", "none", "(Kèm theo …)", at(part[0]), cites="Mục III, khoản 1 điểm c")
        return
    said = fold(one_line(note.text))
    if not re.search(r"ngay .*thang .*nam ", said) or not re.search(r"\bcua \S", said) or "so" not in said.split():
        yield Finding("annex-note", "annex", one_line(note.text)[:60], "(Kèm theo … số … ngày … của …)", at(note),
                      cites="Mục III, khoản 1 điểm c")  # fmt: skip


def _mentions(placed: Placed) -> bool:
    said = fold(" ".join(one.text for one in placed.body))
    return any(words in said for words in ("phu luc", "kem theo", "danh sach", "dinh kem"))
