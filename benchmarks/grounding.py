"""Does it answer what the library holds, and only that? On XQuAD with half of the articles withheld, and near misses.

KHUE_SHARED names the folder of the data (default: ../shared). KHUE_BENCH_LIMIT: questions of each set (default 100);
only articles with an odd number are asked, the others tuned the thresholds. KHUE_BENCH_PEERS: questions that the peer
is asked (default 30), KHUE_BENCH_MISSES: near misses of each set (default 60). 0 leaves a part as it was measured
before; each set and part has a section of its own. KHUE_BENCH_SETS chooses the sets. What was asked and shown stands
afterwards in KHUE_HOME/run/grounding_<set>.jsonl: `hand_read` samples it.

Once answers have been read and a rule of the check was changed by what was found, their questions are spent: their
seed goes to SPENT and others are asked.
"""

import json
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import results
from khue.cli.evaluate_grounding import _read as read

DATA = Path(os.environ.get("KHUE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "eval"
SETS = ("xquad_vi", "xquad_en")
SEED = 9
SPENT = (5,)
SPENT_QUESTIONS = 200  # of each set and seed
HEAD = (
    "set", "system", "answerable", "not", "abstains where it should", "false abstentions", "answer contained", "F1",
    "unsupported", "evidence ms", "first word ms", "whole ms",
)  # fmt: skip
MISS_HEAD = ("set", "near misses", "idea", "AUC", "abstains on near misses at 5% false abstentions")
NOTES = """
"Khuê": `khue eval grounding`, the path of the Ask page. "without a model": the same with KHUE_MODEL=none, quotations
only. "three passages in the prompt": the same model, given the three best passages of the same search and told to say
so when the answer is not there. Answers are judged as they are shown, quotations included; times are medians. Questions
of the second draw: 200 of each set that had not been asked before (on the first 200: abstains 0.98 vi, 0.97 en; false
abstentions 0.05, 0.03; answer contained 0.88, 0.91).
"""
MISS_NOTES = """
The passage that answers is there, but the one sentence with the answer is deleted from it. The library
holds all other articles. Two ideas tell the cut passage from the whole one: the evidence's calibrated probability, and
the model's own probability of "yes" when asked whether the sentences answer the question.
"""
ASKED = {
    "vi": ("Đoạn văn có trả lời câu hỏi không? Chỉ viết: có, hoặc: không.", "có", "không"),
    "en": ("Do the sentences answer the question? Write only: yes, or: no.", "yes", "no"),
}


def run() -> None:
    from khue.cli.session import session

    if not DATA.exists():
        raise SystemExit(f"{DATA} is not here: set KHUE_SHARED to the folder that holds data/eval.")
    with session(model=True, embeddings=True):
        for name in os.environ.get("KHUE_BENCH_SETS", " ".join(SETS)).split():
            passages, queries = (read(DATA / name / f"{part}.jsonl.gz") for part in ("passages", "queries"))
            reported = [query for query in queries if int(query["art"]) % 2]
            if _number("KHUE_BENCH_LIMIT", 100):
                rows = _grounding(name, passages, reported)
                results.write(f"grounding_{name}", f"Grounding, {name}", f"{results.table(HEAD, rows)}\n{NOTES}")
            if _number("KHUE_BENCH_MISSES", 60):
                misses = _near_misses(name, passages, reported)
                body = f"{results.table(MISS_HEAD, misses)}\n{MISS_NOTES}"
                results.write(f"near_misses_{name}", f"Near misses, {name}", body)


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


# The path of the page --------------------------------------------------------------------------


def _grounding(name: str, passages: list[dict[str, Any]], queries: list[dict[str, Any]]) -> list[Sequence[object]]:
    from django.test import override_settings

    from khue.domains.knowledge import api
    from khue.domains.people.api import scratch_actor

    limit = _number("KHUE_BENCH_LIMIT", 100)
    asked = api.grounding_questions(_unspent(queries), limit=limit, seed=SEED, withhold=0.5)
    with scratch_actor() as by, api.scratch_library(by, passages) as library:
        with override_settings(KHUE_MODEL="none", KHUE_MODEL_URL=""):
            plain = [api.ask_in(by, question, library) for question in asked]
        found = [api.ask_in(by, question, library) for question in asked]
        few = asked[: _number("KHUE_BENCH_PEERS", 30)]
        peer = [_peer(by, question, library, name[-2:]) for question in few]
    _keep(name, asked, found)
    return [
        _row(name, "**Khuê**", api.grounding_figures(found)),
        _row(name, "Khuê without a model", api.grounding_figures(plain)),
        _row(name, "three passages in the prompt", api.grounding_figures(peer)),
    ]


def _unspent(queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from khue.domains.knowledge import api

    spent = {
        question.text
        for seed in SPENT
        for question in api.grounding_questions(queries, limit=SPENT_QUESTIONS, seed=seed, withhold=0)
    }
    return [query for query in queries if query["text"] not in spent]


def _keep(name: str, asked: Sequence[Any], found: Sequence[Any]) -> None:
    from django.conf import settings

    lines = [
        json.dumps({"question": question.text, **vars(shown)}, ensure_ascii=False) + "\n"
        for question, shown in zip(asked, found, strict=True)
    ]
    (settings.KHUE_HOME / "run" / f"grounding_{name}.jsonl").write_text("".join(lines), encoding="utf-8")


def _row(name: str, system: str, figures: dict[str, Any]) -> Sequence[object]:
    keys = (
        "n_answerable", "n_unanswerable", "abstain_on_unanswerable", "false_abstain", "contains_answer", "answer_f1",
        "unsupported_sentences", "evidence_ms_p50", "first_token_ms_p50", "total_ms_p50",
    )  # fmt: skip
    return name, system, *("-" if figures[key] is None else figures[key] for key in keys)


def _peer(by: Any, question: Any, library: dict[str, Any], language: str) -> Any:
    import time

    from benchmarks.peers import stuffed
    from khue.domains.knowledge import api

    began = time.perf_counter()
    places = [place for article, place in library.items() if article != question.without]
    hits = api.search(question.text, actor=by, collections=places, highest_class=api.DataClass.PUBLIC, k=3).hits
    evidence_ms = (time.perf_counter() - began) * 1000
    said, refused, first = stuffed.answer(question.text, [hit.text for hit in hits], language)
    total = (time.perf_counter() - began) * 1000
    return api.Asked(
        question.answerable, question.references, said, refused, (), evidence_ms, evidence_ms + first, total
    )


# Near misses -----------------------------------------------------------------------------------


def cut(passage: dict[str, Any], answer: str, sentences: Callable[[str], list[tuple[int, int]]]) -> str | None:
    """The text without the only sentence that holds the answer; None where several do, or nothing would be left."""
    spans = sentences(passage["text"])
    holding = [span for span in spans if answer.lower() in passage["text"][slice(*span)].lower()]
    if len(holding) != 1 or len(spans) < 3:
        return None
    start, end = holding[0]
    left: str = passage["text"][:start] + passage["text"][end:]
    return None if answer.lower() in left.lower() else left


def _near_misses(name: str, passages: list[dict[str, Any]], queries: list[dict[str, Any]]) -> list[Sequence[object]]:
    """Each question is asked twice, of a library with the whole passage and of one with the cut passage, both without
    the other passages of its article."""
    from khue.domains.knowledge import api
    from khue.domains.people.api import scratch_actor

    language = name[-2:]
    by_id = {passage["id"]: passage for passage in passages}
    pairs = []
    for query in random.Random(SPENT[0]).sample(queries, len(queries)):
        whole = by_id[query["positive_ids"][0]]
        left = cut(whole, query["answers"][0], api.sentence_spans)
        if left:
            pairs.append((query, whole, whole | {"text": left}))
    pairs = pairs[: _number("KHUE_BENCH_MISSES", 60)]
    records = list(passages)
    for query, whole, left in pairs:
        records.append(whole | {"id": f"whole {query['id']}", "art": f"whole {query['id']}"})
        records.append(left | {"id": f"cut {query['id']}", "art": f"cut {query['id']}"})
    whole_scores, cut_scores = [], []
    with scratch_actor() as by, api.scratch_library(by, records) as library:
        shared = {article: place for article, place in library.items() if not article.startswith(("whole", "cut"))}
        for query, _, _ in pairs:
            rest = [place for article, place in shared.items() if article != str(query["art"])]
            for kind, scores in (("whole", whole_scores), ("cut", cut_scores)):
                scores.append(_judged(by, query["text"], [*rest, library[f"{kind} {query['id']}"]], language))
    ideas = ("the evidence's probability", "the model's yes or no", "both")
    return [
        (name, len(pairs), idea, *_told_apart([s[i] for s in whole_scores], [s[i] for s in cut_scores]))
        for i, idea in enumerate(ideas)
    ]


def _told_apart(whole: list[float], missing: list[float]) -> tuple[str, str]:
    a, b = np.array(whole), np.array(missing)
    auc = np.mean([(value > b).mean() + 0.5 * (value == b).mean() for value in a])
    return f"{auc:.3f}", f"{(b < np.quantile(a, 0.05)).mean():.3f}"


def _judged(by: Any, question: str, places: list[Any], language: str) -> tuple[float, float, float]:
    from benchmarks.peers.stuffed import NOBODY
    from khue.domains.knowledge.actions import evidence
    from khue.domains.knowledge.answering import calibration, prompt
    from khue.gateway import api as gateway
    from khue.gateway.api import DataClass, Options, Turn

    found = evidence.evidence(by, question, language=language, collections=places, data_class=DataClass.PUBLIC)
    case = calibration.threshold(language, language)
    strength = case.probability(calibration.features(question, found.ranked, language=language))
    instruction, yes, no = ASKED[language]
    built = prompt.build(question, found.ranked, language=language)
    turns = [Turn("system", instruction), Turn("user", built.text)]
    reply = gateway.chat(
        turns, caller=NOBODY, data_class=DataClass.PUBLIC, options=Options(max_tokens=1, choices=(yes, no))
    ).text()
    certain = reply.probabilities.get(yes, 0.5)
    odds = [np.log(p / (1 - p)) for p in (min(max(strength, 1e-4), 1 - 1e-4), min(max(certain, 1e-4), 1 - 1e-4))]
    return strength, certain, float(odds[0] + odds[1])
