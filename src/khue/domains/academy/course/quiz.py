"""A quiz as topics/<topic>/quiz.yaml holds it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from khue.domains.academy.course.texts import Key, Language, Line, Part, Text
from khue.domains.academy.quizzing import notation

Points = Annotated[Decimal, Field(gt=0, le=100)]
Share = Annotated[Decimal, Field(ge=-1, le=1)]
Amount = Annotated[Decimal, Field(ge=0)]


class Choice(Part):
    key: Key
    text: Text
    right: bool = False
    # what choosing it adds, from -1 to 1, where right or wrong is not all there is to say
    share: Share | None = None
    # shown after answering to who chose it
    feedback: Text | None = None


class Item(Part):
    """`feedback` is shown to everyone after answering: why the right answer is right, and where it stands."""

    key: Key
    text: Text
    points: Points = Decimal(1)
    feedback: Text
    # to those who were right, partly right, wrong
    when_right: Text | None = None
    when_partly: Text | None = None
    when_wrong: Text | None = None
    # by which a section draws items
    tags: list[Key] = []


class Single(Item):
    type: Literal["single"]
    choices: Annotated[list[Choice], Field(min_length=2)]
    shuffle: bool = True

    @model_validator(mode="after")
    def _one_is_right(self) -> "Single":
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("exactly one choice takes `right: true`")
        return self


class Multiple(Item):
    type: Literal["multiple"]
    choices: Annotated[list[Choice], Field(min_length=2)]
    shuffle: bool = True
    # parts: each choice brings or takes its share; all: everything right, or nothing
    marking: Literal["parts", "all"] = "parts"

    @model_validator(mode="after")
    def _some_are_right(self) -> "Multiple":
        if not any(choice.right for choice in self.choices):
            raise ValueError("at least one choice takes `right: true`")
        return self


class Ordering(Item):
    """`sequence` in the right order; shown shuffled."""

    type: Literal["ordering"]
    sequence: Annotated[list[Text], Field(min_length=2)]
    # parts: each in its place; neighbours: each that follows as it should; all: everything, or nothing
    marking: Literal["parts", "neighbours", "all"] = "parts"


class Pair(Part):
    left: Text
    right: Text


class Matching(Item):
    type: Literal["matching"]
    pairs: Annotated[list[Pair], Field(min_length=2)]
    # right sides that belong to no left one
    extra: list[Text] = []
    marking: Literal["parts", "all"] = "parts"


class Unit(Part):
    """`factor`: how many of the item's own unit one of these is: 1000 for km where that is m."""

    names: Text
    factor: Annotated[Decimal, Field(gt=0)]


class Number(Item):
    """Typed as each language writes numbers. `relative`: the tolerance is a part of the answer, 0.05 for 5%."""

    type: Literal["number"]
    answer: Decimal
    tolerance: Amount = Decimal(0)
    relative: bool = False
    unit: Text | None = None
    # further units that are accepted
    units: list[Unit] = []
    unit_needed: bool = False


class Short(Item):
    """`accept`: language → answers that are right, compared without case, placement of tone marks and spaces; a star
    stands for any letters."""

    type: Literal["short"]
    accept: Annotated[dict[Language, Annotated[list[Line], Field(min_length=1)]], Field(min_length=1)]
    # upper and lower case are different answers
    cased: bool = False
    # "Hà Nội" and "Ha Noi" are different answers
    marked: bool = True


class Essay(Item):
    """Read by a person; `guidance` says to the reader what a good answer holds."""

    type: Literal["essay"]
    guidance: Text
    words: Annotated[int, Field(ge=10, le=5000)] = 200


AnyItem = Annotated[Single | Multiple | Ordering | Matching | Number | Short | Essay, Field(discriminator="type")]


class Section(Part):
    """Items by their keys, or those with one of the tags; `draw` of them at random, all without it."""

    items: list[Key] = []
    tags: list[Key] = []
    draw: Annotated[int, Field(ge=1)] | None = None
    shuffle: bool = False


class Quiz(Part):
    """`draw`: how many items an attempt takes at random, all without it; or `sections`. `pass_percent` of the points.

    `shows`: when the right answers are shown: at the end, when no attempt is left or everything was right; after each
    attempt; or never.
    """

    names: Text
    minutes: Annotated[int, Field(ge=1, le=240)] = 10
    # none: no limit
    time_limit: Annotated[int, Field(ge=1, le=240)] | None = None
    attempts: Annotated[int, Field(ge=1, le=100)] = 3
    pass_percent: Annotated[int, Field(ge=0, le=100)] = 60
    draw: Annotated[int, Field(ge=1)] | None = None
    sections: list[Section] = []
    shows: Literal["end", "attempt", "never"] = "end"
    items: Annotated[list[AnyItem], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> "Quiz":
        keys = [item.key for item in self.items]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"each item has a key of its own; twice there: {', '.join(sorted(twice))}")
        if self.draw and self.draw > len(self.items):
            raise ValueError(f"`draw: {self.draw}` takes more items than the {len(self.items)} that are there")
        return self

    @model_validator(mode="after")
    def _sections_find_items(self) -> "Quiz":
        keys, tags = {item.key for item in self.items}, {tag for item in self.items for tag in item.tags}
        for section in self.sections:
            if unknown := (set(section.items) - keys) | (set(section.tags) - tags):
                raise ValueError(f"`sections` name items or tags that no item has: {', '.join(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _items_can_be_marked(self) -> "Quiz":
        for item in self.items:
            try:
                notation.item(item.model_dump(mode="json", exclude_none=True))
            except notation.BadItem as problem:
                raise ValueError(f"item {item.key} cannot be marked: {problem}") from None
        return self
