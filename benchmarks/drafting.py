"""Documents of Decree 30/2020/NĐ-CP: are departures found, is nothing found in right documents, how fast do files come?

docxtpl fills a template of the same letter beside; where LibreOffice is installed it makes PDFs of both, and its page
counts are compared with ours.

KHUE_BENCH_PARTS: which of "form" (no model) and "writing" (drafts from briefs, with the embedded model); each writes a
section of its own. KHUE_BENCH_HALF: of the briefs, "report" (default) or "tune", which the writer was changed with.
KHUE_BENCH_PEERS: briefs that the model is plainly asked (default 12). KHUE_BENCH_TEXTS: a file that takes every draft.
KHUE_BENCH_SYSTEMS: which of "khue", "unaided" (while no model answers) and "plain" (the peer).
"""

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import drafting_writing, results
from benchmarks.corpora.drafting import plants
from khue.domains.drafting.nd30 import checking, compiling, kinds
from khue.domains.drafting.nd30.checks.words import Known
from khue.domains.drafting.nd30.shape import Document
from khue.domains.knowledge.reading.syllables import is_syllable
from khue.ui import typesetting

KNOWN = Known(is_syllable=is_syllable)
SECONDS = 5.0
LETTER = {
    "type": "cong-van", "superior": "Ủy ban nhân dân tỉnh Nam Định", "agency": "Sở Nội vụ", "agency_code": "SNV",
    "unit": "VP", "number": 12, "place": "Nam Định", "date": "2026-03-05", "subject": "báo cáo biên chế",
    "to": ["Sở Tài chính", "Sở Y tế"], "recipients": ["Lãnh đạo Sở"],
    "body": [{"text": "Sở Nội vụ đề nghị quý Sở gửi báo cáo về biên chế trước ngày 15 tháng 3. " * 4}] * 5,
    "signature": {"position": "Giám đốc", "name": "Nguyễn Văn An"},
}  # fmt: skip
NOTES = """
The half "tune" was looked at while the checker was written; the half "report" was not, and no kind of departure is in
both. A departure counts as found when a finding names its cell and its rule. Right documents: one of each type made by
the compiler, one more letter, and six made by hand with direct formatting, other sizes within the rules and other ways
of drawing lines (benchmarks/corpora/drafting). Departures, right documents and the decree's reading are by the same
author, so a stranger's documents will fare worse; the departures from annex II were added after its rules were written.
One departure was replaced: "cơ quan nhà nước" in small letters is how the decree itself writes it. Speeds:
one process, one core, a letter of one page with another number each time.
"""


def run() -> None:
    for part in os.environ.get("KHUE_BENCH_PARTS", " ".join(PARTS)).split():
        PARTS[part]()


def form_part() -> None:
    results.write("drafting", "Drafting: the form of Decree 30/2020/NĐ-CP", "\n\n".join(parts()))


def writing_part() -> None:
    body = drafting_writing.section(lambda text: print(f"  {text}", file=sys.stderr))
    results.write("drafting-writing", "Drafting: letters from a brief, with the embedded model", body)


PARTS = {"form": form_part, "writing": writing_part}


def parts() -> Iterator[str]:
    yield results.table(("half", "departures", "found", "share"), [found(half) for half in ("tune", "report")])
    alarmed = [name for name, octets in plants.right().items() if checking.check(octets, KNOWN)]
    total = len(plants.right())
    yield (
        f"Right documents with a false alarm: {len(alarmed)} of {total}. Types that compile to DOCX and PDF: "
        f"{compiled()} of {len(kinds.decree_types())}. {mended()}"
    )
    yield results.table(("system", "output", "documents/s"), list(speeds()))
    yield pages()
    yield NOTES.strip()


def found(half: str) -> tuple[object, ...]:
    chosen = [plant for plant in plants.plants() if plant.half == half]
    named = 0
    for plant in chosen:
        given = {(one.cell, one.rule) for one in checking.check(plants.planted(plant), KNOWN)}
        named += bool(given & {(plant.cell, rule) for rule in plant.rules})
    return half, len(chosen), named, f"{named / len(chosen):.1%}"


def compiled() -> int:
    made = 0
    for one in kinds.decree_types():
        document = Document.model_validate({"type": one.key, "agency": "Sở Nội vụ"})
        made += compiling.docx(document)[:2] == b"PK" and compiling.pdf(document)[:4] == b"%PDF"
    return made


