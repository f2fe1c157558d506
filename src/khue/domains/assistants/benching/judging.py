"""One answer against what was expected of it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from khue.domains.assistants.rules import plain


@dataclass(frozen=True)
class Expected:
    """`answer`: what must stand in it, several things with ";" between; `source`: codes or titles, likewise."""

    kind: str
    language: str
    source: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Judged:
    """None: nothing was expected in this respect. `supported` of `sentences` are backed; `ms` until all was there,
    `first_ms` until the card or the evidence."""

    right_source: bool | None
    right_answer: bool | None
    right_abstention: bool
    right_language: bool | None
    sentences: int
    supported: int
    ms: float
    first_ms: float
    # what of the expected answer, or what invented value, is the matter
    why: str = ""

    @property
    def passed(self) -> bool:
        return self.right_abstention and False not in {self.right_source, self.right_answer, self.right_language}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def judge(expected: Expected, answer: Mapping[str, Any]) -> Judged:
    """`answer` as `khue ask` gives it, with `card` and `choices`."""
    says = _said(answer)
    declines = bool(answer["abstained"])
    should = expected.kind == "answerable"
    right_source = right_answer = right_language = None
    why = ""
    if should and not declines:
        right_source = _source(expected.source, answer) if expected.source else None
        lacking = [part for part in _parts(expected.answer) if not stands_in(part, says)]
        right_answer = not lacking if expected.answer.strip() else None
        why = "; ".join(lacking)
        right_language = answer.get("language") == expected.language if answer.get("sentences") else None
    sentences = answer.get("sentences", ())
    timings = answer.get("timings", {})
    return Judged(
        right_source=right_source,
        right_answer=right_answer,
        right_abstention=declines != should,
        right_language=right_language,
        sentences=len(sentences),
        supported=sum(1 for sentence in sentences if sentence["supported"]),
        ms=float(timings.get("total_ms") or 0),
        first_ms=float(timings.get("card_ms") or timings.get("evidence_ms") or 0),
        why=why,
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _source(wanted: str, answer: Mapping[str, Any]) -> bool:
    """One of the wanted codes or titles is cited, or is the procedure of the card."""
    card = answer.get("card") or {}
    cited = [c["title"] for s in answer.get("sentences", ()) for c in s["citations"]]
    choices = [one for choice in answer.get("choices", ()) for one in (choice.get("code"), choice.get("name"))]
    have = {plain(str(one)).strip() for one in (card.get("code"), card.get("name"), *cited, *choices) if one}
    return any(plain(one) in have or any(plain(one) in title for title in have) for one in _parts(wanted))


def _said(answer: Mapping[str, Any]) -> str:
    card = answer.get("card") or {}
    rows = card.get("rows", ())
    items = [one for row in rows for one in row.get("items", ())]
    said = [row.get("text", "") for row in rows] + [one.get(name, "") for one in items for name in ("text", "note")]
    return "\n".join([str(answer.get("answer", "")), *map(str, said)])


_DONG = re.compile(r"\s*(?:₫|\bvnđ\b|\bvnd\b|\bđ\b|\bdongs?\b)")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")


def stands_in(part: str, text: str) -> bool:
    """Words without regard to case and spaces; figures without regard to how thousands are written."""
    wanted, said = _tidy(part), _tidy(text)
    if wanted in said:
        return True
    figures = [_figure(one) for one in _NUMBER.findall(part)]
    if not figures:
        return False
    have = {_figure(one) for one in _NUMBER.findall(text)}
    words = re.sub(r"[\d.,]+", " ", wanted).split()
    return all(figure in have for figure in figures) and all(word in said for word in words)


def _tidy(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_DONG.sub(" đồng", folded).split())


def _figure(text: str) -> str:
    """ "8.000", "8 000" and "8,000" are the same; "2,5" and "2.5" too."""
    bare = re.sub(r"[\u00a0 ]", "", text)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        return re.sub("[.,]", "", bare)
    return bare.replace(",", ".")


@dataclass(frozen=True)
class Totals:
    """Shares of 0 to 1, None where no question bears on it; times in milliseconds, the middle and the 95th."""

    questions: int
    passed: int
    right: float | None
    right_source: float | None
    right_answer: float | None
    abstained: float | None
    answered: float | None
    supported: float | None
    language: float | None
    median_ms: float
    p95_ms: float
    first_p95_ms: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def totals(rows: Sequence[tuple[str, Judged]]) -> Totals:
    """(kind, judged) of a run. `right`: share of questions to be answered that passed; `abstained`: share of the others
    that were declined."""
    able = [judged for kind, judged in rows if kind == "answerable"]
    others = [judged for kind, judged in rows if kind != "answerable"]
    judged = [one for _, one in rows]
    sentences = sum(one.sentences for one in judged)
    return Totals(
        questions=len(rows),
        passed=sum(one.passed for one in judged),
        right=_share([one.passed for one in able]),
        right_source=_share([one.right_source for one in able]),
        right_answer=_share([one.right_answer for one in able]),
        abstained=_share([one.right_abstention for one in others]),
        answered=_share([one.right_abstention for one in able]),
        supported=sum(one.supported for one in judged) / sentences if sentences else None,
        language=_share([one.right_language for one in able]),
        median_ms=_quantile([one.ms for one in judged], 0.5),
        p95_ms=_quantile([one.ms for one in judged], 0.95),
        first_p95_ms=_quantile([one.first_ms for one in judged], 0.95),
    )


def _share(facts: Sequence[bool | None]) -> float | None:
    known = [fact for fact in facts if fact is not None]
    return sum(known) / len(known) if known else None


def _quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
