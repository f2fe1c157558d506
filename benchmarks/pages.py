"""What somebody waits for: `khue up` twice with the models, its memory at rest, the page with the evidence, the first
word and the whole answer, through HTTP as a browser asks; and the portal's procedures, read to found by words.

The start is timed from the process to "Ready". KHUE_BENCH_QUESTIONS: how many of the demonstration's questions of the
reported part are asked (default: all of them).
"""

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import yaml
from tests.journeys.visitor import Visitor
from tests.running.installation import Installation, eventually

from benchmarks import results

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("KHUE_SHARED", ROOT.parent / "shared")) / "data" / "procedures-vn"
NOTES = """
"Evidence": from sending the question to the whole page with the passages in it. "First word": from the same moment to
the first words of the model; "whole": to the checked answer. Memory is the sum of proportional set sizes.
"""


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="khue-bench-") as folder:
        khue = Installation(Path(folder) / "home", KHUE_MODEL="local")
        rows: list[Sequence[object]] = [("first start, demonstration included, s", _start(khue))]
        khue.stop()
        rows.append(("second start with models and web, s", _start(khue)))
        try:
            time.sleep(20)
            rows.append(("memory at rest of all processes, GB", f"{_memory(khue):.2f}"))
            rows += _answers(khue)
            rows += _procedures(khue)
        finally:
            khue.stop()
    results.write("pages", "What somebody waits for", f"{results.table(('what', 'figure'), rows)}\n{NOTES}")


def _start(khue: Installation) -> str:
    began = time.perf_counter()
    khue.up()
    served = time.perf_counter() - began
    khue.wait_for("documents", 600)
    eventually(lambda: _answers_at(khue, "KHUE_RUNTIME_PORT"), 120)
    return f"{served:.1f} to the page, {time.perf_counter() - began:.1f} with the model loaded"


def _answers_at(khue: Installation, port: str) -> bool:
    from khue.kernel.supervision import answers

    return answers(int(khue.environment[port]), "/health")


def _memory(khue: Installation) -> float:
    total = 0
    for process in khue.everything():
        with suppress(psutil.NoSuchProcess):  # PostgreSQL's come and go
            total += process.memory_full_info().pss
    return total / 1e9


def _answers(khue: Installation) -> list[Sequence[object]]:
    person = yaml.safe_load((ROOT / "content/demo/people.yaml").read_text())[0]
    questions = yaml.safe_load((ROOT / "content/demo/questions.yaml").read_text())["questions"]
    asked = [question["text"] for question in questions if question["split"] == "report" and "answer" in question]
    asked = asked[: int(os.environ.get("KHUE_BENCH_QUESTIONS", len(asked)))]
    with Visitor(f"http://127.0.0.1:{khue.port}") as visitor:
        visitor.sign_in(person["username"], person["password"])
        times = [_waited(visitor, text) for text in asked]
    evidence, first, whole = zip(*times, strict=True)
    return [
        (f"evidence on the page, {len(times)} questions, p50 / p95 ms", _spread(evidence, 1000)),
        ("first word of the model, p50 / p95 s", _spread([value for value in first if value is not None])),
        ("whole answer, p50 / p95 s", _spread(whole)),
        ("answered by quotation alone", sum(value is None for value in first)),
    ]


def _waited(visitor: Visitor, text: str) -> tuple[float, float | None, float]:
    began = time.perf_counter()
    asked = visitor.ask(text)
    evidence = time.perf_counter() - began
    first = None
    for name, _ in visitor.answer(asked):
        if name == "unchecked" and first is None:
            first = time.perf_counter() - began
    return evidence, first, time.perf_counter() - began


def _spread(values: Sequence[float], scale: float = 1.0) -> str:
    kept = sorted(value * scale for value in values)
    if not kept:
        return "-"
    return f"{statistics.median(kept):.1f} / {kept[int(0.95 * (len(kept) - 1))]:.1f}"


def _procedures(khue: Installation) -> list[Sequence[object]]:
    """Through the command, with the models at work; then how many passages the background embeds in a minute."""
    file = DATA / "procedures.jsonl.gz"
    if not file.exists():
        return []
    began = time.perf_counter()
    done = khue.khue("ingest", str(file), "--collection", "bench", "--kind", "procedures", "--json")
    stored = time.perf_counter() - began
    found = khue.khue("search", "đăng ký khai sinh", "--collection", "bench", "--json")
    if done.returncode or found.stdout.strip() in {"", "[]"}:
        raise SystemExit(f"procedures were not stored or not found: {done.stderr[-500:]} {found.stderr[-500:]}")
    before = _embedded(khue)
    time.sleep(60)
    speed = (_embedded(khue) - before) / 60
    return [
        ("the portal's 2,642 procedures, read to found by words, s", f"{stored:.1f}"),
        ("then embedded in the background, passages a second", f"{speed:.1f}"),
        ("memory of all processes meanwhile, GB", f"{_memory(khue):.2f}"),
    ]


def _embedded(khue: Installation) -> int:
    from khue.kernel.embedded import Postgres

    with Postgres(khue.home).connect() as connection:
        row = connection.execute("select count(*) from knowledge_passage where embedding is not null").fetchone()
    return int(str(row[0])) if row else 0
