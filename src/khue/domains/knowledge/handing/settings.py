"""What a programme says to each check of a conversation."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from khue.domains.knowledge.answering.facts import facts
from khue.gateway.zones import Zone


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AtLeast(Settings):
    least: Annotated[int, Field(ge=1, le=100)] = 1


class Cites(AtLeast):
    """Titles or parts of them, in any language and with or without marks, or codes ("1.001193"); one of them will do.
    Empty: any document."""

    any: list[Annotated[str, Field(min_length=2)]] = []


class States(Settings):
    """Each of `values` ("60 ngày", "8.000 đồng") in any spelling; of alternatives ("60 ngày | 60 days") one."""

    values: Annotated[list[str], Field(min_length=1)]
    place: Literal["answers", "note", "either"] = "either"

    def model_post_init(self, context: object) -> None:
        for value in self.values:
            if not all(facts(way) for way in value.split("|")):
                raise ValueError(f"“{value}” holds no figure, date or code")


class InLanguage(Settings):
    language: Literal["vi", "en", "fr"]


class Reach(Settings):
    """The furthest zone that a question may have gone to."""

    zone: Zone = Zone.INSTITUTION