def mended() -> str:
    """Over every fifth planted file."""
    chosen = plants.plants()[::5]
    steady = kept = 0
    for plant in chosen:
        before = plants.planted(plant)
        once, _ = checking.fix(before)
        steady += checking.fix(once)[0] == once
        kept += checking.words_of(once) == checking.words_of(before)
    return f"Mending twice changes nothing more: {steady} of {len(chosen)}; every word kept: {kept} of {len(chosen)}."


# Speed -----------------------------------------------------------------------------------------


def speeds() -> Iterator[Sequence[object]]:
    yield "Khuê", "DOCX", f"{rate(lambda number: compiling.docx(letter(number))):.0f}"
    yield "Khuê", "PDF", f"{rate(lambda number: compiling.pdf(letter(number))):.0f}"
    peer = docxtpl()
    if peer is None:
        yield "docxtpl", "DOCX", "not installed"
        return
    yield "docxtpl", "DOCX", f"{rate(peer):.0f}"
    if office() is None:
        yield "docxtpl + LibreOffice", "PDF", "LibreOffice is not installed"
        return
    yield "docxtpl + LibreOffice", "PDF", f"{rate(lambda number: by_office(peer(number))):.2f}"


def rate(make: Callable[[int], object]) -> float:
    make(1)
    started, count = spent(), 0
    while spent() - started < SECONDS:
        count += 1
        make(count)
    return count / (spent() - started)


def spent() -> float:
    """Processor time of this process and of those that it has started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def letter(number: int) -> Document:
    return Document.model_validate(LETTER | {"number": number})


def docxtpl() -> Callable[[int], bytes] | None:
    """The same letter with its number as a field, rendered by docxtpl."""
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        return None
    import docx

    made, octets = docx.Document(io.BytesIO(compiling.docx(letter(12)))), io.BytesIO()
    cell = made.tables[0].rows[1].cells[0].paragraphs[0]
    cell.runs[0].text = "Số: {{ number }}/SNV-VP"
    made.save(octets)

    def fill(number: int) -> bytes:
        filled, out = DocxTemplate(io.BytesIO(octets.getvalue())), io.BytesIO()
        filled.render({"number": f"{number:02d}"})
        filled.save(out)
        return out.getvalue()

    return fill


def office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>
<cachedir>{cache}</cachedir><alias binding="same"><family>Times New Roman</family><prefer>
<family>Tinos</family></prefer></alias></fontconfig>"""


def by_office(*documents: bytes) -> list[bytes]:
    """PDFs by LibreOffice, which is given the font that has the metrics of Times New Roman."""
    program = office()
    assert program
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:03d}.docx" for number in range(len(documents))]
        for path, octets in zip(paths, documents, strict=True):
            path.write_bytes(octets)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS.format(fonts=typesetting.VENDOR / "tinos-ttf", cache=folder))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *map(str, paths)]
        known = os.environ | {"FONTCONFIG_FILE": str(fonts)}
        subprocess.run(command, check=True, capture_output=True, timeout=900, env=known)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def pages() -> str:
    """LibreOffice's page counts of our DOCX beside our PDF's."""
    if office() is None:
        return "Page counts beside LibreOffice: not compared, LibreOffice is not installed here."
    documents = [*given(), *longer()]
    theirs = [count(octets) for octets in by_office(*map(compiling.docx, documents))]
    ours = [count(compiling.pdf(document)) for document in documents]
    equal = sum(one == other for one, other in zip(ours, theirs, strict=True))
    return (
        f"Page counts equal to LibreOffice's: {equal} of {len(documents)} (1 to {max(ours)} pages; the last five are "
        "plans of 20 to 100 paragraphs)."
    )


def longer() -> list[Document]:
    sentence = "Các phòng rà soát toàn bộ văn bản đang soạn trước khi trình ký và báo cáo kết quả hằng tháng. "
    base: Any = LETTER | {"body": []}
    return [
        Document.model_validate(base | {"body": [{"text": sentence * (1 + at % 4)} for at in range(20 * number)]})
        for number in range(1, 6)
    ]


def given() -> list[Document]:
    import yaml

    told: Any = yaml.safe_load((plants.HERE / "right.yaml").read_text(encoding="utf-8"))
    return [Document.model_validate(one) for one in told["documents"]]


def count(octets: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(octets))
