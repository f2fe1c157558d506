"""Finds anew when evidence is strong enough to answer, and writes answering/calibration.yaml.

    python -m benchmarks.calibrate ../shared/data/eval [--limit 400] [--pairs en-vi vi-en]

Each question is asked once with its article in the library and once without, by the path of the page. Questions of
articles with an even number tune, those with an odd number only measure. Across languages, the middles of the languages
(answering/middles.yaml) are found first, from the tuning half. Vietnamese questions typed without marks are measured
only, with what holds for Vietnamese; so are French questions about other matters, of a Vietnamese and an English
library. Needs no chat model.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from khue.cli.evaluate_grounding import _read as records_of
from khue.cli.session import session
from khue.domains.knowledge.reading.sentences import spans as sentence_spans
from khue.domains.knowledge.search.tokens import fold as without_diacritics

# languages of question and library, the files, and the share of unanswerable questions to abstain on while tuning
CASES = [
    ("vi-vi", "xquad_vi", "xquad_vi", 0.975),
    ("en-en", "xquad_en", "xquad_en", 0.98),
    ("en-vi", "xquad_en", "xquad_vi", 0.975),
    ("vi-en", "xquad_vi", "xquad_en", 0.975),
]
# the texts of each language's middle; those with articles give their tuning half
MIDDLES = {"vi": "xquad_vi", "en": "xquad_en", "fr": "spfqr_fr"}
ELSEWHERE = "spfqr_fr"
# what an unmeasured pair takes
LIKE = {"same": "vi-vi", "across": "en-vi", "words": "vi-words"}
BY_WORDS = ("overlap", "passage_overlap")
# texts of a middle
ENOUGH, BATCH = 400, 64


@dataclass(frozen=True)
class Trials:
    """`bare`: the share of the measuring half that is taken for enough when typed without marks, with its article and
    without it. `elsewhere`: questions about other matters in a third language, all in vain."""

    features: NDArray[np.float64]
    present: NDArray[np.bool_]
    tuning: NDArray[np.bool_]
    bare: tuple[float, float] | None = None
    elsewhere: NDArray[np.float64] | None = None


def trials(folder: Path, asked: str, library: str, limit: int) -> Trials:
    from khue.domains.knowledge.actions import evidence, grounding
    from khue.domains.knowledge.answering import calibration
    from khue.domains.people.api import scratch_actor
    from khue.gateway.classes import DataClass

    passages = records_of(folder / library / "passages.jsonl.gz")
    questions = grounding.questions(records_of(folder / asked / "queries.jsonl.gz"), limit=limit, seed=7, withhold=1.0)
    language = asked[-2:]
    with scratch_actor() as by, grounding.scratch_library(by, passages) as places:

        def look(text: str, without: str | None, language: str = language) -> evidence.Evidence:
            within = evidence.Within([place for article, place in places.items() if article != without])
            return evidence.evidence(by, text, language=language, within=within, data_class=DataClass.PUBLIC)

        def row(text: str, without: str | None, language: str = language) -> list[float]:
            found = look(text, without, language)
            return calibration.features(found.question, found.ranked, language=language, vector=found.vector)

        both = [(question, without) for question in questions for without in (None, question.without)]
        rows = [row(question.text, without) for question, without in told(both, f"{asked} in {library}")]
        present = [without is None for _, without in both]
        tuning = [is_tuning(question.without) for question, _ in both]
        bare = elsewhere = None
        if asked == library and language == "vi":
            measured = [question for question in questions if not is_tuning(question.without)]
            enough = [
                [look(without_diacritics(q.text), q.without if away else None).enough for away in (False, True)]
                for q in told(measured, "without marks")
            ]
            bare = tuple(np.mean(enough, axis=0))
        if asked != library:
            others = records_of(folder / ELSEWHERE / "queries.jsonl.gz")[1::2]
            elsewhere = np.array([row(other["text"], None, ELSEWHERE[-2:]) for other in told(others, ELSEWHERE)])
    return Trials(np.array(rows), np.array(present), np.array(tuning), bare, elsewhere)


def is_tuning(article: str | None) -> bool:
    return int(article or 0) % 2 == 0


def told(things: Sequence[Any], name: str) -> Iterator[Any]:
    for number, thing in enumerate(things, start=1):
        sys.stderr.write(f"\r{name}: {number}/{len(things)} ")
        yield thing
    sys.stderr.write("\n")


def write_middles(folder: Path) -> None:
    from khue.domains.knowledge.answering import middles

    found: dict[str, dict[str, str]] = {"questions": {}, "texts": {}}
    for language, name in MIDDLES.items():
        questions, passages = (tuning_half(folder / name / f"{part}.jsonl.gz") for part in ("queries", "passages"))
        sentences = [one["text"][start:end] for one in passages for start, end in sentence_spans(one["text"])]
        texts = {"questions": [one["text"] for one in questions], "texts": sentences}
        for kind, of in (("questions", "query"), ("texts", "passage")):
            some = random.Random(7).sample(texts[kind], min(ENOUGH, len(texts[kind])))  # noqa: S311 -- repeatable
            found[kind][language] = middles.written(mean(some, of))
    origin = (
        f"Means of multilingual-e5-small's vectors over the tuning halves of {', '.join(MIDDLES.values())}. "
        "Made by benchmarks/calibrate.py."
    )
    middles.FILE.write_text(yaml.dump({"origin": origin, "middles": found}, sort_keys=False, width=10_000))


def tuning_half(path: Path) -> list[dict[str, Any]]:
    """Articles with an even number, or every other one where there are no articles."""
    records = list(records_of(path))
    return [one for at, one in enumerate(records) if is_tuning(one.get("art", str(at)))]


def mean(texts: Sequence[str], kind: Any) -> NDArray[np.float32]:
    from khue.gateway import api as gateway

    caller = gateway.Caller(None, None, tool="search")
    made = [
        gateway.embed(texts[at : at + BATCH], kind=kind, caller=caller, data_class=gateway.DataClass.PUBLIC)
        for at in range(0, len(texts), BATCH)
    ]
    return np.vstack(made).mean(0)


def fitted(t: Trials, columns: Sequence[int], goal: float) -> dict[str, Any]:
    """Logistic regression (Newton's method, lightly regularised) on the tuning half, measured on the other."""
    from khue.domains.knowledge.answering.calibration import FEATURES

    chosen = t.features[:, columns]
    middle, spread = chosen[t.tuning].mean(0), chosen[t.tuning].std(0) + 1e-9
    design = np.c_[(chosen - middle) / spread, np.ones(len(chosen))]
    tuned, wanted = design[t.tuning], t.present[t.tuning].astype(float)
    weights = np.zeros(design.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-tuned @ weights))
        curve = (tuned * (p * (1 - p))[:, None]).T @ tuned + 0.1 * np.eye(len(weights))
        weights -= np.linalg.solve(curve, tuned.T @ (p - wanted) + 0.1 * weights)
    p = 1 / (1 + np.exp(-design @ weights))
    at_least = float(np.quantile(p[t.tuning & ~t.present], goal))
    plain = np.zeros(len(FEATURES))
    plain[list(columns)] = weights[:-1] / spread
    more = {}
    if t.bare:
        more |= {"without_marks": {"abstained": rounded(1 - t.bare[1]), "false_abstained": rounded(1 - t.bare[0])}}
    if t.elsewhere is not None:
        other = np.c_[(t.elsewhere[:, columns] - middle) / spread, np.ones(len(t.elsewhere))]
        more |= {"french_elsewhere_abstained": rounded((1 / (1 + np.exp(-other @ weights)) < at_least).mean())}
    return {
        "intercept": round(float(weights[-1] - (weights[:-1] * middle / spread).sum()), 3),
        "weights": {name: round(float(value), 3) for name, value in zip(FEATURES, plain, strict=True)},
        "at_least": round(at_least, 4),
        "measured": {
            "questions": int((~t.tuning & t.present).sum()),
            "abstained": rounded((p[~t.tuning & ~t.present] < at_least).mean()),
            "false_abstained": rounded((p[~t.tuning & t.present] < at_least).mean()),
            **more,
        },
    }


