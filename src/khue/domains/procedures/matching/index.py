"""Names of procedures, made ready to be compared with questions: an index that fits in memory."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.domains.procedures.matching.asked import Asked, kinds_in
from khue.domains.procedures.matching.phrases import folded, small, words

Floats = NDArray[np.float32]
# a pair of syllables is nearly a word; one syllable says little
PAIR, SINGLE = 1.0, 0.5
# what a procedure results in names it too, less surely
RESULT = 0.65
CANDIDATES, NEAREST = 60, 30
LEVELS = {"Cấp xã": 3.0, "Cấp tỉnh": 2.0, "Cơ quan khác": 2.0, "Cấp bộ": 1.0}
CITIZENS = {"Công dân Việt Nam", "Người Việt Nam định cư ở nước ngoài", "Người nước ngoài"}
_NOT_THE_NAME = re.compile(
    r"^(?:thủ tục:?|liên thông)\s+|\(?thực hiện tại[^)]*\)?|\(cấp [^)]*\)|\(\s*\d\.\d{6}\s*\)", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^)]*\)?")
_ALTERNATIVES = re.compile(
    r"[;/]|,\s+(?=(?:cấp|đăng ký|giải thể|thông báo|khai|chuyển|thay đổi|đổi|xóa|chứng thực|hoàn|miễn|giảm|gia hạn|bán"
    r"|cho thuê|mua|thuê|tách|nhận|tặng|chuyển nhượng|thừa kế)\b)",
    re.IGNORECASE,
)
MARKS = (
    "foreign", "border", "mobile", "joint", "existing", "central", "police", "abroad", "project", "firm", "customs",
    "aircraft", "cooperative",
)  # fmt: skip
# a question that speaks of one of these means a procedure that does
TELLING = {"foreign", "border", "mobile", "joint", "abroad", "cooperative"}
FEATURES = (
    "recall", "precision", "both", "dense", "dense_official", "acts_met", "acts_missing", "acts_extra", "marks_met",
    "marks_missing", *(f"extra_{mark}" for mark in MARKS), "level", "citizens", "result",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A procedure as it is matched. `vector`: of its name, unit length; None while it is not made yet."""

    code: str
    name: str
    levels: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    vector: Floats | None = None


@dataclass(frozen=True)
class Scored:
    """`evidence` is what the decision about the whole question looks at."""

    place: int
    score: float
    features: dict[str, float]


@dataclass
class _Label:
    entry: int
    mass: float
    is_result: bool


