"""Which sentences bear on a question, how strongly, and which of them fit into the prompt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from khue.domains.knowledge.answering import words
from khue.domains.knowledge.answering.facts import facts

ASKS_A_FIGURE = re.compile(
    r"(?<!\w)(?:bao nhiêu|mấy|bao lâu|khi nào|bao giờ|(?:năm|ngày|tháng|tuổi|mức|thế kỷ) nào|bao nhieu|may|bao lau"
    r"|how (?:many|much|long|old|far|soon|often|quickly|large|big|high|tall)|when"
    r"|(?:what|which) (?:year|date|age|fee|number|percentage|time|rate)"
    r"|combien|quand|quels? (?:âges?|délais?|montants?|dates?|prix|taux))(?!\w)",
    re.IGNORECASE,
)

# a sentence that goes on about what the one before it names: "Giấy này có giá trị 6 tháng"
GOES_ON = re.compile(
    r"\W*(?:(?:\w+\s){1,3}(?:này|đó|ấy|trên)(?!\w)|đây là|(?:it|they|this|these|such)\s"
    r"|(?:ce|cet|cette|ces|il|elle|ils|elles)\s)",
    re.IGNORECASE,
)
LIST_MARK = re.compile(r"\s*(?:[-–•*+]\s+)?")


@dataclass(frozen=True)
class Source:
    """A passage that the search found. `sentences` are [start, end) within `text`; `start` is the place of the passage
    in its document, in code points. `vectors` are the sentences' unit vectors, or none where they are not made yet;
    `dense` is the cosine of question and whole passage."""

    document: str
    passage: int
    title: str
    text: str
    dense: float | None = None
    heading: str = ""
    page: int | None = None
    start: int = 0
    language: str = ""
    data_class: int = 0
    # identifiers in the whole document, by type
    found: dict[str, int] = field(default_factory=dict, compare=False)
    sentences: tuple[tuple[int, int], ...] = ()
    vectors: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a source, weighed: `cosine` with the question, `overlap` the share of the question's words that
    stand in it (rare words count more), `score` both together, from 0 to 1."""

    source: Source
    start: int
    end: int
    cosine: float
    overlap: float
    score: float

    @property
    def text(self) -> str:
        """Without the mark of a list item: it says nothing."""
        return self._raw[self._lead :].rstrip()

    @property
    def _raw(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def _lead(self) -> int:
        found = LIST_MARK.match(self._raw)
        return found.end() if found else 0

    @property
    def vector(self) -> NDArray[np.float32] | None:
        vectors = self.source.vectors
        if vectors is None:
            return None
        return np.asarray(vectors[self.source.sentences.index((self.start, self.end))], dtype=np.float32)

    @property
    def place(self) -> tuple[int, int]:
        """Where the words stand in the document."""
        start = self.source.start + self.start + self._lead
        return start, start + len(self.text)


COSINE_FLOOR, COSINE_CEILING = 0.75, 0.95  # E5's cosines crowd together here
FRAMED = 0.8  # what a word of the question counts that stands only in a heading or the title
# what decides between sentences: nearness of the sentence and of its passage, the question's words, its pairs of words
# ("thường trú" is not "tạm trú"), and a figure where one is asked for
NEAR, OVERLAP, PASSAGE, PAIRS, FIGURE = 0.45, 0.25, 0.15, 0.15, 0.1


def weigh(
    question: str, vector: NDArray[np.float32] | None, sources: Sequence[Source], *, language: str
) -> list[Sentence]:
    """Every sentence of the sources, the one that bears most on the question first."""
    asked = _Asked.of(question, sources, language)
    weighed = [sentence for source in sources for sentence in _weigh_one(source, vector, asked)]
    return sorted(weighed, key=lambda sentence: -sentence.score)


@dataclass(frozen=True)
class _Asked:
    """What the question looks for. `rarity`: the weight of each of its words, 1 when all passages hold it, more when
    few do."""

    reading: words.Reading
    rarity: dict[str, float]
    pairs: frozenset[str]
    figures: frozenset[str] | None  # those it names itself; none where it asks for no figure

    @classmethod
    def of(cls, question: str, sources: Sequence[Source], language: str) -> "_Asked":
        reading = words.Reading.of(question, language)
        named = frozenset(fact.written for fact in facts(question))
        return cls(
            reading,
            _rarity(question, sources, reading),
            reading.pairs(question),
            named if ASKS_A_FIGURE.search(question) else None,
        )


def _weigh_one(source: Source, vector: NDArray[np.float32] | None, asked: _Asked) -> list[Sentence]:
    cosines = _cosines(source, vector)
    frame = f"{source.title} {source.heading}"
    context, framed = asked.reading.content(frame), asked.reading.pairs(frame)
    found = []
    before = ""
    for (start, end), cosine in zip(source.sentences, cosines, strict=True):
        text = source.text[start:end]
        if not text.strip():
            continue
        said = before if GOES_ON.match(text) else ""
        before = text
        overlap = _overlap(asked.reading.content(text), asked.rarity, context | asked.reading.content(said))
        pairs = asked.reading.pairs(text) | asked.reading.pairs(said) | framed
        paired = len(asked.pairs & pairs) / len(asked.pairs) if asked.pairs else overlap
        score = NEAR * _near(cosine) + OVERLAP * overlap + PASSAGE * _near(source.dense or 0.0) + PAIRS * paired
        found.append(Sentence(source, start, end, cosine, overlap, min(1.0, score + FIGURE * _figure(text, asked))))
    return found


def _figure(text: str, asked: _Asked) -> bool:
    """Whether a figure is asked for and one that the question does not name stands here."""
    if asked.figures is None:
        return False
    return any(fact.written not in asked.figures for fact in facts(text) if fact.kind in {"number", "date"})


def _near(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - COSINE_FLOOR) / (COSINE_CEILING - COSINE_FLOOR)))