def rounded(value: Any) -> float:
    return round(float(value), 3)


def cases(folder: Path, limit: int, pairs: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    from khue.domains.knowledge.answering.calibration import FEATURES

    by_words = [FEATURES.index(name) for name in BY_WORDS]
    for pair, asked, library, goal in CASES:
        if pair not in pairs:
            continue
        found = trials(folder, asked, library, limit)
        language, _, written = pair.partition("-")
        within = [at for at, name in enumerate(FEATURES) if language != written or name != "centred"]
        yield pair, fitted(found, within, goal)
        if language == written:
            yield f"{language}-words", fitted(replace(found, bare=None), by_words, goal)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="questions of each set")
    every = [pair for pair, *_ in CASES]
    parser.add_argument("--pairs", nargs="+", choices=every, default=every, help="only these; others stay as they are")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    with session(embeddings=True):
        from khue.domains.knowledge.answering.calibration import FILE

        write_middles(given.folder)
        found = yaml.safe_load(FILE.read_text())["thresholds"] | dict(cases(given.folder, given.limit, given.pairs))
        found |= {name: found[pair] for name, pair in LIKE.items()}
        origin = (
            "XQuAD (google-deepmind/xquad), "
            f"{given.limit} questions of a pair, each asked once with its article in the library and once "
            "without; tuned on articles with an even number, `measured` on those with an odd one. "
            "Made by benchmarks/calibrate.py."
        )
        Plain.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
        content = {"origin": origin, "thresholds": found}
        FILE.write_text(yaml.dump(content, Dumper=Plain, sort_keys=False, allow_unicode=True, width=110))
    sys.stdout.write(json.dumps({pair: row["measured"] for pair, row in found.items()}, indent=1) + "\n")


class Plain(yaml.SafeDumper):
    """Without anchors."""


if __name__ == "__main__":
    main()
