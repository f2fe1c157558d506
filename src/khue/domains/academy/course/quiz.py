"""A quiz as topics/<topic>/quiz.yaml holds it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from khue.domains.academy.course.texts import Key, Language, Line, Part, Text

Points = Annotated[Decimal, Field(gt=0, le=100)]


class Choice(Part):
    key: Key
    text: Text
    right: bool = False
    # shown after answering to who chose it
    feedback: Text | None = None


class Item(Part):
    """`feedback` is shown to everyone after answering: why the right answer is right, and where it stands."""

    key: Key
    text: Text
    points: Points = Decimal(1)
    feedback: Text


class Single(Item):
    type: Literal["single"]
    choices: Annotated[list[Choice], Field(min_length=2)]

    @model_validator(mode="after")
    def _one_is_right(self) -> "Single":
        if sum(choice.right for choice in self.choices) != 1:
            raise ValueError("exactly one choice takes `right: true`")
        return self


class Multiple(Item):
    type: Literal["multiple"]
    choices: Annotated[list[Choice], Field(min_length=2)]

    @model_validator(mode="after")
    def _some_are_right(self) -> "Multiple":
        if not any(choice.right for choice in self.choices):
            raise ValueError("at least one choice takes `right: true`")
        return self


class Ordering(Item):
    """`sequence` in the right order; shown shuffled."""

    type: Literal["ordering"]
    sequence: Annotated[list[Text], Field(min_length=2)]


class Pair(Part):
    left: Text
    right: Text


class Matching(Item):
    type: Literal["matching"]
    pairs: Annotated[list[Pair], Field(min_length=2)]


class Number(Item):
    type: Literal["number"]
    answer: Decimal
    tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    unit: Text | None = None


class Short(Item):
    """`accept`: language → answers that are right, compared without case, diacritics of tone placement and spaces."""

    type: Literal["short"]
    accept: Annotated[dict[Language, Annotated[list[Line], Field(min_length=1)]], Field(min_length=1)]


class Essay(Item):
    """Read by a person; `guidance` says to the reader what a good answer holds."""

    type: Literal["essay"]
    guidance: Text
    words: Annotated[int, Field(ge=10, le=5000)] = 200


AnyItem = Annotated[Single | Multiple | Ordering | Matching | Number | Short | Essay, Field(discriminator="type")]


class Quiz(Part):
    """`draw`: how many items an attempt takes at random, all without it. `pass_percent` of the points."""

    names: Text
    minutes: Annotated[int, Field(ge=1, le=240)] = 10
    # none: no limit
    time_limit: Annotated[int, Field(ge=1, le=240)] | None = None
    attempts: Annotated[int, Field(ge=1, le=100)] = 3
    pass_percent: Annotated[int, Field(ge=0, le=100)] = 60
    draw: Annotated[int, Field(ge=1)] | None = None
    items: Annotated[list[AnyItem], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits(self) -> "Quiz":
        keys = [item.key for item in self.items]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"each item has a key of its own; twice there: {', '.join(sorted(twice))}")
        if self.draw and self.draw > len(self.items):
            raise ValueError(f"`draw: {self.draw}` takes more items than the {len(self.items)} that are there")
        return self
