"""34 invented provincial reports of ten pages, with planted figures, contradictions and gaps: how much is found, how
soon, and whether anything is shown as supported that no report states. 5,000 answers of a consultation with planted
themes, beside TF-IDF with k-means and BERTopic's way (UMAP, HDBSCAN) on the same vectors.

KHUE_BENCH_PARTS: which of "figures" (no model), "merging" (the whole with the embedded model), "pages" (time by pages,
without a model), "lengths" (time of the whole by reports) and "answers"; each writes a section of its own.
KHUE_BENCH_WORDING: "report" (default) or "tune", which the rules were made with.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import results, synthesis_answers
from benchmarks.synthesis_score import Score, misplaced, score, unsupported

WORDING = os.environ.get("KHUE_BENCH_WORDING", "report")
COUNT, PAGES = 34, 10
NOTES = """
The reports are invented by `khue.domains.synthesis.demo` with the wording "{wording}"; the rules of reading were made
with the wording "tune", then mended where a stricter count showed faults in "report" (indicators by name, silences,
recommendations), so that "report" is no longer blind. A planted figure is found when it stands in the table under its
unit of administration and period, in the one row that holds most figures of its indicator; a contradiction when it is
listed for its unit, indicator, period and kind. "Unsupported shown as supported": merged sentences of which a figure,
a negation or more than a fifth of the words stands not in each sentence that they cite, and quotations that are not
word for word what they cite; counted by code of the benchmark's own. Pages are read again with pypdf and python-docx.
"""


def run() -> None:
    for part in os.environ.get("KHUE_BENCH_PARTS", " ".join(PARTS)).split():
        began = time.perf_counter()
        PARTS[part]()
        say(f"{part}: {time.perf_counter() - began:.0f} s")


def say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


@contextmanager
def reports(count: int, pages: int) -> Iterator[tuple[list[Path], list[dict[str, Any]]]]:
    import django

    django.setup()
    from khue.domains.synthesis.demo import made

    with tempfile.TemporaryDirectory() as folder:
        truth, paths = [], []
        for one in made(WORDING, count=count, pages=pages):  # type: ignore[arg-type]
            path = Path(folder) / one.name
            path.write_bytes(one.octets)
            paths.append(path)
            truth.append({name: value for name, value in asdict(one).items() if name != "octets"})
        say(f"{len(paths)} reports written")
        yield paths, truth


def synthesised(paths: list[Path]) -> dict[str, Any]:
    from khue.domains.people.api import scratch_actor
    from khue.domains.synthesis import api
    from khue.domains.synthesis.demo.reports import outline

    with scratch_actor() as by:
        try:
            return api.synthesise(paths, by=by, title="benchmark", outline=outline(), told=_told)
        finally:
            api.forget([by.organisation_id])


def _told(stage: str, done: int, of: int) -> None:
    if done == 0 or done == of:
        say(f"{stage} {done}/{of}")


def figures_part() -> None:
    """What ordinary code finds; needs embeddings, no chat model."""
    _write("synthesis", "Synthesis: what ordinary code finds", model=False)


def merging_part() -> None:
    _write("synthesis-merging", "Synthesis: the whole, with the embedded model", model=True)


def _write(name: str, title: str, *, model: bool) -> None:
    from khue.cli.session import session

    with reports(COUNT, PAGES) as (paths, truth), session(model=model, embeddings=True):
        found = synthesised(paths)
        table = _table(found, score(truth, found), misplaced(found, paths))
    if kept := os.environ.get("KHUE_BENCH_KEEP"):
        Path(kept).write_text(json.dumps(found, ensure_ascii=False, default=str), encoding="utf-8")
    results.write(name, title, "\n\n".join([table, NOTES.format(wording=WORDING).strip()]))


def _table(found: dict[str, Any], scored: Score, cited: tuple[int, int]) -> str:
    merged = [one for section in found["sections"] for one in section["sentences"] if one["state"] == "merged"]
    kept = [one for section in found["sections"] for one in section["sentences"] if one["state"] == "kept"]
    timings = found["timings"]
    rows = [
        ("reports, pages", f"{len(found['reports'])}, {sum(one['pages'] for one in found['reports'])}"),
        ("first partial result (tables, quotations), s", timings.get("first")),
        ("grouped by meaning, s", timings.get("grouped")),
        ("whole, s", timings.get("done")),
        ("planted figures in the table, in the row of their indicator", scored.figures),
        ("figures in these rows that nobody planted", scored.figures.extra),
        ("planted contradictions found", scored.contradictions),
        ("contradictions that nobody planted", scored.contradictions.extra),
        ("planted silences found", scored.silences),
        ("silences that nobody planted", scored.silences.extra),
        ("planted recommendations found, with whom they are to", scored.recommendations),
        ("recommendations that nobody planted", scored.recommendations.extra),
        ("merged sentences; given back to the quotation", f"{len(merged)}; {len(kept)}"),
        ("unsupported shown as supported", len(unsupported(found))),
        ("citations whose page does not hold the quotation", f"{cited[0]} of {cited[1]}"),
    ]
    return results.table(("", WORDING), rows)


def pages_part() -> None:
    """Seconds to the first partial result by pages: linear."""
    from khue.cli.session import session

    rows = []
    for pages in (5, 10, 20):
        with reports(COUNT, pages) as (paths, _truth), session():
            timings = synthesised(paths)["timings"]
            rows.append((COUNT * pages, timings["first"], f"{1000 * timings['first'] / (COUNT * pages):.1f}"))
    results.write("synthesis-pages", "Synthesis: time by pages", results.table(("pages", "s", "ms a page"), rows))


LENGTHS = """
The same outline and the embedded model, reports of {pages} pages of that many units; some send a second or an amended
report. "Merged" is what the model was asked for: at most {most} sentences a point of the outline, so that its part does
not grow with the reports. Reading, figures and embeddings ("grouped") are what grows. Seconds are those of the
machine as it was.
"""


def lengths_part() -> None:
    """Seconds of the whole, with the model, by reports."""
    from khue.cli.session import session
    from khue.domains.synthesis.rules import MERGED

    rows = []
    for count in (10, 20, COUNT):
        with reports(count, PAGES) as (paths, _truth), session(model=True, embeddings=True):
            found = synthesised(paths)
        rows.append((count, *_lengths(found)))
    heads = ("units", "reports", "pages", "first, s", "grouped, s", "ms a page", "merged", "whole, s", "s a report")
    table = results.table(heads, rows)
    body = "\n\n".join([table, LENGTHS.format(pages=PAGES, most=MERGED).strip()])
    results.write("synthesis-lengths", "Synthesis: time of the whole by reports", body)


def _lengths(found: dict[str, Any]) -> tuple[object, ...]:
    times, read = found["timings"], len(found["reports"])
    pages = sum(one["pages"] for one in found["reports"])
    asked = sum(one["state"] in {"merged", "kept"} for section in found["sections"] for one in section["sentences"])
    a_page = f"{1000 * times['grouped'] / pages:.0f}"
    return read, pages, times["first"], times["grouped"], a_page, asked, times["done"], f"{times['done'] / read:.1f}"


def answers_part() -> None:
    results.write("synthesis-answers", "Synthesis: answers of a consultation", synthesis_answers.section(say))


PARTS = {
    "figures": figures_part, "pages": pages_part, "merging": merging_part, "lengths": lengths_part,
    "answers": answers_part,
}  # fmt: skip
