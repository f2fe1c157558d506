"""What a question asks for: its words and what they mean officially, the acts and cases that it speaks of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from khue.domains.procedures.matching.phrases import Phrase, Phrases, Said, folded, small, table, words

# a meaning whose phrase is part of a longer one that was found too
COVERED = 0.35
# a word of the question that a phrase has already been read from
READ = 0.4
MEANT = 1.2
SHORT = 4
_CODE = re.compile(r"(?<![\w.])\d\.\d{6}(?![\w.])")


@dataclass(frozen=True)
class Meaning:
    phrase: Phrase
    official: tuple[str, ...]


@lru_cache
def _meanings() -> tuple[tuple[tuple[str, ...], Phrases], ...]:
    return tuple((tuple(entry["means"]), Phrases.of(entry)) for entry in table("everyday")["words"])


@lru_cache
def _kinds(kind: str) -> dict[str, tuple[re.Pattern[str], Phrases]]:
    entries = table("wording")[kind].items()
    return {name: (re.compile(entry["name"]), Phrases.of(entry)) for name, entry in entries}


@lru_cache
def _asking(language: str) -> frozenset[str]:
    text = str(table("wording")["asking"].get(language, ""))
    return frozenset(words(small(text))) | frozenset(words(folded(text)))


def kinds_in(kind: str, name: str) -> frozenset[str]:
    """The acts, or the marks, that a procedure's name speaks of: the first of its alternatives, without asides."""
    first = small(name).split(";")[0]
    text = re.sub(r"\([^)]*\)", lambda found: found.group() if "cấp" in found.group() else " ", first)
    return frozenset(
        key
        for key, (pattern, _) in _kinds(kind).items()
        if pattern.search(small(name) if table("wording")[kind][key].get("whole") else text)
    )


@lru_cache
def _aside() -> re.Pattern[str]:
    return _any_of(table("wording")["aside"], plain=True)


@lru_cache
def _elsewhere(*, plain: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Short names of countries are other words without their marks: "mỹ", "anh", "ý"."""
    entry = table("wording")["elsewhere"]
    places = [place.strip() for place in entry["places"].split(",")]
    phrases = [
        *entry["whole"],
        *(f"{before} {place}" for before in entry["before"] for place in places if not plain or len(place) > SHORT),
    ]
    return _any_of(phrases, plain=plain), _any_of(entry["here"], plain=True)


def _any_of(texts: Iterable[str], *, plain: bool) -> re.Pattern[str]:
    forms = dict.fromkeys(form for text in texts for form in (small(text), folded(text) if plain else small(text)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


@dataclass(frozen=True)
class Asked:
    said: Said

    @classmethod
    def of(cls, question: str, language: str) -> "Asked":
        return cls(Said(question, language))

    @cached_property
    def matter(self) -> Said:
        """Without what is said about cost and time."""
        return Said(_aside().sub(" ", small(self.said.text)), self.said.language)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_CODE.findall(self.said.text)))

    @cached_property
    def meanings(self) -> tuple[tuple[Meaning, float], ...]:
        """What everyday phrases mean officially, each with its weight."""
        found = [
            Meaning(phrase, official)
            for official, phrases in _meanings()
            if (phrase := phrases.found(self.matter)) is not None
        ]
        return tuple((one, self._weight(one, found)) for one in found)

    def _weight(self, one: Meaning, found: list[Meaning]) -> float:
        return MEANT * (COVERED if any(other.phrase.says_more_than(one.phrase) for other in found) else 1.0)

    @cached_property
    def official(self) -> str:
        """The best of what it means, as one line to compare by meaning."""
        best = [one.official[0] for one, weight in self.meanings if weight >= MEANT]
        return ", ".join(best)

    @cached_property
    def own_words(self) -> tuple[tuple[str, float], ...]:
        """Words of a Vietnamese question that are not only asking, in its own spelling."""
        if self.said.language != "vi":
            return ()
        read = " ".join(part for one, _ in self.meanings for part in one.phrase.parts)
        known = frozenset(words(read)) | frozenset(words(folded(read)))
        asking = _asking("vi")
        return tuple((word, READ if word in known else 1.0) for word in words(self.matter.marked) if word not in asking)

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether it is put to the authorities of another country."""
        bare = self.said.language == "vi" and self.said.is_bare
        elsewhere, here = _elsewhere(plain=bare)
        text = self.said.plain if bare else self.said.marked
        return bool(elsewhere.search(text)) and not here.search(self.said.plain)

    @cached_property
    def acts(self) -> frozenset[str]:
        return self._kinds("acts")

    @cached_property
    def marks(self) -> frozenset[str]:
        return self._kinds("marks")

    def _kinds(self, kind: str) -> frozenset[str]:
        return frozenset(key for key, (_, phrases) in _kinds(kind).items() if phrases.found(self.matter))