@dataclass
class Index:
    entries: Sequence[Entry]
    weights: Mapping[str, float]
    _labels: list[_Label] = field(default_factory=list)
    _postings: dict[str, tuple[NDArray[np.int32], Floats]] = field(default_factory=dict)
    _rarity: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = [(at, text, result) for at, entry in enumerate(self.entries) for text, result in _texts(entry)]
        spelt = [_spelt(text) for _, text, _ in named]
        self._weigh(spelt)
        rows: dict[str, tuple[list[int], list[float]]] = {}
        for row, ((at, _, result), terms) in enumerate(zip(named, spelt, strict=True)):
            masses = {term: weight * self._rarity[term] for term, weight in terms.items()}
            self._labels.append(_Label(at, sum(masses.values()), result))
            for term, mass in masses.items():
                places, weights = rows.setdefault(term, ([], []))
                places.append(row)
                weights.append(mass)
        self._postings = {t: (np.array(p, np.int32), np.array(w, np.float32)) for t, (p, w) in rows.items()}
        self._mass = np.array([label.mass for label in self._labels], np.float32)
        self._owner = np.array([label.entry for label in self._labels], np.int32)
        self._result = np.array([label.is_result for label in self._labels], np.bool_)
        self._acts = [kinds_in("acts", entry.name) for entry in self.entries]
        self._marks = [kinds_in("marks", entry.name) for entry in self.entries]
        self._vectors = _matrix(self.entries)

    def _weigh(self, spelt: Sequence[Mapping[str, float]]) -> None:
        counts = Counter(term for terms in spelt for term in terms)
        total = len(spelt)
        self._rarity = {term: float(np.log(1 + total / count)) for term, count in counts.items()}
        # of an official word that no name has: the library does not hold what is meant
        self._unseen = float(np.log(1 + total))

    def ranked(
        self,
        asked: Asked,
        *,
        vector: Floats | None = None,
        official: Floats | None = None,
        within: Sequence[int] | None = None,
    ) -> list[Scored]:
        """Procedures that share words or meaning with the question, best first. `vector`: the question's,
        `official`: of `asked.official`; `within`: only these places of `entries`."""
        recall, precision, of_result = self._compared(asked)
        dense, dense_official = self._meant(vector), self._meant(official)
        allowed = np.ones(len(self.entries), np.bool_)
        if within is not None:
            allowed[:] = False
            allowed[list(within)] = True
        places = self._candidates(recall * precision, np.maximum(dense, dense_official), allowed)
        scored = []
        for place in places:
            features = self._features(asked, place) | {
                "recall": float(recall[place]),
                "precision": float(precision[place]),
                "both": float(np.sqrt(recall[place] * precision[place])),
                "dense": float(dense[place]),
                "dense_official": float(dense_official[place]),
                "result": float(of_result[place]),
            }
            scored.append(Scored(place, self._score(features), features))
        return sorted(scored, key=lambda one: (-one.score, one.place))

    @property
    def has_vectors(self) -> bool:
        return self._vectors is not None

    def known(self, asked: Asked) -> float:
        """The share of the question's own words that stand in any name."""
        own = [word for word, _ in asked.own_words]
        return sum(_key(word) in self._rarity for word in own) / len(own) if own else 0.0

    def _score(self, features: Mapping[str, float]) -> float:
        return sum(self.weights.get(name, 0.0) * value for name, value in features.items())

    def _compared(self, asked: Asked) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """For each entry, of its best label: share of the question found in it, share of it found in the question."""
        official = {term for meaning, _ in asked.meanings for text in meaning.official for term in _spelt(text)}
        wanted = {
            term: weight * self._rarity.get(term, self._unseen)
            for term, weight in _wanted(asked).items()
            if term in self._rarity or term in official
        }
        met_question = np.zeros(len(self._labels), np.float32)
        met_label = np.zeros(len(self._labels), np.float32)
        for term in wanted.keys() & self._postings.keys():
            mass = wanted[term]
            rows, weights = self._postings[term]
            met_question[rows] += mass
            met_label[rows] += weights
        total = sum(wanted.values()) or 1.0
        recall: Floats = met_question / np.float32(total)
        precision: Floats = (met_label / np.maximum(self._mass, 1e-6)).astype(np.float32)
        merit = np.sqrt(recall * precision) * np.where(self._result, RESULT, 1.0)
        best = np.zeros(len(self.entries), np.int32)
        order = np.argsort(merit, kind="stable")
        best[self._owner[order]] = order
        return recall[best], precision[best], self._result[best]

    def _meant(self, vector: Floats | None) -> Floats:
        """Cosines stretched to about 0…1; E5's crowd between 0.75 and 0.95."""
        if vector is None or self._vectors is None:
            return np.zeros(len(self.entries), np.float32)
        stretched: Floats = np.clip((self._vectors @ vector - 0.75) / 0.2, 0, None).astype(np.float32)
        return stretched

    def _candidates(self, words_merit: Floats, meaning: Floats, allowed: NDArray[np.bool_]) -> list[int]:
        chosen: dict[int, None] = {}
        for merit, most in ((words_merit, CANDIDATES), (meaning, NEAREST)):
            kept = np.where(allowed, merit, 0)
            chosen |= dict.fromkeys(int(p) for p in np.argsort(-kept, kind="stable")[:most] if kept[p] > 0)
        return list(chosen)

    def _features(self, asked: Asked, place: int) -> dict[str, float]:
        acts, marks, entry = self._acts[place], self._marks[place], self.entries[place]
        extra, told = marks - asked.marks, asked.marks & TELLING
        return {
            "acts_met": float(bool(acts & asked.acts)),
            "acts_missing": float(bool(asked.acts) and not acts & asked.acts),
            "acts_extra": float(bool(acts - {"first"}) and not acts & asked.acts),
            "marks_met": float(len(marks & told)),
            "marks_missing": float(len(told - marks)),
            **{f"extra_{mark}": float(mark in extra) for mark in MARKS},
            "level": max((LEVELS.get(level, 1.0) for level in entry.levels), default=1.0) / 3,
            "citizens": float(bool(CITIZENS.intersection(entry.applicants)) or not entry.applicants),
        }


