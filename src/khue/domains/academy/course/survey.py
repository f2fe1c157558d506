"""A survey as surveys/<key>.yaml holds it. Questions with the same key before and after are compared."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from khue.domains.academy.course.texts import Key, Part, Text


class Question(Part):
    key: Key
    text: Text
    optional: bool = False


class Scale(Question):
    """From 1 to `steps`; `low` and `high` name its ends."""

    type: Literal["scale"]
    steps: Annotated[int, Field(ge=2, le=10)] = 5
    low: Text
    high: Text


class Option(Part):
    key: Key
    text: Text


class One(Question):
    type: Literal["one"]
    options: Annotated[list[Option], Field(min_length=2)]


class Many(Question):
    type: Literal["many"]
    options: Annotated[list[Option], Field(min_length=2)]


class Open(Question):
    type: Literal["open"]


AnyQuestion = Annotated[Scale | One | Many | Open, Field(discriminator="type")]


class Survey(Part):
    names: Text
    about: Text
    when: Literal["before", "after", "any"] = "any"
    minutes: Annotated[int, Field(ge=1, le=60)] = 5
    # answers are kept without the person; only the pairing of before and after stays
    anonymous: bool = True
    questions: Annotated[list[AnyQuestion], Field(min_length=1)]

    @model_validator(mode="after")
    def _keys_differ(self) -> "Survey":
        keys = [question.key for question in self.questions]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"each question has a key of its own; twice there: {', '.join(sorted(twice))}")
        return self
