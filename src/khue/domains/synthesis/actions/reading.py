"""One report: read in a process apart, its figures taken, what a reader should know remarked."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from khue.domains.knowledge import api as knowledge
from khue.domains.knowledge.api import Sandbox
from khue.domains.synthesis.figures import rows, sentences
from khue.domains.synthesis.figures.figure import Figure
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.models import Report, ReportState
from khue.domains.synthesis.noticing.instructions import is_instruction
from khue.domains.synthesis.reading.report import Passage, report
from khue.kernel.errors import UserError
from khue.kernel.stored import on_disk

SHEETS = ("spreadsheet", "ms-excel")
_MOST_LOOKED_AT = 60 * 1024**2


def read(held: Report, sandbox: Sandbox) -> None:
    """A file that cannot be read says why, and the others go on."""
    try:
        with on_disk(held.file, Path(held.file_name).suffix[:10]) as path:
            found = knowledge.read_file(path, held.file_name, sandbox=sandbox)
            marks = list(_marks(path))
    except (UserError, FileNotFoundError) as refusal:
        held.state, held.error = ReportState.FAILED, str(refusal)
        held.save(update_fields=["state", "error", "updated_at"])
        return
    document = found.documents[0]
    blocks = [block for one in found.documents for block in one.blocks]
    made = report(blocks, title=document.title, file_name=held.file_name, pages=document.pages)
    period = Period.of(held.told_period) if held.told_period else made.period
    is_sheet = any(name in found.media_type for name in SHEETS)
    held.title = (made.title if not is_sheet else held.file_name)[:300]
    held.place = (held.told_place or made.place)[:200]
    held.period = str(period) if period else ""
    held.pages, held.pages_are_told = made.pages, made.pages_are_told
    held.passages = [one.as_json() for one in made.passages]
    held.figures = [one.as_json() for one in taken(made.passages, held, period, point=is_sheet)]
    held.remarks = [*marks, *_noticed(made.passages, period)]
    held.state, held.error = ReportState.READ, ""
    held.save()


def taken(passages: Sequence[Passage], held: Report, period: Period | None, *, point: bool = False) -> Iterator[Figure]:
    for one in passages:
        around = rows.Around(str(held.pk), held.place, period, one.page, one.caption, point)
        if is_instruction(one.text):
            continue
        yield from rows.figures(one.text, around) if one.is_row else sentences.figures(one.text, around)


def _noticed(passages: Sequence[Passage], period: Period | None) -> Iterator[dict[str, Any]]:
    told = [one for one in passages if is_instruction(one.text)]
    if told:
        yield {"code": "instruction", "page": told[0].page, "quote": told[0].text[:300]}
    if period is None:
        yield {"code": "no period"}


def _marks(path: Path) -> Iterator[dict[str, Any]]:
    """What a Word file holds besides its text. The reader in its own process has found it harmless to unpack."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if any(name.endswith("vbaProject.bin") for name in names):
            yield {"code": "macros"}
        if "word/document.xml" not in names or archive.getinfo("word/document.xml").file_size > _MOST_LOOKED_AT:
            return
        text = archive.read("word/document.xml")
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]", text):
        yield {"code": "tracked"}
