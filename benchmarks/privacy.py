"""Is personal data found, and only that? On the report part of our corpus, beside vipii and plain Presidio.

A truth counts as found when findings of its own type cover every letter and digit of it; a finding counts as right when
at least three quarters of its letters and digits belong to truths of its type.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks import results
from benchmarks.spans import Span

CORPUS = Path(__file__).parent / "corpora" / "privacy" / "corpus.tsv"
MARKUP = re.compile(r"\{([a-z_]+)!:([^{}]*)\}")
GROUPS = {"names": {"person"}, "addresses": {"address"}}
HEAD = ("system", "what", "truths", "recall", "precision", "hidden under any type", "ms a sentence")
NOTES = """
The corpus (benchmarks/corpora/privacy: 497 sentences: 238 Vietnamese, 129 English, 130 French; more than half hard) was
written by us and split before anything was tuned; these figures are of the report part. Of that part only totals by
type and language were looked at while tuning, never a sentence.
Numbers are drawn, names and addresses invented. "checked identifiers": all but names and addresses. "hidden under any
type": the share of truths every letter of which lies in some finding. Presidio: its recognizers for English with the
models named; vipii: its structured recognizers (its name recognizer needs PyTorch and is off). Types of peers are
mapped to ours where they mean the same; what has no counterpart among ours is not counted against them.
"""


class Row(NamedTuple):
    id: str
    language: str
    ease: str
    part: str
    text: str
    truths: list[Span]


@dataclass
class Tally:
    truths: int = 0
    found: int = 0
    hidden: int = 0
    findings: int = 0
    right: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.truths if self.truths else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.findings if self.findings else 1.0


Scan = Callable[[str, str], Iterable[Span]]


def corpus(part: str) -> list[Row]:
    lines = [line.split("\t") for line in CORPUS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Row(*line[:4], *parsed(line[4])) for line in lines if line[3] == part]


def parsed(marked: str) -> tuple[str, list[Span]]:
    text, spans, place = "", [], 0
    for at in MARKUP.finditer(marked):
        text += marked[place : at.start()]
        spans.append(Span(len(text), len(text) + len(at[2]), at[1]))
        text += at[2]
        place = at.end()
    return text + marked[place:], spans


def group_of(type_: str) -> str:
    return next((name for name, types in GROUPS.items() if type_ in types), "checked identifiers")


def measured(scan: Scan, rows: Sequence[Row]) -> dict[str, Tally]:
    tallies = {name: Tally() for name in ("checked identifiers", *GROUPS, "all")}
    for row in rows:
        findings = list(scan(row.text, row.language))
        for truth in row.truths:
            found = _share(row.text, truth, [each for each in findings if each.type == truth.type]) == 1
            hidden = _share(row.text, truth, findings) == 1
            for tally in (tallies[group_of(truth.type)], tallies["all"]):
                tally.truths += 1
                tally.found += found
                tally.hidden += hidden
                if not found:
                    tally.wrong.append((row.id, "missed", f"{truth.type} {row.text[truth.start : truth.end]}"))
        for finding in findings:
            right = _share(row.text, finding, [each for each in row.truths if each.type == finding.type]) >= 0.75
            for tally in (tallies[group_of(finding.type)], tallies["all"]):
                tally.findings += 1
                tally.right += right
                if not right:
                    tally.wrong.append((row.id, "extra", f"{finding.type} {row.text[finding.start : finding.end]}"))
    return tallies


def _share(text: str, span: Span, others: Iterable[Span]) -> float:
    """How much of a span's letters and digits the others hold."""
    places = {at for at in range(span.start, span.end) if text[at].isalnum()}
    covered = {at for other in others for at in range(other.start, other.end)}
    return len(places & covered) / len(places) if places else 1.0


def ours(text: str, language: str) -> Iterator[Span]:
    from khue.gateway.privacy import scan

    for each in scan(text):
        yield Span(each.start, each.end, each.type.value)


def run() -> None:
    import logging

    import django

    from benchmarks.peers import presidio, vipii

    django.setup()
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    rows = corpus("report")
    lines: list[Sequence[object]] = []
    for name, scan in {"**Khuê**": ours, **vipii.scans(), **presidio.scans()}.items():
        list(scan(rows[0].text, rows[0].language))
        began = time.perf_counter()
        tallies = measured(scan, rows)
        took = (time.perf_counter() - began) * 1000 / len(rows)
        for what, tally in tallies.items():
            precision = f"{tally.precision:.3f}" if tally.findings else "–"
            figures = (f"{tally.recall:.3f}", precision, f"{tally.hidden / tally.truths:.3f}")
            lines.append((name, what, tally.truths, *figures, f"{took:.2f}" if what == "all" else ""))
            sys.stderr.write(f"  {lines[-1]}\n")
    results.write("privacy", "Personal data found", f"{results.table(HEAD, lines)}\n{NOTES}")
