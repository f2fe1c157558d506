"""What a programme sets for the checks of a worksheet."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0, le=1000)]


class Steps(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 3
    charts: Count = 1


class Shows(BaseModel):
    """One of the sets must stand in the results whole, each figure as itself or as a share of one hundred; `places` is
    how many decimals count."""

    model_config = ConfigDict(extra="forbid")
    sets: Annotated[
        list[Annotated[list[float], Field(min_length=1, max_length=50)]], Field(min_length=1, max_length=20)
    ]
    places: Annotated[int, Field(ge=0, le=6)] = 2


class Brief(BaseModel):
    model_config = ConfigDict(extra="forbid")
    options: Count = 2


class Bound(BaseModel):
    model_config = ConfigDict(extra="forbid")
    least: Count = 3