def _cosines(source: Source, vector: NDArray[np.float32] | None) -> list[float]:
    if vector is None or source.vectors is None or len(source.vectors) != len(source.sentences):
        return [0.0] * len(source.sentences)
    return [float(value) for value in source.vectors @ vector]


def _rarity(question: str, sources: Sequence[Source], reading: words.Reading) -> dict[str, float]:
    asked = reading.content(question)
    texts = [reading.content(f"{s.title} {s.heading} {s.text}") for s in sources]
    return {word: 1.0 + float(np.log((1 + len(texts)) / (1 + sum(word in text for text in texts)))) for word in asked}


def _overlap(here: frozenset[str], rarity: dict[str, float], context: frozenset[str]) -> float:
    """A word that stands only in a heading or the title counts less."""
    total = sum(rarity.values())
    if not total:
        return 0.0
    met = sum(weight * (1.0 if word in here else FRAMED if word in context else 0.0) for word, weight in rarity.items())
    return met / total


# What is sent ----------------------------------------------------------------------------------

TOKENS_A_CHARACTER = {"vi": 0.42, "en": 0.24, "fr": 0.31}


def tokens_of(text: str, language: str) -> int:
    """About how many tokens the model will read; measured on Qwen2.5's vocabulary."""
    return int(len(text) * TOKENS_A_CHARACTER.get(language, 0.42)) + 2


def choose(ranked: Sequence[Sentence], *, budget: int, most: int = 5) -> tuple[list[Sentence], list[Sentence]]:
    """(sent, left out): the best sentences within `budget` tokens, no text twice; the first is always sent, cut by
    the prompt where it alone is too long."""
    sent: list[Sentence] = []
    left_out: list[Sentence] = []
    seen: set[str] = set()
    spent = 0
    for sentence in ranked[: most * 2]:
        if sentence.text in seen:
            continue
        seen.add(sentence.text)
        cost = tokens_of(sentence.text, sentence.source.language)
        if len(sent) < most and (not sent or spent + cost <= budget):
            sent.append(sentence)
            spent += cost
        else:
            left_out.append(sentence)
    return sent, left_out
