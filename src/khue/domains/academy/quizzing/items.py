"""What a quiz item is: a prompt, one of seven kinds of answer, points and feedback."""

from dataclasses import dataclass, field
from enum import StrEnum

from khue.domains.academy.quizzing.words import Words


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMBER = "number"
    SHORT = "short"
    ESSAY = "essay"


class Marking(StrEnum):
    """How an answer that is partly right counts."""

    # each choice brings or takes its share; each place or pair counts alone
    PARTS = "parts"
    # ordering: each neighbour that follows as it should
    NEIGHBOURS = "neighbours"
    # everything right, or nothing
    ALL = "all"


@dataclass(frozen=True)
class Option:
    """`share`: what choosing it adds to the mark, from -1 to 1."""

    key: str
    text: Words
    share: float = 0.0
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    options: tuple[Option, ...]
    several: bool = False
    shuffled: bool = True
    marking: Marking = Marking.PARTS


@dataclass(frozen=True)
class Entry:
    key: str
    text: Words


@dataclass(frozen=True)
class Ordering:
    """`entries` in the right order; they are always shown in another."""

    entries: tuple[Entry, ...]
    marking: Marking = Marking.PARTS


@dataclass(frozen=True)
class Matching:
    """`pairs`: key of a left entry → key of its right one. Right entries may serve several times or never."""

    lefts: tuple[Entry, ...]
    rights: tuple[Entry, ...]
    pairs: tuple[tuple[str, str], ...]
    marking: Marking = Marking.PARTS


@dataclass(frozen=True)
class NumberKey:
    """Right within `tolerance`, in the item's own unit; `relative`: the tolerance is a part of the value."""

    value: float
    tolerance: float = 0.0
    relative: bool = False
    share: float = 1.0
    feedback: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Unit:
    """`factor`: how many of the item's own unit (factor 1) one of these is."""

    names: Words
    factor: float = 1.0


@dataclass(frozen=True)
class Number:
    keys: tuple[NumberKey, ...]
    units: tuple[Unit, ...] = ()
    unit_needed: bool = False


@dataclass(frozen=True)
class TextKey:
    """`text` may hold * for any letters. `language`: in which it is written; it counts in every one."""

    text: str
    share: float = 1.0
    feedback: Words = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True)
class Short:
    keys: tuple[TextKey, ...]
    # upper and lower case are different answers
    cased: bool = False
    # "Hà Nội" and "Ha Noi" are different answers
    marked: bool = True


@dataclass(frozen=True)
class Essay:
    """`guidance` is for who marks it; `most_words` 0: no limit."""

    guidance: Words = field(default_factory=dict)
    most_words: int = 0


Body = Choice | Ordering | Matching | Number | Short | Essay


@dataclass(frozen=True)
class Item:
    key: str
    prompt: Words
    body: Body
    points: float = 1.0
    tags: tuple[str, ...] = ()
    # whatever the answer was
    feedback: Words = field(default_factory=dict)
    when_right: Words = field(default_factory=dict)
    when_partly: Words = field(default_factory=dict)
    when_wrong: Words = field(default_factory=dict)
    # a short name for lists; empty: the beginning of the prompt
    title: str = ""

    @property
    def kind(self) -> Kind:
        return kind_of(self.body)

    @property
    def is_marked_by_hand(self) -> bool:
        return isinstance(self.body, Essay)


def kind_of(body: Body) -> Kind:
    if isinstance(body, Choice):
        return Kind.MULTIPLE if body.several else Kind.SINGLE
    return _KINDS[type(body)]


_KINDS: dict[type, Kind] = {
    Ordering: Kind.ORDERING,
    Matching: Kind.MATCHING,
    Number: Kind.NUMBER,
    Short: Kind.SHORT,
    Essay: Kind.ESSAY,
}
