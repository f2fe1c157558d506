"""How the weights of the reader of names (content/privacy/reader.json) are learnt: `python -m benchmarks.name_reader`.

An averaged perceptron over our corpora of personal data, and over our own documents and catalogues, which name hardly
anybody. The names of the corpora are changed for drawn ones, a third of their words unknown to the lists, and the
sentences are written in other ways too (no marks, small letters, capitals), so that it learns from what stands around.
"""

import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.spans import Span

HERE = Path(__file__).parent
CORPORA = HERE / "corpora" / "privacy"
LEARNT_FROM = ("corpus.tsv", "blind.tsv", "blind2.tsv", "blind3.tsv", "development.tsv")
COPIES, ROUNDS, SEED = 2, 4, 20261123
DROPPED = 0.35  # of the words of a drawn name that the lists must not know
MARGIN = 4
LEAST = 0.25  # smaller weights are left out
NEGATIVES = 30_000  # words at most
RNG = random.Random(SEED)


class Example(NamedTuple):
    """One stretch of words: what is seen at each, whether it follows on the one before, and what it is."""

    seen: list[list[str]]
    follows: list[bool]
    gold: list[int]


# Names drawn ----------------------------------------------------------------------------------------


class Names:
    def __init__(self) -> None:
        from khue.gateway.privacy.lists import names

        self.surnames, self.weak = sorted(names("surnames") - names("weak_surnames")), sorted(names("weak_surnames"))
        self.given, self.middle = sorted(names("given")), sorted(names("middle"))
        self.western = sorted(names("english") | names("french"))
        self.family = sorted(names("western_surnames"))
        self.highland = sorted(names("highland"))
        self.follow: dict[str, list[str]] = defaultdict(list)
        for name in self.western + self.family + self.highland:
            marked = f"^^{name.lower()}$"
            for at in range(2, len(marked)):
                self.follow[marked[at - 2 : at]].append(marked[at])

    def unheard(self) -> str:
        """A word that looks like a foreign name and is in no list."""
        while True:
            word = "^^"
            while not word.endswith("$") and len(word) < 14:
                word += RNG.choice(self.follow[word[-2:]])
            name = word.strip("^$")
            if 3 <= len(name) <= 11 and name.isalpha():
                return name.capitalize()

    def syllable(self) -> str:
        """The beginning of one given name and the end of another."""
        one, other = RNG.choice(self.given).lower(), RNG.choice(self.given).lower()
        head = one[: next((at for at, sign in enumerate(one) if not sign.isascii() or sign in "aeiouy"), 1)]
        tail = other[next((at for at, sign in enumerate(other) if not sign.isascii() or sign in "aeiouy"), 0) :]
        return (head + tail).capitalize()

    def vietnamese(self, size: int) -> list[str]:
        if size == 1:
            return [RNG.choice(self.given) if RNG.random() < 0.8 else self.syllable()]
        frequent = RNG.choice(
            "Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Ngô Dương".split()
        )
        surname = frequent if RNG.random() < 0.5 else RNG.choice(self.surnames if RNG.random() < 0.6 else self.weak)
        middles = [
            RNG.choice(("Thị", "Văn")) if not at and RNG.random() < 0.35 else RNG.choice(self.middle)
            for at in range(size - 2)
        ]
        given = RNG.choice(self.given) if RNG.random() < 0.75 else self.syllable()
        return [surname, *middles, given]

    def foreign(self, size: int) -> list[str]:
        first = RNG.choice(self.western) if RNG.random() < 0.4 else self.unheard()
        rest = [RNG.choice(self.family) if RNG.random() < 0.4 else self.unheard() for _ in range(size - 1)]
        return [first, *rest]


def drawn(name: str, names: Names) -> str:
    """Another name written as this one is."""
    from khue.gateway.privacy.names.parts import PARTICLES, known
    from khue.gateway.privacy.words import WORD, plain

    parts = WORD.findall(name)
    if any(len(part) == 1 or part in PARTICLES for part in parts) or "'" in name or "’" in name:
        return name
    lists = known()
    is_vietnamese = plain(parts[0]) in lists.plain_surnames and plain(parts[-1]) in lists.given | lists.middle
    is_vietnamese |= len(parts) == 1 and plain(parts[0]) in lists.given
    new = names.vietnamese(len(parts)) if is_vietnamese else names.foreign(len(parts))
    for old, word in zip(parts, new, strict=True):
        word = plain(word).capitalize() if name.isascii() else word
        word = word.upper() if old.isupper() else word.lower() if old.islower() else word
        name = name.replace(old, f"\0{word}", 1)
    return name.replace("\0", "")


def with_names_drawn(text: str, people: Sequence[Span], names: Names) -> tuple[str, list[Span]]:
    parts, spans, place, size = [], [], 0, 0
    for person in people:
        name = drawn(text[person.start : person.end], names)
        parts += [text[place : person.start], name]
        size += person.start - place
        spans.append(Span(size, size + len(name), "person"))
        size += len(name)
        place = person.end
    return "".join([*parts, text[place:]]), spans


def unmarked(text: str) -> str:
    from khue.gateway.privacy.words import PLAIN

    return "".join(sign if ord(sign) < 0xC0 else _unmarked(sign, PLAIN) for sign in text)


def _unmarked(sign: str, letters: dict[int, str]) -> str:
    base = letters.get(ord(sign), sign)
    return base.upper() if sign.isupper() else base


def folded(text: str) -> str:
    return unmarked(text).lower()


def capital(text: str) -> str:
    return "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)


# ways of writing the same; each keeps every letter where it stands
STYLES = (folded, unmarked, capital)


# What is seen ---------------------------------------------------------------------------------------


