"""What a programme sets for the checks of a synthesis."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, le=1000)]


class Reports(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 3


class Shows(BaseModel):
    """Values in base units (đồng, hồ sơ, %)."""

    model_config = ConfigDict(extra="forbid")
    values: Annotated[list[float], Field(min_length=1, max_length=100)]


class Contradictions(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 1
