"""What a programme sets for the checks of a draft."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Typed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    types: list[str] = Field(default_factory=list, max_length=40)


class Length(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Annotated[int, Field(ge=0, le=100_000)] = 60
    most: Annotated[int, Field(ge=1, le=100_000)] = 2000
