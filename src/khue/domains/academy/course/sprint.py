"""The mini sprint, as sprint.yaml holds it: problems, stages (canvas, artefact, gate) and the demo day."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from khue.domains.academy.course.texts import Key, Lines, Part, Text

# why a judge leaves a team out: takes part in it, works where one of its people works, has mentored it
Reason = Literal["member", "agency", "mentor"]


class CanvasField(Part):
    """A question of a canvas, answered together by the team."""

    key: Key
    names: Text
    hint: Text | None = None
    rows: Annotated[int, Field(ge=1, le=20)] = 3
    # the gate is not asked for before it is filled in
    needed: bool = True


class Criterion(Part):
    """One thing that a mentor looks for at a gate."""

    key: Key
    text: Text


class Stage(Part):
    key: Key
    names: Text
    minutes: Annotated[int, Field(ge=5, le=600)]
    about: Text
    canvas: list[CanvasField] = []
    # what is shown at the gate beside the canvas; without it none is asked for
    artefact: Text | None = None
    # without criteria there is no gate: the team goes on by itself
    gate: list[Criterion] = []

    @model_validator(mode="after")
    def _keys_differ(self) -> "Stage":
        for what, keys in (("field", [f.key for f in self.canvas]), ("criterion", [c.key for c in self.gate])):
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(
                    f"each {what} of a stage has a key of its own; twice there: {', '.join(sorted(twice))}"
                )
        return self


class Challenge(Part):
    """A problem statement. `teams`: how many teams may choose it; without it as many as like."""

    key: Key
    names: Text
    about: Text
    agency: Text | None = None
    teams: Annotated[int, Field(ge=1, le=50)] | None = None


class Sprint(Part):
    names: Text
    about: Text
    team_size: Annotated[int, Field(ge=1, le=12)] = 5
    stages: Annotated[list[Stage], Field(min_length=1)]
    challenges: Annotated[list[Challenge], Field(min_length=1)]
    hand_in: Lines
    # judges score its criteria on the demo day
    rubric: Key
    demo_minutes: Annotated[int, Field(ge=1, le=60)] = 5
    conflicts: list[Reason] = ["member", "agency", "mentor"]
    # when it is asked what became of the work
    follow_up_months: list[Annotated[int, Field(ge=1, le=60)]] = [3, 6]

    @model_validator(mode="after")
    def _keys_differ(self) -> "Sprint":
        for what, keys in (("stage", [s.key for s in self.stages]), ("problem", [c.key for c in self.challenges])):
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"each {what} has a key of its own; twice there: {', '.join(sorted(twice))}")
        return self

    def stage(self, key: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.key == key), None)
