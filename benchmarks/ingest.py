"""Speed of reading: pages a minute, files to passages and sentences, beside plain pypdf and python-docx.

    python -m benchmarks.ingest [--pages 300]

The peers give text only; ours also gives structure, passages and sentences, in a process with limits. A page of DOCX
is counted as 2,400 characters. The decree files of ../shared are added when they are there.
"""

import argparse
import io
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from khue.domains.knowledge.reading.passages import body_and_passages
from khue.domains.knowledge.reading.sandbox import Sandbox

SENTENCE = "The clerk checks that the papers are complete and gives a receipt with the day of return, number {n}. "
PAGE = 2_400
PAGES_PER_FILE = 10
SHARED = Path(os.environ.get("KHUE_SHARED") or Path(__file__).resolve().parents[2] / "shared") / "data" / "nd30"


def made_pdf(pages: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for page in range(pages):
        for line in range(40):
            canvas.drawString(60, 780 - 17 * line, SENTENCE.format(n=page * 40 + line)[:90])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def made_docx(pages: int) -> bytes:
    document = Document()
    for page in range(pages):
        document.add_heading(f"Section {page}", 2)
        for paragraph in range(6):
            document.add_paragraph("".join(SENTENCE.format(n=paragraph * 4 + n) for n in range(4)))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def ours(paths: list[Path]) -> None:
    with Sandbox() as sandbox:
        for path in paths:
            for document in sandbox.read(path, path.name).documents:
                body_and_passages(document.blocks)


def peers(paths: list[Path]) -> None:
    for path in paths:
        if path.suffix == ".pdf":
            _ = [page.extract_text() for page in PdfReader(path).pages]
        else:
            _ = [paragraph.text for paragraph in Document(str(path)).paragraphs]


def pages_of(path: Path) -> float:
    if path.suffix == ".pdf":
        return len(PdfReader(path).pages)
    return sum(len(paragraph.text) for paragraph in Document(str(path)).paragraphs) / PAGE


def seconds(run: Callable[[list[Path]], None], paths: list[Path]) -> float:
    begin = time.perf_counter()
    run(paths)
    return time.perf_counter() - begin


def measured(paths: list[Path]) -> dict[str, float]:
    pages = sum(map(pages_of, paths))
    return {
        "files": len(paths),
        "pages": round(pages),
        "ours_pages_per_minute": round(60 * pages / seconds(ours, paths)),
        "peer_pages_per_minute": round(60 * pages / seconds(peers, paths)),
    }


def all_measured(pages: int) -> dict[str, dict[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        sets: dict[str, list[Path]] = {"pdf": [], "docx": []}
        for form, make in (("pdf", made_pdf), ("docx", made_docx)):
            for number in range(pages // PAGES_PER_FILE):
                path = Path(folder) / f"{number}.{form}"
                path.write_bytes(make(PAGES_PER_FILE))
                sets[form].append(path)
        sets["decree"] = sorted(SHARED.glob("*.docx")) if SHARED.exists() else []
        return {name: measured(paths) for name, paths in sets.items() if paths}


def run() -> None:
    """For `make bench`: into RESULTS.md."""
    from benchmarks import results

    rows = [
        (name, of["pages"], of["ours_pages_per_minute"], of["peer_pages_per_minute"])
        for name, of in all_measured(300).items()
    ]
    head = "files", "pages", "Khuê, to passages and sentences: pages/min", "pypdf or python-docx, text only: pages/min"
    results.write("ingest", "Reading files", results.table(head, rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    print(json.dumps(all_measured(parser.parse_args().pages), indent=1))


if __name__ == "__main__":
    main()
