"""A DOCX against the decree: findings in the order of the document; and the same DOCX with its layout mended."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from khue.domains.drafting.nd30.checks import annexes, body, end, head, looks, page, presence, words
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.finding import Finding
from khue.domains.drafting.nd30.placing import Placed, place
from khue.domains.drafting.nd30.reading import Reading, read

EPOCH = (2020, 3, 5, 0, 0, 0)
MOST_ROUNDS = 4
# signs of Latin-1 inside words: text made for fonts that drew Vietnamese letters on them (TCVN3)
OLD_CODE = re.compile(r"[^\W\d_][¡-¿×÷\xad]|[¡-¿×÷\xad][^\W\d_]")


def check(octets: bytes, known: Known = Known()) -> list[Finding]:
    """Raises UnreadableDocument."""
    return _findings(place(read(octets)), known)


def fix(octets: bytes) -> tuple[bytes, list[Finding]]:
    """The file mended, and what could not be mended without touching words. Mending it again changes nothing."""
    reading = read(octets)
    findings = _findings(place(reading), Known())
    mended = False
    for _ in range(MOST_ROUNDS):
        acts = [finding.mend for finding in findings if finding.mend]
        if not acts:
            break
        for act in acts:
            act()
        mended = True
        octets = _saved(reading)
        reading = read(octets)
        findings = _findings(place(reading), Known())
    return octets if mended else octets, findings


def words_of(octets: bytes) -> list[str]:
    """All words in their order; what mending must keep."""
    return [word for paragraph in read(octets).paragraphs for piece in paragraph.pieces for word in piece.text.split()]


def _saved(reading: Reading) -> bytes:
    written = io.BytesIO()
    reading.document.save(written)
    return _steady(written.getvalue())


def _steady(octets: bytes) -> bytes:
    """Without the time of day, so that equal content is an equal file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in box.namelist():
            kept.writestr(zipfile.ZipInfo(name, EPOCH), box.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _findings(placed: Placed, known: Known) -> list[Finding]:
    if _is_foreign(placed):
        # nor do Vietnamese syllables
        return [*_file(placed), *page.check(placed), *words.check(placed, replace(known, is_syllable=None))]
    found = [
        *_file(placed),
        *page.check(placed),
        *presence.check(placed),
        *head.check(placed),
        *looks.check(placed),
        *body.check(placed),
        *end.check(placed),
        *annexes.check(placed),
        *words.check(placed, known),
    ]
    return _once(found)


def _once(found: list[Finding]) -> list[Finding]:
    """Of equal ones the first; the layout of one paragraph may be asked for twice."""
    return list(dict.fromkeys(found))


def _file(placed: Placed) -> Iterator[Finding]:
    if placed.reading.tracked:
        yield Finding("tracked-changes", "file", "tracked", "accepted", severity="error")
    yield from _codes(placed)
    if placed.reading.boxes:
        yield Finding("text-box", "file", str(placed.reading.boxes), "none", severity="advice")
    nested = [one for one in placed.reading.paragraphs if one.depth > 1 and one.text.strip()]
    if nested:
        yield Finding("nested-table", "file", str(len({one.cell for one in nested})), "none", nested[0].where,
                      severity="advice")  # fmt: skip


def _codes(placed: Placed) -> Iterator[Finding]:
    """Unicode with whole letters (TCVN 6909:2001; annex I, part I, I.2), no font code of before."""
    for paragraph in placed.reading.paragraphs:
        if len(OLD_CODE.findall(paragraph.text)) > 2:
            yield Finding("code", "file", "old code", "Unicode", paragraph.where, cites="Mục I, khoản 2")
            return
    if placed.reading.parted:
        yield Finding("code", "file", "parted letters", "Unicode", severity="advice", cites="Mục I, khoản 2")


def _is_foreign(placed: Placed) -> bool:
    """A letter in another language: the decree says nothing of its cells."""
    if placed.first("quoc-hieu") or placed.first("tieu-ngu"):
        return False
    letters = [char for one in placed.reading.paragraphs for char in one.text.casefold() if char.isalpha()]
    marked = sum(char in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ" for char in letters)
    return len(letters) > 40 and marked / len(letters) < 0.06
