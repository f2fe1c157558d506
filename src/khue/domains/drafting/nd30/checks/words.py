"""Words of the text: gaps, dates, capitals of annex II, spelling, citations of law, personal data."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import yaml

from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.nd30.checks import capitals
from khue.domains.drafting.nd30.citing import Citation, citations, is_full
from khue.domains.drafting.nd30.finding import Finding, at
from khue.domains.drafting.nd30.folding import fold, one_line
from khue.domains.drafting.nd30.layout import HERE
from khue.domains.drafting.nd30.placing import Placed
from khue.domains.drafting.nd30.reading import Paragraph

TOLD = ("loi-van", "khoan", "khoan-tieu-de", "diem", "dieu", "can-cu", "trich-yeu", "ve-viec")
DATE = re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?")
SENTENCE = re.compile(r"(?<=[^\W\d_])[.!?] +([^\W\d_])")
WORD = re.compile(r"[^\W\d_]+")
# letters that no Vietnamese word has; words with them are foreign
FOREIGN = re.compile(r"[fjwz]|[^\x00-\u024f\u1e00-\u1eff]", re.IGNORECASE)
VIETNAMESE = re.compile(r"[ăâđêôơư\u1ea0-\u1ef9àáãèéìíòóõùúýĩũ]", re.IGNORECASE)
MOST_SPELLINGS = 40
# "ngh" and "gh" stand before e, ê, i only; "ng", "g" before e, and "c" before e, ê, i, y, never
WRONG_ONSET = re.compile(r"(?:ngh|gh)[^ei]|ng[ei]|g[e]|c[eiy]")


@dataclass(frozen=True)
class Known:
    """What the caller knows: how words are spelt, which documents there are, what the text demands."""

    is_syllable: Callable[[str], bool] | None = None
    # code → "known", "expired" or "unknown"
    state_of: Callable[[str], str] | None = None
    # kinds of personal data that the class of the document does not allow
    personal: Callable[[str], list[str]] | None = None


def check(placed: Placed, known: Known) -> Iterator[Finding]:
    told = sorted(placed.all(*TOLD), key=lambda one: one.number)
    for paragraph in placed.reading.paragraphs:
        for gap in wording.GAP.findall(paragraph.text):
            yield Finding("unfilled", "6", gap, "filled", at(paragraph))
    for paragraph in told:
        yield from _dates(paragraph)
        yield from _capitals(paragraph)
    yield from _cited(told, known)
    yield from _spelt(placed, known)
    yield from _personal(placed, known)


def _dates(paragraph: Paragraph) -> Iterator[Finding]:
    for found in DATE.finditer(one_line(paragraph.text)):
        day, month = found.group(1), found.group(2)
        if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
            yield Finding("impossible-date", "6", found.group(), "1-31/1-12", at(paragraph))
            continue
        wanted = f"{int(month):02d}" if int(month) < 3 else str(int(month))
        if len(day) < 2 or month != wanted:
            shown = f"ngày {int(day):02d} tháng {wanted}"
            yield Finding("date-in-text", "6", f"ngày {day} tháng {month}", shown, at(paragraph), severity="warning",
                          cites="Mục II, khoản 4 điểm b")  # fmt: skip


def _capitals(paragraph: Paragraph) -> Iterator[Finding]:
    text = one_line(paragraph.text)
    if text.isupper():
        return
    yield from capitals.check(paragraph)
    for found in SENTENCE.finditer(text):
        if found.group(1).islower() and not re.search(r"(?:^|\s)(?:tr|v|TP|ThS|TS|Ô|B)$", text[: found.start()]):
            yield _cased(paragraph, text[found.start() : found.end() + 8], found.group(1).upper(), "Phụ lục II, Mục I")
    if not paragraph.mark and text[:1].islower() and paragraph.role == "loi-van" and _is_alone(text):
        yield _cased(paragraph, text[:20], text[:1].upper() + text[1:20], "Phụ lục II, Mục I")


def _is_alone(text: str) -> bool:
    """A paragraph of its own: it does not go on from a line above, and is no form's line."""
    return len(text) > 20 and not re.match(r"[a-zđ]\d?\)", text)


def _cased(paragraph: Paragraph, found: str, expected: str, cites: str) -> Finding:
    return Finding("annex-2", "6", found, expected, at(paragraph), severity="warning", cites=cites)


# Citations -------------------------------------------------------------------------------------


def _cited(told: list[Paragraph], known: Known) -> Iterator[Finding]:
    seen: set[str] = set()
    for paragraph in told:
        if paragraph.role in {"trich-yeu", "ve-viec"}:
            continue
        for one in citations(one_line(paragraph.text)):
            yield from _one_citation(one, paragraph, seen, known)


def _one_citation(one: Citation, paragraph: Paragraph, seen: set[str], known: Known) -> Iterator[Finding]:
    key = one.code.upper()
    if key not in seen and not is_full(one):
        yield Finding("first-citation", "6", one.text, "ngày … tháng … năm … của …", at(paragraph), severity="warning",
                      cites="Mục II, khoản 6 điểm b")  # fmt: skip
    if key not in seen and known.state_of:
        state = known.state_of(one.code)
        if state == "expired":
            yield Finding("citation-expired", "6", one.text, "in force", at(paragraph))
        elif state == "unknown":
            yield Finding("citation-unknown", "6", one.text, "in the library", at(paragraph), severity="advice")
    seen.add(key)


# Spelling and personal data ------------------------------------------------------------------------


def _spelt(placed: Placed, known: Known) -> Iterator[Finding]:
    if known.is_syllable is None:
        return
    seen: set[str] = set()
    for paragraph in placed.reading.paragraphs:
        if paragraph.role in {"so", "soan-thao", "dia-chi", "la"}:
            continue
        for found in _often_wrong().finditer(one_line(paragraph.text)):
            meant = _misspelt()[found.group().lower()]
            yield Finding("spelling", "6", found.group(), meant, at(paragraph), severity="warning")
            seen |= set(found.group().lower().split())
        for word in WORD.findall(wording.GAP.sub(" ", paragraph.text)):
            if word.lower() not in seen and _is_misspelt(word, known.is_syllable):
                seen.add(word.lower())
                yield Finding("spelling", "6" if paragraph.role != "ho-ten" else "7b", word, "", at(paragraph),
                              severity="warning")  # fmt: skip
                if len(seen) >= MOST_SPELLINGS:
                    return


@cache
def _misspelt() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load((HERE / "misspelt.yaml").read_text(encoding="utf-8"))["words"]
    return words


@cache
def _often_wrong() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _misspelt()))})(?!\w)", re.IGNORECASE)


def _is_misspelt(word: str, is_syllable: Callable[[str], bool]) -> bool:
    """Words with Vietnamese marks that are no syllable; what has none may be a name or another language."""
    if len(word) < 2 or (word.isupper() and len(word) < 6) or FOREIGN.search(word):
        return False
    if not VIETNAMESE.search(word):
        return False
    return not is_syllable(word.lower()) or bool(WRONG_ONSET.match(fold(word)))


def _personal(placed: Placed, known: Known) -> Iterator[Finding]:
    if known.personal is None:
        return
    text = "\n".join(paragraph.text for paragraph in placed.reading.paragraphs)
    for kind in known.personal(text):
        yield Finding("personal-data", "6", kind, "none", severity="error")
