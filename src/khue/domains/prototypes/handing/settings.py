"""What a programme sets for the checks of a tool."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Described(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 30


class Works(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 3
    share: Share = 1.0


class Changed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 1
