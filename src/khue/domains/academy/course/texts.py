"""What the files of a programme are made of: texts in several languages, keys, strict maps."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["vi", "en", "fr"]
# short names that appear in addresses and file names
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Text = Annotated[dict[Language, Line], Field(min_length=1)]
# a list of lines in each language
Lines = Annotated[dict[Language, Annotated[list[Line], Field(min_length=1)]], Field(min_length=1)]


class Part(BaseModel):
    """A map in a file: an unknown field is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
