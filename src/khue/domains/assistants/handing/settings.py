"""What a programme sets for the checks of an assistant."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Questions(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answerable: Count = 10
    outside: Count = 5
    hostile: Count = 3
    foreign: Count = 0


class Tested(BaseModel):
    model_config = ConfigDict(extra="forbid")
    right: Share = 0.7
    abstained: Share = 0.9
