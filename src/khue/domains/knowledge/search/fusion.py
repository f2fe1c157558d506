"""Words and meaning as one score.

BM25 has no upper end and E5's cosines crowd between 0.75 and 0.9, so each is stretched over the candidates of the
question to 0…1; every candidate has both, also when only one of the two found it. Half and half was best or within
one question of it on all four test sets (benchmarks/RESULTS.md), and better than adding ranks: ranks forget by how
much one passage is ahead.
"""

from collections.abc import Mapping

WORDS = 0.5


def fuse(words: Mapping[int, float], meaning: Mapping[int, float], first: Mapping[int, float]) -> dict[int, float]:
    """Passage → score, best first. `words` has every candidate. Where `meaning` lacks one (its vector is not made
    yet), or all, the words speak alone. `first` is added on top: passages that the question names by a code."""
    by_words, by_meaning = _stretched(words), _stretched(meaning)
    scores = {
        passage: WORDS * word + (1 - WORDS) * by_meaning.get(passage, word) + first.get(passage, 0.0)
        for passage, word in by_words.items()
    }
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _stretched(scores: Mapping[int, float]) -> dict[int, float]:
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    return {key: (score - low) / (high - low) if high > low else 0.0 for key, score in scores.items()}
