"""What the reports of a synthesis say, sentence by sentence, and how it is cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.domains.synthesis.models import Report
from khue.domains.synthesis.noticing.instructions import is_instruction
from khue.domains.synthesis.reading.report import Passage

FEWEST_WORDS, MOST_WORDS = 7, 80
_FRAME = re.compile(
    r"^(?:kính gửi|nơi nhận|số\s*:|lưu\s*:|căn cứ|cộng hòa|độc lập|tm\.|kt\.|ubnd|như trên)", re.IGNORECASE
)
_CAPTION = re.compile(r"^(?:bảng|biểu|hình|sơ đồ|phụ lục)\s*(?:số\s*)?(?:\d|[ivx]+\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """`n`: its place among the report's passages; `told`: the page is the file's own and no estimate."""

    report: str
    n: int
    place: str
    file_name: str
    text: str
    page: int | None
    told: bool
    heading: str
    vector: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    @property
    def citation(self) -> dict[str, Any]:
        return {
            "report": self.report, "n": self.n, "place": self.place, "file": self.file_name, "page": self.page,
            "told": self.told, "quote": self.text,
        }  # fmt: skip

    @property
    def key(self) -> dict[str, Any]:
        return {"report": self.report, "n": self.n}


def is_prose(passage: Passage) -> bool:
    """A sentence that says something: no row, no caption, no frame of the document, nothing that speaks to a model."""
    words = len(passage.text.split())
    return (
        not passage.is_row
        and FEWEST_WORDS <= words <= MOST_WORDS
        and not _FRAME.match(passage.text)
        and not _CAPTION.match(passage.text)
        and not is_instruction(passage.text)
    )


def said_in(reports: Sequence[Report], *, vectors: bool = False) -> list[Said]:
    return [one for report in reports for one in _of(report, vectors)]


def _of(report: Report, vectors: bool) -> list[Said]:
    matrix = report.matrix if vectors and report.embedded else None
    row = {n: at for at, n in enumerate(report.embedded)} if matrix is not None else {}
    found = []
    has_headings = any(one["heading"] for one in report.passages)
    for n, held in enumerate(report.passages):
        passage = Passage(**held)
        # what stands above the first heading is the frame of the document
        if not is_prose(passage) or (has_headings and not passage.heading):
            continue
        vector = matrix[row[n]] if matrix is not None and n in row else None
        found.append(
            Said(
                str(report.pk),
                n,
                report.place,
                report.file_name,
                passage.text,
                passage.page,
                report.pages_are_told,
                passage.heading,
                vector,
            )  # fmt: skip
        )
    return found
