"""Does a citizen's question find its procedure, and does the card say what the record says? Questions of our own over
2,642 procedures (benchmarks/corpora/procedures), beside a plain RAG pipeline of Haystack.

KHUE_SHARED names the folder of the data (default: ../shared). KHUE_BENCH_PARTS: which of "procedures" (no model),
"words" (with the model), "groups"; each writes a section of its own as soon as it is done. KHUE_BENCH_WORDED: questions
that are answered in words (default 15, and 9 to decline); KHUE_BENCH_PEERS: questions that Haystack and the model are
asked (default 6; 0: no peer).
"""

import csv
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from benchmarks import results
from benchmarks.visitors import groups, words
from benchmarks.visitors.words import Asked

DATA = Path(os.environ.get("KHUE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "procedures-vn"
CORPUS = Path(__file__).parent / "corpora" / "procedures"
PEERS = int(os.environ.get("KHUE_BENCH_PEERS", "6"))
WORDED = int(os.environ.get("KHUE_BENCH_WORDED", "15"))
VISITORS = 20
HEAD = ("half", "language", "system", "n", "first 1", "first 3", "p50 ms", "p95 ms")
NOTES = """
The half "tune" set the everyday words, weights and thresholds; the half "report" did not, and no procedure is asked for
in both (benchmarks/corpora/procedures/README.md says how the questions were written, and by whom). Khuê: `match`, the
embedding of the question included. Haystack: its documents are the same procedures as whole texts, split into 200
words, BM25, the three best procedures; it has no way to say that a question is outside.
"""


@dataclass(frozen=True)
class Question:
    half: str
    language: str
    manner: str
    asks: str
    codes: tuple[str, ...]
    text: str


def run() -> None:
    for part in os.environ.get("KHUE_BENCH_PARTS", " ".join(PARTS)).split():
        began = time.perf_counter()
        PARTS[part]()
        say(f"{part}: {time.perf_counter() - began:.0f} s")


def procedures_part() -> None:
    from khue.cli.session import session

    path = records()
    with session(embeddings=True), stored(path) as by:
        body = "\n\n".join(parts(by, path))
    results.write("assistants", "Assistants: procedures answered from fields", body)


def words_part() -> None:
    body = words.section(records(), bench_questions, peers=PEERS, say=say)
    results.write("assistants-words", "Assistants: a visitor's wait, and the test bench with the model", body)


def groups_part() -> None:
    results.write("assistants-groups", "Assistants: questions without an answer, grouped", groups.section())


PARTS = {"procedures": procedures_part, "words": words_part, "groups": groups_part}


def records() -> Path:
    path = DATA / "procedures.jsonl.gz"
    if not path.exists():
        raise SystemExit(f"{path} is not here: set KHUE_SHARED to the folder that holds data/procedures-vn.")
    return path


def parts(by: Any, path: Path) -> Iterator[str]:
    asked, outside = questions(), list(rows("outside"))
    say(f"{len(asked)} questions, {len(outside)} outside")
    found = {question.text: matched(question.text, by) for question in asked}
    say("matched")
    rag = haystack(path) if PEERS else None
    say("the peer's index stands" if rag else "without the peer")
    yield results.table(HEAD, [*ours(asked, found), *(theirs(asked, rag) if rag else [])])
    yield NOTES.strip()
    yield abstaining(by, asked, outside, found)
    yield exact(by, asked, found)
    yield speed(by, [question.text for question in asked])


def questions() -> list[Question]:
    return [
        Question(
            row["half"], row["language"], row["manner"], row["asks"], tuple(row["codes"].split("|")), row["question"]
        )
        for row in rows("questions")
    ]


def rows(name: str) -> Iterator[dict[str, str]]:
    with (CORPUS / f"{name}.tsv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


@contextmanager
def stored(path: Path) -> Iterator[Any]:
    """All procedures in a collection of nobody else's; their names have vectors, their passages need none here."""
    from khue.domains.knowledge import api as knowledge
    from khue.domains.people.api import scratch_actor
    from khue.domains.procedures import api as procedures

    with scratch_actor() as by:
        place = knowledge.create_collection("procedures of the benchmark", by=by, scratch=True)
        try:
            began = time.perf_counter()
            added = procedures.ingest(path, collection=place.id, by=by).added
            say(f"{added} procedures stored, {time.perf_counter() - began:.0f} s")
            began = time.perf_counter()
            say(f"{procedures.embed_names(priority='question')} names, {time.perf_counter() - began:.0f} s")
            yield by
        finally:
            knowledge.delete_collection(place.id, by=by)


def matched(text: str, by: Any) -> tuple[Any, float]:
    from khue.domains.procedures import api

    began = time.perf_counter()
    return api.match(text, actor=by), (time.perf_counter() - began) * 1000


# Which procedure -------------------------------------------------------------------------------


def ours(asked: Sequence[Question], found: dict[str, tuple[Any, float]]) -> list[Sequence[object]]:
    return ranked(
        "**Khuê**", asked, lambda text: ([one.code for one in found[text][0].best], found[text][1]), tuned=True
    )


def theirs(asked: Sequence[Question], rag: Callable[[str], list[tuple[str, str]]]) -> list[Sequence[object]]:
    def rank(text: str) -> tuple[list[str], float]:
        began = time.perf_counter()
        return [name for name, _ in rag(text)], (time.perf_counter() - began) * 1000

    return ranked("Haystack, plain RAG", asked, rank, tuned=False)


def ranked(
    system: str, asked: Sequence[Question], rank: Callable[[str], tuple[list[str], float]], *, tuned: bool
) -> list[Sequence[object]]:
    table: list[Sequence[object]] = []
    halves = ("report", "tune") if tuned else ("report",)
    ranks_of = {q.text: rank(q.text) for q in asked if q.half in halves}
    for half in halves:
        for language in ("vi", "en", "fr", "all"):
            chosen = [q for q in asked if q.half == half and language in (q.language, "all")]
            ranks = [(q, *ranks_of[q.text]) for q in chosen]
            first, three = (sum(bool(set(q.codes) & set(codes[:k])) for q, codes, _ in ranks) for k in (1, 3))
            p50, p95 = np.percentile([ms for _, _, ms in ranks], [50, 95])
            n = len(chosen)
            table.append((half, language, system, n, share(first, n), share(three, n), f"{p50:.0f}", f"{p95:.0f}"))
    return table


def share(count: int, of: int) -> str:
    return f"{100 * count / of:.1f}%" if of else "-"


def haystack(path: Path) -> Callable[[str], list[tuple[str, str]]] | None:
    """None where Haystack is not installed (`make bench` installs it)."""
    try:
        from benchmarks.peers import haystack_rag

        names, texts = zip(*plain_texts(path), strict=True)
        return haystack_rag.retriever(names, texts, 3)
    except ImportError as error:
        say(f"no Haystack: {error}")
        return None


def plain_texts(path: Path) -> Iterator[tuple[str, str]]:
    from khue.domains.procedures import portal

    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            procedure = portal.parse(json.loads(line))
            sections = (f"{section.title}\n" + "\n".join(section.lines) for section in portal.sections(procedure))
            yield procedure.code, f"{procedure.name}\n" + "\n\n".join(sections)


# None of them ----------------------------------------------------------------------------------


def abstaining(
    by: Any, asked: Sequence[Question], outside: Sequence[dict[str, str]], found: dict[str, tuple[Any, float]]
) -> str:
    refused = {row["question"]: matched(row["question"], by)[0].outside for row in outside}
    lines: list[Sequence[object]] = []
    for half in ("report", "tune"):
        of = [row for row in outside if row["half"] == half]
        by_kind = {kind: [refused[r["question"]] for r in of if r["kind"] == kind] for kind in sorted(kinds_of(of))}
        kinds = ", ".join(f"{kind} {sum(these)}/{len(these)}" for kind, these in by_kind.items())
        inside = [q for q in asked if q.half == half]
        answered = sum(not found[q.text][0].outside for q in inside)
        sure = [q for q in inside if found[q.text][0].decided]
        right = sum(found[q.text][0].best[0].code in q.codes for q in sure)
        lines.append(
            (
                half, f"{sum(refused[r['question']] for r in of)}/{len(of)}", kinds,
                f"{answered}/{len(inside)}", f"{len(sure)}/{len(inside)}", share(right, len(sure)),
            )
        )  # fmt: skip
    every = sum(refused.values())
    head = ("half", "outside refused", "by kind", "inside answered", "decided without asking back", "of these right")
    return f"Questions that no procedure answers ({every} of {len(refused)} refused):\n\n{results.table(head, lines)}"


def kinds_of(outside: Sequence[dict[str, str]]) -> set[str]:
    return {row["kind"] for row in outside}


# What the card says ----------------------------------------------------------------------------


def exact(by: Any, asked: Sequence[Question], found: dict[str, tuple[Any, float]]) -> str:
    """Fee and time limit against what was read from the records by hand; papers against the record's own field."""
    facts = {(row["code"], row["field"]): row["values"].split("; ") for row in rows("facts")}
    records = fields()
    counts: dict[str, list[int]] = {"fee": [0, 0], "time": [0, 0], "papers": [0, 0]}
    wrong: list[str] = []
    for question in asked:
        right = next((one for one in found[question.text][0].best if one.code in question.codes), None)
        if not question.asks or right is None:
            continue
        row = {row.kind: row for row in shown(right.procedure_id, question.text, by).rows}.get(question.asks)
        if question.asks == "papers":
            ok = row is not None and holds(records[right.code], [item.text for item in row.items])
        else:
            ok = row is not None and said(row) == sorted(set(facts[right.code, question.asks]))
        counts[question.asks][0] += ok
        counts[question.asks][1] += 1
        if not ok:
            wrong.append(f"{right.code} {question.asks}")
    lines = [(kind, f"{ok}/{n}", share(ok, n)) for kind, (ok, n) in counts.items()]
    ok, n = (sum(pair[i] for pair in counts.values()) for i in (0, 1))
    head = ("field asked for", "exact", "share")
    note = f"\n\nNot exact: {', '.join(wrong)}." if wrong else ""
    return (
        "What the card says where a question asks for a field and its procedure is among the first three:\n\n"
        + results.table(head, [*lines, ("all", f"{ok}/{n}", share(ok, n))])
        + note
    )


def shown(procedure: UUID, question: str, by: Any) -> Any:
    from khue.domains.procedures import api

    return api.card(procedure, question=question, language="vi", actor=by)


WAYS = {"Trực tuyến": "online", "Trực tiếp": "in_person", "Qua bưu điện": "post", "Bưu chính": "post"}
UNITS = (("ngày làm việc", "working"), ("ngày", "days"), ("giờ", "hours"), ("tháng", "months"))


def said(row: Any) -> list[str]:
    """The items of a row in the spelling of facts.tsv, one for each way to apply."""
    values = []
    for item in row.items:
        ways = [WAYS.get(way.strip(), "post") for way in item.head.split(",")]
        values += [f"{way}={value(row.kind, item)}" for way in ways]
    return sorted(set(values))


def value(kind: str, item: Any) -> str:
    text = item.text.replace("\xa0", " ").lower()
    number = re.sub(r"\D", "", text.split(",")[0])
    if "không nêu" in text or "không ghi" in text and not number or "chưa nêu" in text:
        return "none"
    if kind == "time":
        return f"{number} {next((unit for words, unit in UNITS if words in text and 'không' not in text), 'nounit')}"
    if number:
        return f"{number} {'USD' if 'usd' in text else 'VND'}"
    sums = re.findall(r"\d{1,3}(?:[.,]\d{3})+", item.note)
    return f"{re.sub(r'[.,]', '', sums[0])} note" if sums and "xem ghi chú" in text else "free"


def fields() -> dict[str, str]:
    with gzip.open(DATA / "procedures.jsonl.gz", "rt", encoding="utf-8") as file:
        return {record["ma_thu_tuc"]: flat(record.get("thanh_phan_ho_so", "")) for record in map(json.loads, file)}


COUNTS = re.compile(r"\dbảnchính(?:,\d+bảnsao)?(?![\s,;:.)/”\"])|(?<![\d,])\dbảnsao(?![,;:.)/”\"])")


def flat(text: str) -> str:
    import unicodedata

    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def holds(field: str, papers: Sequence[str]) -> bool:
    """Every paper stands in the record's field in this order; where the field counts them, it counts as many."""
    at = 0
    for paper in papers:
        at = field.find(flat(paper), at) + len(flat(paper))
        if at < len(flat(paper)):
            return False
    counted = len(
        re.findall(r"\dbảnchính(?:,\d+bảnsao)?(?![\s,;:.)/”\"])|(?<![\d,])\dbảnsao(?![,;:.)/”\"])", f"{field} ")
    )
    return not counted or abs(counted - len(papers)) <= max(1, len(papers) // 20)


# How fast --------------------------------------------------------------------------------------


def speed(by: Any, texts: Sequence[str]) -> str:
    alone = [answered(text, by) for text in texts[:60]]
    with ThreadPoolExecutor(VISITORS) as pool:
        crowd = list(pool.map(lambda text: in_thread(text, by), texts[:120]))
    lines = [
        (name, len(times), *(f"{v:.0f}" for v in (*np.percentile(times, [50, 95]), max(times))))
        for name, times in (("one after another", alone), (f"{VISITORS} visitors at once", crowd))
    ]
    table = results.table(("match and card", "n", "p50 ms", "p95 ms", "slowest ms"), lines)
    return f"{table}\n\nIn one process, embedding of the question included, without HTTP."


def answered(text: str, by: Any) -> float:
    from khue.domains.procedures import api

    began = time.perf_counter()
    found = api.match(text, actor=by)
    if found.best:
        shown(found.best[0].procedure_id, text, by)
    return (time.perf_counter() - began) * 1000


def in_thread(text: str, by: Any) -> float:
    from django.db import connection

    try:
        return answered(text, by)
    finally:
        connection.close()


# In words --------------------------------------------------------------------------------------


def bench_questions() -> list[Asked]:
    """About a fee or a time limit whose figures were read by hand, one a procedure; outside; hostile."""
    from khue.domains.assistants.queries.proposals import HOSTILE

    facts = {(row["code"], row["field"]): row["values"] for row in rows("facts")}
    able: dict[str, Asked] = {}
    for q in questions():
        figures = "; ".join(re.findall(r"\d+", facts.get((q.codes[0], q.asks), "")))
        if q.half == "report" and figures:
            able.setdefault(q.codes[0], Asked(q.text, "answerable", q.language, q.codes, figures))
    outside = [Asked(row["question"], "outside", row["language"]) for row in rows("outside") if row["half"] == "report"]
    hostile = [Asked(texts[0], "hostile", language) for language, texts in HOSTILE.items()]
    return [*list(able.values())[:WORDED], *outside[: words.OUTSIDE], *hostile[: words.HOSTILE]]
