"""A reader that weighs many small signs of a name, where no rule is sure: what kind of word it is, what stands around.

Its weights (content/privacy/reader.json) were learnt from our corpus by benchmarks/name_reader.py; a word belongs to a
name (B begins one, I goes on) or not (O).
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from khue.gateway.privacy.lists import names
from khue.gateway.privacy.names.given import NOT_ALONE, may_stand_alone
from khue.gateway.privacy.names.parts import PARTICLES, SYLLABLE, known
from khue.gateway.privacy.names.reading import Reading

OUT, BEGIN, IN = 0, 1, 2
TAGS = ("O", "B", "I")
LONGEST = 6
LEAN = 0.0  # towards a name: what is hidden too much costs less than what goes out
Weights = dict[str, tuple[float, float, float]]


@cache
def weights() -> Weights:
    stored = json.loads((Path(settings.CONTENT) / "privacy" / "reader.json").read_text("utf-8"))
    return {sign: (0.0, begins, goes_on) for sign, (begins, goes_on) in stored.items()}


@lru_cache(maxsize=50_000)
def kind(text: str, plain: str) -> str:
    """What the lists know of a word, one letter for each list."""
    known_, small = known(), text.lower()
    is_marked = small != plain
    signs = [
        "s" if small in known_.surnames and small not in known_.weak_names else "",
        "w" if small in known_.weak_names else "",
        "a" if not is_marked and plain in known_.strong else "",
        "b" if not is_marked and plain in known_.weak else "",
        "m" if plain in known_.middle else "",
        "g" if plain in known_.given else "",
        "h" if small in known_.highland else "",
        "e" if small in known_.western else "",
        "f" if small in known_.western_surnames else "",
        "x" if small in known_.stop else "",
        "t" if small in known_.things_after else "",
        "y" if SYLLABLE.match(plain) else "",
    ]
    return "".join(signs)


def shape(text: str) -> str:
    if len(text) == 1:
        return "X" if text.isupper() else "x"
    if text.isupper():
        return "XX"
    return "Xx" if text[0].isupper() else "xx"


class Signs:
    """What is seen at each word of a page; the tags before it come on top."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.words, self.text = reading, reading.words, reading.text
        page = reading.page
        self.style = "F" if page.is_folded else "M" if page.has_marks else "W"

    def kind(self, at: int) -> str:
        if not 0 <= at < len(self.words):
            return "."
        return kind(self.words[at].text, self.words[at].plain)

    def word(self, at: int) -> str:
        return self.words[at].text.lower() if 0 <= at < len(self.words) else "."

    def gap(self, at: int) -> str:
        """What stands before a word, in short."""
        if at >= len(self.words):
            return "$" + self.text[self.words[-1].end : self.words[-1].end + 1]
        before = self.words[at - 1].end if at else max(0, self.words[at].start - 3)
        between = self.text[before : self.words[at].start]
        if between == " ":
            return "_"
        signs = "".join(dict.fromkeys("0" if sign.isdigit() else sign for sign in between.strip(" \u00a0")))
        return ("^" if not at else "") + (signs[-3:] if len(signs) < 8 else "*" + signs[-3:])

    def of(self, at: int) -> list[str]:
        word, kind_ = self.words[at], self.kind(at)
        form, before, after = shape(word.text), self.gap(at), self.gap(at + 1)
        kind_before, kind_after = self.kind(at - 1), self.kind(at + 1)
        form_before = shape(self.words[at - 1].text) if at else "."
        form_after = shape(self.words[at + 1].text) if at + 1 < len(self.words) else "."
        title = self.reading.title(at)
        place = f"{title}{'#' * (at in self.reading.thing_before)}{'=' * (at in self.reading.thing_begins)}"
        return [
            f"0{self.style}{form}",
            f"1{kind_}",
            f"2{self.style}{form}{kind_}",
            f"3{kind_before}|{kind_}",
            f"4{kind_}|{kind_after}",
            f"5{form_before}{before}{form}",
            f"6{form}{after}{form_after}",
            f"7{before}{form_before}{kind_}",
            f"8{kind_}{after}{form_after}",
            f"9{place}",
            f"A{place}{kind_}",
            f"B{self.word(at)}",
            f"C{self.word(at - 1)}{before}",
            f"D{self.word(at + 1)}{after}",
            f"E{self.word(at - 2)}|{self.word(at - 1)}",
            f"F{self.word(at - 2)}",
            f"G{self.word(at + 2)}",
            f"H{before}{form}{after}",
            f"I{word.plain[-3:]}{self.style}",
            f"J{word.plain[-2:]}{self.style}{form}",
            f"K{kind_before}|{kind_}|{kind_after}",
            f"L{self.word(at + 1)}|{self.word(at + 2)}",
        ]