def _texts(entry: Entry) -> Iterable[tuple[str, bool]]:
    """The name, each of its alternatives, and what the procedure results in."""
    name = _NOT_THE_NAME.sub(" ", " ".join(entry.name.split())).strip()
    yield name or entry.name, False
    bare = " ".join(_ASIDE.sub(" ", name).split())
    parts = [part.strip(" ).") for part in _ALTERNATIVES.split(bare)]
    alternatives = [part for part in (bare, *parts) if part != name and len(part.split()) > 2]
    yield from ((part, False) for part in dict.fromkeys(alternatives))
    yield from ((result, True) for result in dict.fromkeys(entry.results) if 1 < len(result.split()) < 14)


def _key(word: str) -> str:
    return f"={word}"


@lru_cache(maxsize=4096)
def _spelt(text: str) -> dict[str, float]:
    return _terms(words(small(text)))


def _terms(spelt: Sequence[str]) -> dict[str, float]:
    """Words and pairs, as written ("=") and without marks; half a weight each."""
    terms: dict[str, float] = {}
    for mark, forms in (("=", spelt), ("~", [folded(word) for word in spelt])):
        terms |= {f"{mark}{word}": SINGLE / 2 for word in forms}
        terms |= {f"{mark}{one} {two}": PAIR / 2 for one, two in pairwise(forms)}
    return terms


def _wanted(asked: Asked) -> dict[str, float]:
    """Terms of the question with their weights: its own words, and what its phrases mean."""
    wanted: defaultdict[str, float] = defaultdict(float)
    own = asked.own_words
    spelt = words(asked.matter.marked)
    weight_of = dict(own)
    pairs = [(one, two) for one, two in pairwise(spelt) if one in weight_of and two in weight_of]
    bare = asked.said.is_bare
    for word, weight in weight_of.items():
        _want(wanted, word, SINGLE * weight, bare=bare)
    for one, two in pairs:
        _want(wanted, f"{one} {two}", PAIR * min(weight_of[one], weight_of[two]), bare=bare)
    for meaning, weight in asked.meanings:
        for text in meaning.official:
            for term, share in _spelt(text).items():
                wanted[term] = max(wanted[term], weight * share)
    return dict(wanted)


def _want(wanted: dict[str, float], term: str, weight: float, *, bare: bool) -> None:
    """A word typed without marks can only be compared without them."""
    marked, plain = f"={term}", f"~{folded(term)}"
    if bare:
        wanted[plain] = max(wanted[plain], weight)
    else:
        wanted[marked] = max(wanted[marked], weight / 2)
        wanted[plain] = max(wanted[plain], weight / 2)


def _matrix(entries: Sequence[Entry]) -> Floats | None:
    if not any(entry.vector is not None for entry in entries):
        return None
    size = next(len(entry.vector) for entry in entries if entry.vector is not None)
    empty: Any = np.zeros(size, np.float32)
    return np.vstack([empty if entry.vector is None else entry.vector for entry in entries]).astype(np.float32)
