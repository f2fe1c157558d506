"""Which figures are of the same indicator: tables name them, sentences are found to speak of one."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from khue.domains.synthesis.figures.figure import Figure
from khue.domains.synthesis.figures.words import words

SAME, STATES, ALIKE = 0.8, 0.8, 0.6
# an indicator that hardly any report gives is no row of the table
FEW = 2
# words that make a name
FEWEST = 3


@dataclass(frozen=True)
class Indicator:
    name: str
    unit: str
    bag: frozenset[str]


class Catalogue:
    """Grows by what tables say; sentences are then matched with it."""

    def __init__(self) -> None:
        self.indicators: list[Indicator] = []
        self._names: dict[tuple[str, str], Indicator] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)

    def of_label(self, label: str, unit: str) -> Indicator:
        """The one of these words and this unit; a new one where there is none."""
        key = (" ".join(words(label)), unit)
        if key not in self._names:
            bag = bag_of(label)
            found = self._same(bag, unit)
            if found is None:
                found = Indicator(label, unit, bag)
                for word in bag:
                    self._by_word[word].add(len(self.indicators))
                self.indicators.append(found)
            self._names[key] = found
        return self._names[key]

    def _same(self, bag: frozenset[str], unit: str) -> Indicator | None:
        near = {at for word in bag for at in self._by_word[word]}
        scored = [(dice(bag, one.bag), one) for one in map(self.indicators.__getitem__, near) if _fits(unit, one.unit)]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= SAME else None

    def said_in(self, clause: str, unit: str) -> Indicator | None:
        """The indicator whose words a clause holds, of several the one with most words."""
        bag = bag_of(clause)
        near = {at for word in bag for at in self._by_word[word]}
        best: tuple[float, float, Indicator] | None = None
        for at in sorted(near):
            one = self.indicators[at]
            if not _fits(unit, one.unit) or not one.bag:
                continue
            held = self._weight(single(bag) & one.bag) / self._weight(single(one.bag))
            rank = (round(held, 2), self._weight(bag & one.bag), one)
            if held >= STATES and (best is None or rank[:2] > best[:2]):
                best = rank
        return best[2] if best else None

    def _weight(self, bag: Iterable[str]) -> float:
        """Words that few indicators have say more."""
        count = max(1, len(self.indicators))
        return sum(math.log(1 + count / max(1, len(self._by_word[word]))) for word in bag)


def bag_of(text: str) -> frozenset[str]:
    """Words and pairs of neighbours."""
    said = words(text)
    return frozenset(said) | frozenset(f"{one} {two}" for one, two in zip(said, said[1:], strict=False))


def single(bag: frozenset[str]) -> frozenset[str]:
    """Without the pairs: words of an indicator may stand in another order."""
    return frozenset(word for word in bag if " " not in word)


def dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 0.0


def _fits(one: str, two: str) -> bool:
    return one == two or not one or not two


def named(figures: Sequence[Figure]) -> list[Figure]:
    """Each with its indicator; what stands in one sentence only and in no table keeps none."""
    catalogue = Catalogue()
    tables = [one.named(catalogue.of_label(one.label, one.unit).name) for one in figures if one.source == "table"]
    said, rest = [], []
    for one in figures:
        if one.source == "table":
            continue
        found = catalogue.said_in(one.label, one.unit if one.kind != "change" else "")
        if found:
            said.append(one.named(found.name))
        else:
            rest.append(one)
    return tables + said + _grouped(rest)


Group = tuple[frozenset[str], str, list[Figure]]


def _grouped(figures: Sequence[Figure]) -> list[Figure]:
    """Sentences of several reports that speak alike of something that no table names."""
    groups: list[Group] = []
    for one in figures:
        bag = bag_of(one.label)
        scored = [(dice(bag, held), at) for at, (held, unit, _) in enumerate(groups) if unit == one.unit]
        score, at = max(scored, default=(0.0, -1))
        if score >= ALIKE:
            groups[at][2].append(one)
        elif len(groups) < 400:
            groups.append((bag, one.unit, [one]))
    found = []
    for members in _joined(groups):
        enough = len({one.place for one in members}) >= FEW
        name = common([one.label for one in members])
        found += [one.named(name if enough else "") for one in members]
    return found


def _joined(groups: Sequence[Group]) -> list[list[Figure]]:
    """Groups that count the same thing in other sentences ("Mạng lưới gồm 680 tổ công nghệ số cộng đồng", "680 tổ công
    nghệ số cộng đồng hỗ trợ người dân"), where no report says both: they are one indicator."""
    joined: dict[tuple[str, ...], list[list[Figure]]] = defaultdict(list)
    for at, (_bag, unit, members) in enumerate(sorted(groups, key=lambda group: -len(group[2]))):
        key = _counted(members[0].label, unit) or (str(at),)
        reports = {one.report for one in members}
        fitting = next((held for held in joined[key] if reports.isdisjoint(one.report for one in held)), None)
        if fitting is None:
            joined[key].append(list(members))
        else:
            fitting.extend(members)
    return [members for those in joined.values() for members in those]


def _counted(label: str, unit: str) -> tuple[str, ...]:
    """The unit and the three words behind it; nothing where fewer stand there."""
    said, of = words(label), words(unit)
    for at in range(len(said) - len(of) + 1):
        if of and said[at : at + len(of)] == of:
            found = said[at : at + len(of) + 3]
            return found if len(found) >= len(of) + 2 else ()
    return ()


def common(labels: Sequence[str]) -> str:
    """What an indicator is called that only sentences speak of: the words that all have in a row, else the commonest
    label."""
    often = [label for label, _ in Counter(labels).most_common(6)]
    run = often[0].split()
    for label in often[1:]:
        run = _shared_run(run, label.split())
    shared = " ".join(run)
    return shortened(shared if len(words(shared)) >= FEWEST else often[0])


def _shared_run(one: Sequence[str], two: Sequence[str]) -> list[str]:
    said = [word.lower().strip(".,;:") for word in one]
    there = [word.lower().strip(".,;:") for word in two]
    found = SequenceMatcher(None, said, there, autojunk=False).find_longest_match()
    return list(one[found.a : found.a + found.size])


_BEFORE = re.compile(
    r"^(?:(?:có|đã|đạt|đến nay|hiện|toàn tỉnh|tỉnh|cả tỉnh|trong kỳ|thành lập|duy trì|gồm|về|với)(?!\w)[\s,]*)+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?:[\s,]*(?:là|đạt|được|gồm|bằng|%|còn|lên))+$", re.IGNORECASE)


def shortened(label: str) -> str:
    said = _BEHIND.sub("", _BEFORE.sub("", " ".join(label.split()).strip(" .,:;-")))
    return said[:1].upper() + said[1:120]
