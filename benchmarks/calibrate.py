"""Finds anew when evidence is strong enough to answer, and writes answering/calibration.yaml.

    python -m benchmarks.calibrate ../shared/data/eval [--limit 400]

Each question is asked once with its article in the library and once without, by the path of the page. Questions of
articles with an even number tune, those with an odd number only measure. Needs no chat model.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from khue.cli.evaluate_grounding import _read as records_of
from khue.cli.session import session

# languages of question and library, the files, and the share of unanswerable questions to abstain on while tuning
CASES = [
    ("vi-vi", "xquad_vi", "xquad_vi", 0.975),
    ("en-en", "xquad_en", "xquad_en", 0.98),
    ("en-vi", "xquad_en", "xquad_vi", 0.95),
    ("vi-en", "xquad_vi", "xquad_en", 0.95),
]
# what an unmeasured pair takes
LIKE = {"same": "vi-vi", "across": "en-vi", "words": "vi-words"}
BY_WORDS = ("overlap", "passage_overlap")


@dataclass(frozen=True)
class Trials:
    features: NDArray[np.float64]
    present: NDArray[np.bool_]
    tuning: NDArray[np.bool_]


def trials(folder: Path, asked: str, library: str, limit: int) -> Trials:
    from khue.domains.knowledge.actions import answers, grounding
    from khue.domains.knowledge.answering import calibration
    from khue.domains.people.api import scratch_actor

    passages = records_of(folder / library / "passages.jsonl.gz")
    questions = grounding.questions(records_of(folder / asked / "queries.jsonl.gz"), limit=limit, seed=7, withhold=1.0)
    language = asked[-2:]
    rows: list[list[float]] = []
    present: list[bool] = []
    tuning: list[bool] = []
    with scratch_actor() as by, grounding.scratch_library(by, passages) as places:
        for number, question in enumerate(questions, start=1):
            for without in (None, question.without):
                scope = [place for article, place in places.items() if article != without]
                found = answers.evidence(by, question.text, language=language, collections=scope)
                if found.ranked:
                    rows.append(calibration.features(question.text, found.ranked, language=language))
                    present.append(without is None)
                    tuning.append(int(question.without or 0) % 2 == 0)
            sys.stderr.write(f"\r{asked} in {library}: {number}/{len(questions)} ")
    sys.stderr.write("\n")
    return Trials(np.array(rows), np.array(present), np.array(tuning))


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
    return {
        "intercept": round(float(weights[-1] - (weights[:-1] * middle / spread).sum()), 3),
        "weights": {name: round(float(value), 3) for name, value in zip(FEATURES, plain, strict=True)},
        "at_least": round(at_least, 4),
        "measured": {
            "questions": int((~t.tuning & t.present).sum()),
            "abstained": round(float((p[~t.tuning & ~t.present] < at_least).mean()), 3),
            "false_abstained": round(float((p[~t.tuning & t.present] < at_least).mean()), 3),
        },
    }


def cases(folder: Path, limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    from khue.domains.knowledge.answering.calibration import FEATURES

    by_words = [FEATURES.index(name) for name in BY_WORDS]
    for pair, asked, library, goal in CASES:
        found = trials(folder, asked, library, limit)
        yield pair, fitted(found, range(len(FEATURES)), goal)
        language, _, written = pair.partition("-")
        if language == written:
            yield f"{language}-words", fitted(found, by_words, goal)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=400, help="questions of each set")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    with session(embeddings=True):
        from khue.domains.knowledge.answering.calibration import FILE

        found = dict(cases(given.folder, given.limit))
        found |= {name: found[pair] for name, pair in LIKE.items()}
        origin = (
            "XQuAD (google-deepmind/xquad), "
            f"{given.limit} questions of each pair, each asked once with its article in the library and once "
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