def examples(text: str, people: Sequence[Span], dropped: float, ignored: Sequence[Span] = ()) -> Iterator[Example]:
    from khue.gateway.privacy.names import learned
    from khue.gateway.privacy.names.reading import Reading
    from khue.gateway.privacy.page import Page
    from khue.gateway.privacy.words import compose

    class Forgetful(learned.Signs):
        def kind(self, at: int) -> str:
            kind = super().kind(at)
            return ("y" if "y" in kind else "") if at in forgotten else kind

    reading = Reading(Page(compose(text.replace("_", " "))[0]))
    gold: dict[int, int] = {}
    for person in people:
        inside = [at for at, word in enumerate(reading.words) if word.start < person.end and word.end > person.start]
        gold |= {at: learned.IN if number else learned.BEGIN for number, at in enumerate(inside)}
    forgotten = {at for at in gold if RNG.random() < dropped}
    signs = Forgetful(reading)
    seen, follows, tags, last = [], [], [], -2
    for at in learned.candidates(reading):
        word = reading.words[at]
        if any(word.start < each.end and word.end > each.start for each in ignored):
            continue
        seen.append(signs.of(at))
        follows.append(at == last + 1 and learned.is_joined(reading, at))
        tags.append(gold.get(at, learned.OUT))
        last = at
    if seen:
        yield Example(seen, follows, tags)


def positives(parts: Iterable[Path], names: Names, halves: set[str]) -> Iterator[Example]:
    from benchmarks.privacy import Row, parsed

    for path in parts:
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#"):
                continue
            fields = line.split("\t")
            row = Row(*fields[:4], *parsed(fields[4]))
            if halves and row.part not in halves:
                continue
            people = [each for each in row.truths if each.type == "person"]
            yield from examples(row.text, people, 0.1)
            for _ in range(COPIES if people else 1):
                yield from examples(*with_names_drawn(row.text, people, names), DROPPED)
            for style in STYLES if row.language == "vi" else STYLES[-1:]:
                text, spans = with_names_drawn(row.text, people, names)
                yield from examples(style(text), spans, DROPPED)


def negatives() -> Iterator[Example]:
    """From our own documents and catalogues of words, which name hardly anybody."""
    from khue.gateway.privacy import scan

    lines = [line for line in dict.fromkeys(own_lines()) if 3 < len(line) < 600 and not line.islower()]
    RNG.shuffle(lines)
    count = 0
    for line in lines:
        if count > NEGATIVES:
            return
        found = [Span(each.start, each.end, "") for each in scan(line) if each.type == "person"]
        style = RNG.choice((*STYLES, *(str,) * 12))
        for example in examples(style(line), (), 0, found):
            count += len(example.gold)
            yield example


def own_lines() -> Iterator[str]:
    from babel.messages.pofile import read_po

    root = HERE.parent
    for path in sorted(root.glob("locale/*/*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                for said in (message.id, message.string):
                    for text in said if isinstance(said, (list, tuple)) else [said]:
                        yield re.sub(r"%\(\w+\)s", "x", " ".join(str(text).split()))
    for path in sorted([*root.glob("docs/**/*.md"), *root.glob("content/**/*.md")]):
        yield from path.read_text("utf-8").splitlines()


# Learning -------------------------------------------------------------------------------------------


def learnt(stock: list[Example]) -> dict[str, tuple[float, float]]:
    from khue.gateway.privacy.names import learned

    now: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    step = 1
    for turn in range(ROUNDS):
        RNG.shuffle(stock)
        errors = 0
        for example in stock:
            before, length = learned.OUT, 0
            for seen, follows, gold in zip(*example, strict=True):
                step += 1
                before = before if follows else learned.OUT
                signs = [*seen, *learned.history(before, length, seen)]
                score = [sum(now[sign][tag] for sign in signs if sign in now) for tag in range(3)]
                may_go_on = before != learned.OUT and length < learned.LONGEST
                rival = max((tag for tag in range(3) if tag != gold and (tag != learned.IN or may_go_on)),
                            key=score.__getitem__)  # fmt: skip
                guess = learned.best((0.0, score[1] - score[0], score[2] - score[0]), may_go_on)
                if score[gold] - score[rival] < MARGIN:
                    errors += guess != gold
                    for sign in signs:
                        now[sign][gold] += 1
                        now[sign][rival] -= 1
                        sums[sign][gold] += step
                        sums[sign][rival] -= step
                # the tag that it gave is what it will have before it
                before = guess if RNG.random() < 0.5 else gold
                length = length + 1 if before == learned.IN else 1 if before == learned.BEGIN else 0
        sys.stderr.write(f"  round {turn}: {errors} errors\n")
    weights = {}
    for sign, each in now.items():
        mean = [value - sums[sign][tag] / step for tag, value in enumerate(each)]
        weights[sign] = round(mean[1] - mean[0], 2), round(mean[2] - mean[0], 2)
    return {sign: pair for sign, pair in weights.items() if max(map(abs, pair)) >= LEAST}


def main(out: Path, halves: set[str]) -> None:
    """`halves`: the parts of the corpora to learn from ("tune", "report"); all if empty."""
    import django

    django.setup()
    names = Names()
    stock = [*positives([CORPORA / name for name in LEARNT_FROM], names, halves), *negatives()]
    sys.stderr.write(f"{len(stock)} examples, {sum(len(each.gold) for each in stock)} words\n")
    weights = learnt(stock)
    lines = (f"{json.dumps(sign, ensure_ascii=False)}:{json.dumps(pair)}" for sign, pair in sorted(weights.items()))
    out.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    sys.stderr.write(f"{len(weights)} weights\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    main(HERE.parent / "content" / "privacy" / "reader.json", set(sys.argv[1:]))
