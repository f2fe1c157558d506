"""5,000 invented answers with planted themes: sorted by Khuê and, on the same vectors, by others."""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks import results

WORDS = Path(__file__).parent / "corpora" / "consultation" / "words.yaml"
COUNT = 5000
BATCH = 512
NOTES = """
{count} answers by a seeded generator (benchmarks/corpora/consultation), {themes} planted themes of unequal size, one
answer in five without diacritics, one in ten beginning with a greeting. The half "tune" set the weight of words beside
meaning; "report" was only measured. ARI: adjusted Rand index with the planted themes. Khuê finds the number of themes
by itself; TF-IDF with k-means is told the true one. BERTopic's way is UMAP (5 dimensions) and HDBSCAN on Khuê's
vectors; what it calls noise is one theme. The seconds of Khuê hold the embedding; those of the others do not.
"""


def answers(half: str, *, count: int = COUNT, seed: int = 3) -> tuple[list[str], list[int]]:
    held = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    chance = random.Random(f"{half} {seed}")
    themes = held["themes"]
    weights = [1 / (1 + at * 0.25) for at in range(len(themes))]
    planted = chance.choices(range(len(themes)), weights, k=count)
    return [_answer(themes[at][half], held, chance) for at in planted], planted


def _answer(theme: Sequence[Sequence[str]], held: dict[str, Any], chance: random.Random) -> str:
    text = " ".join(chance.choice(part) for part in theme)
    if chance.random() < 0.1:
        text = f"{chance.choice(held['greetings'])} {text}"
    if chance.random() < 0.3:
        text = f"{text} {chance.choice(held['endings'])}"
    return _bare(text) if chance.random() < 0.2 else text


def _bare(text: str) -> str:
    from khue.domains.knowledge.api import without_diacritics

    return without_diacritics(text)


def section(say: Callable[[str], None]) -> str:
    from khue.cli.session import session

    with session(embeddings=True):
        rows = [row for half in ("tune", "report") for row in _half(half, say)]
    themes = len(yaml.safe_load(WORDS.read_text(encoding="utf-8"))["themes"])
    table = results.table(("half", "system", "themes", "ARI", "s"), rows)
    return f"{table}\n\n{NOTES.format(count=COUNT, themes=themes).strip()}"


def _half(half: str, say: Callable[[str], None]) -> list[tuple[object, ...]]:
    from sklearn.metrics import adjusted_rand_score

    texts, planted = answers(half)
    began = time.perf_counter()
    vectors = _embedded(texts)
    embedded_s = time.perf_counter() - began
    say(f"{half}: embedded in {embedded_s:.0f} s")
    rows: list[tuple[object, ...]] = []
    for name, sort in SYSTEMS.items():
        began = time.perf_counter()
        labels = sort(texts, vectors, len(set(planted)))
        spent = time.perf_counter() - began + (embedded_s if name == "Khuê" else 0)
        ari = adjusted_rand_score(planted, labels)
        rows.append((half, name, len(set(labels)), f"{ari:.3f}", f"{spent:.1f}"))
        say(f"{half}: {name} {ari:.3f}, {spent:.1f} s")
    return rows


def _embedded(texts: Sequence[str]) -> Any:
    from khue.gateway import api as gateway
    from khue.gateway.api import Caller, DataClass

    caller = Caller(None, None, "bench", "themes")
    parts = [
        gateway.embed(texts[at : at + BATCH], kind="passage", caller=caller, data_class=DataClass.PUBLIC)
        for at in range(0, len(texts), BATCH)
    ]
    return np.concatenate(parts)


def _ours(texts: Sequence[str], vectors: Any, count: int) -> Any:
    from khue.domains.synthesis.consulting import themes

    return themes.sorted_by(texts, themes.features(texts, vectors))


def _tf_idf(texts: Sequence[str], vectors: Any, count: int) -> Any:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_df=0.4).fit_transform(texts)
    return KMeans(count, n_init=4, random_state=1).fit_predict(matrix)


def _bertopic(texts: Sequence[str], vectors: Any, count: int) -> Any:
    import umap
    from sklearn.cluster import HDBSCAN

    low = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1).fit_transform(
        vectors
    )
    return HDBSCAN(min_cluster_size=25).fit_predict(low)


SYSTEMS = {"Khuê": _ours, "TF-IDF + k-means": _tf_idf, "UMAP + HDBSCAN (BERTopic's way)": _bertopic}