def candidates(reading: Reading) -> list[int]:
    """Words with a capital, where a name may be among them; every word where nothing has a capital."""
    if reading.page.is_folded:
        return list(range(len(reading.words)))
    words, chosen = reading.words, []
    stretch: list[int] = []
    for at, word in enumerate(words):
        is_capital = word.text[0].isupper()
        if stretch and (stretch[-1] != at - 1 or not is_capital and word.text not in PARTICLES):
            chosen += stretch if _is_worth_it(reading, stretch) else []
            stretch = []
        if is_capital or stretch:
            stretch.append(at)
    return chosen + (stretch if stretch and _is_worth_it(reading, stretch) else [])


def _is_worth_it(reading: Reading, stretch: list[int]) -> bool:
    """Most capitals begin a sentence or an office: "Bước", "Ủy ban"."""
    words = [reading.words[at] for at in stretch]
    if len(words) == 1 and reading.page.has_marks:
        word = words[0]
        return word.text in names("given") and word.text not in NOT_ALONE and may_stand_alone(reading, stretch[0])
    return any("x" not in kind(word.text, word.plain) for word in words)


def is_joined(reading: Reading, at: int) -> bool:
    return at > 0 and (
        reading.joined(at) or reading.text[reading.words[at - 1].end : reading.words[at].start] == "\u2019"
    )


def tags(reading: Reading, places: list[int], learnt: Weights) -> Iterator[tuple[int, int, float]]:
    """For each place its tag, the surest, and by how much it is surer than being outside."""
    signs = Signs(reading)
    last, previous, length = -2, OUT, 0
    for at in places:
        before = previous if at == last + 1 else OUT
        may_go_on = before != OUT and length < LONGEST and is_joined(reading, at)
        seen = signs.of(at)
        score = total(learnt, [*seen, *history(before, length, seen)])
        previous = best(score, may_go_on)
        length = length + 1 if previous == IN else 1 if previous == BEGIN else 0
        last = at
        yield at, previous, score[previous]


def history(before: int, length: int, seen: list[str]) -> list[str]:
    return [f"P{before}", f"Q{before}{seen[1]}", f"R{min(length, 4)}{before}{seen[6]}", f"S{before}{seen[5]}"]


def total(learnt: Weights, seen: list[str]) -> tuple[float, float, float]:
    begins = goes_on = LEAN
    for sign in seen:
        if found := learnt.get(sign):
            begins += found[1]
            goes_on += found[2]
    return 0.0, begins, goes_on


def best(score: tuple[float, float, float], may_go_on: bool) -> int:
    _, begins, goes_on = score
    if may_go_on and goes_on > begins and goes_on > 0:
        return IN
    return BEGIN if begins > 0 else OUT


def stretches(reading: Reading, least: float) -> Iterator[tuple[int, int, float]]:
    """First and last word of each name, with the mean of how sure its words are."""
    open_: list[tuple[int, float]] = []
    for at, tag, sure in [*tags(reading, candidates(reading), weights()), (-1, OUT, 0.0)]:
        if open_ and tag != IN:
            mean = sum(each for _, each in open_) / len(open_)
            if mean >= least:
                yield open_[0][0], open_[-1][0], mean
            open_ = []
        if tag != OUT:
            open_.append((at, sure))
