"""A lab and a rubric, as labs/ and rubrics/ hold them."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from khue.domains.academy.course.texts import Key, Lines, Part, Text

# places of the Work room that a lab opens
Tool = Literal["ask", "library", "procedures", "draft", "synthesise", "analyse", "assistants", "services", "prototypes"]


class Check(Part):
    """Something that a program looks at before a person does. `kind` is one that the lab's tool offers, `settings` are
    that kind's own."""

    key: Key
    kind: Key
    names: Text
    settings: dict[str, Any] = {}


class Grading(Part):
    """By whom it is graded. Two graders who differ by more than `tolerance_percent` of all points, by more than one
    level somewhere, or about whether it is passed, have to agree, or a third decides."""

    graders: Annotated[int, Field(ge=1, le=2)] = 1
    tolerance_percent: Annotated[int, Field(ge=0, le=100)] = 20


class Peers(Part):
    """Everybody who hands in looks at `reviews` others, within `days`. What they say counts `percent` of the points
    where at least two have said it; without them the grader's word stands alone."""

    reviews: Annotated[int, Field(ge=1, le=5)] = 2
    days: Annotated[int, Field(ge=1, le=60)] = 3
    percent: Annotated[int, Field(ge=0, le=50)] = 0


class Lab(Part):
    """What is done with a tool of the Work room, and what of it is handed in."""

    names: Text
    topic: Key | None = None
    tool: Tool
    minutes: Annotated[int, Field(ge=5, le=600)]
    # the situation: who you are, what you are asked for
    situation: Text
    steps: Lines
    # what is handed in, and what may not go into it
    hand_in: Lines
    rules: Lines
    # materials of the folder that it works with
    materials: list[str] = []
    rubric: Key
    # kinds of evidence: what the tool makes ("conversation"), "file", "link"; empty: what the tool makes, and a file
    # or a link where it is not installed
    evidence: list[Key] = []
    # how often one may hand in
    hand_ins: Annotated[int, Field(ge=1, le=10)] = 3
    checks: list[Check] = []
    grading: Grading = Grading()
    peers: Peers | None = None

    @model_validator(mode="after")
    def _checks_differ(self) -> "Lab":
        keys = [check.key for check in self.checks]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"each check has a key of its own; twice there: {', '.join(sorted(twice))}")
        return self


class Level(Part):
    points: Annotated[int, Field(ge=0, le=100)]
    text: Text


class Criterion(Part):
    key: Key
    names: Text
    levels: Annotated[list[Level], Field(min_length=2)]

    @model_validator(mode="after")
    def _levels_rise(self) -> "Criterion":
        points = [level.points for level in self.levels]
        if points != sorted(set(points)):
            raise ValueError("levels stand from the fewest points to the most, each with points of its own")
        return self


class Rubric(Part):
    names: Text
    pass_points: Annotated[int, Field(ge=0)]
    criteria: Annotated[list[Criterion], Field(min_length=1)]

    @property
    def most_points(self) -> int:
        return sum(criterion.levels[-1].points for criterion in self.criteria)

    @model_validator(mode="after")
    def _can_be_passed(self) -> "Rubric":
        if self.pass_points > self.most_points:
            raise ValueError(f"`pass_points: {self.pass_points}` is more than all levels give ({self.most_points})")
        return self
