"""programme.yaml and topics/<key>/topic.yaml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from khue.domains.academy.course.texts import Key, Language, Lines, Part, Text

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$")]


class Slot(Part):
    """One entry of the timetable. `day` counts from 1, the day on which a cohort starts."""

    key: Key
    day: Annotated[int, Field(ge=1, le=366)]
    start: Clock
    minutes: Annotated[int, Field(ge=5, le=600)]
    names: Text
    topic: Key | None = None
    # activities that are done in it, by their keys: labs/<key>, <topic>-quiz, surveys/<key>, sprint
    activities: list[Key] = []


class Certificate(Part):
    names: Text
    # what the holder has shown, for the certificate and its check page
    criteria: Text
    # conditions for completion
    attendance_percent: Annotated[int, Field(ge=0, le=100)] = 80
    quizzes: bool = True
    labs: list[Key] = []
    sprint: bool = False
    # that must be answered, by their keys; what was answered plays no part
    surveys: list[Key] = []


class Origin(Part):
    """Where a programme comes from."""

    text: Text
    held_on: list[date] = []


class Programme(Part):
    format: Literal[1]
    id: Key
    version: Number
    languages: Annotated[list[Language], Field(min_length=1)]
    names: Text
    summary: Text
    goals: Lines
    audience: Text
    # how it is held: on one day, five days hybrid …
    setting: Text
    open: bool = False
    origin: Origin | None = None
    topics: Annotated[list[Key], Field(min_length=1)]
    timetable: list[Slot] = []
    # the first day of the run that the timetable was written for; a clone moves it
    starts_on: date | None = None
    # days of the timetable are working days, Monday to Friday
    skip_weekends: bool = True
    # id, version and digest of what it was copied from; written by `khue programme clone`
    cloned_from: str = ""
    certificate: Certificate | None = None

    @model_validator(mode="after")
    def _keys_differ(self) -> "Programme":
        for what, keys in (("topic", self.topics), ("session", [slot.key for slot in self.timetable])):
            if twice := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"each {what} has a key of its own; twice there: {', '.join(sorted(twice))}")
        return self


class Exercise(Part):
    """Something to try on the way, alone or together; nothing is handed in."""

    key: Key
    kind: Literal["exercise", "discussion"] = "exercise"
    names: Text
    minutes: Annotated[int, Field(ge=1, le=240)]
    steps: Lines


class Source(Part):
    """What a topic's page stands on. `confirm`: read in a secondary source, to be confirmed before use."""

    text: Text
    confirm: bool = False


class Topic(Part):
    names: Text
    summary: Text
    objectives: Lines
    minutes: Annotated[int, Field(ge=1, le=1200)]
    exercises: list[Exercise] = []
    sources: list[Source] = []
