"""A document as data: what is said, not how it looks. One shape for all types; a type takes some of its fields."""

from datetime import date as Date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from khue.domains.drafting.nd30.kinds import kind, kinds

Line = Annotated[str, Field(max_length=1000)]
Text = Annotated[str, Field(max_length=20_000)]
BlockKind = Literal[
    "part", "chapter", "section", "subsection", "roman", "article", "clause", "point", "item", "text", "table"
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Block(Shape):
    """A paragraph of the body; its number is counted, not written. `title`: of parts, articles, clauses."""

    kind: BlockKind = "text"
    title: Line = ""
    text: Text = ""
    rows: list[list[Text]] = Field(default_factory=list, max_length=500)


class Signature(Shape):
    """`on_behalf`: what stands after the abbreviation, "TM. ỦY BAN NHÂN DÂN", "KT. BỘ TRƯỞNG"."""

    authority: Literal["", "TM", "Q", "KT", "TL", "TUQ"] = ""
    on_behalf: Line = ""
    position: Line = ""
    name: Line = ""


class Party(Shape):
    name: Line
    representative: Line = ""
    position: Line = ""


class Annex(Shape):
    title: Line = ""
    body: list[Block] = Field(default_factory=list, max_length=3000)


class NotOfType(ValueError):
    def __init__(self, field: str, type_: str) -> None:
        super().__init__(f"{field}: not part of {type_}")


class Document(Shape):
    type: str
    language: Literal["vi", "en", "fr"] = "vi"
    superior: Line = ""
    agency: Line = ""
    agency_code: Annotated[str, Field(max_length=40)] = ""
    unit: Annotated[str, Field(max_length=40)] = ""
    number: Annotated[int, Field(ge=1, le=999_999)] | None = None
    place: Line = ""
    date: Date | None = None
    subject: Text = ""
    authority: Line = ""
    bases: list[Text] = Field(default_factory=list, max_length=60)
    proposal: Line = ""
    sender: Line = ""
    to: list[Line] = Field(default_factory=list, max_length=100)
    particulars: dict[str, Text] = Field(default_factory=dict)
    parties: list[Party] = Field(default_factory=list, max_length=4)
    body: list[Block] = Field(default_factory=list, max_length=5000)
    signature: Signature = Signature()
    secretary: Line = ""
    recipients: list[Line] = Field(default_factory=list, max_length=100)
    urgency: Literal["", "khan", "thuong-khan", "hoa-toc"] = ""
    circulation: Line = ""
    drafter: Annotated[str, Field(max_length=20)] = ""
    prints: Annotated[int, Field(ge=0, le=100_000)] = 0
    copies: Annotated[int, Field(ge=0, le=100)] = 0
    contact: Line = ""
    annexes: list[Annex] = Field(default_factory=list, max_length=50)
    copied: Text = ""
    organ_id: Annotated[str, Field(max_length=13)] = ""

    @model_validator(mode="after")
    def fits_its_type(self) -> "Document":
        if self.type not in kinds():
            raise ValueError(f"type: {self.type!r} is none of {', '.join(kinds())}")
        allowed = kind(self.type).fields
        for name in type(self).model_fields:
            if name not in allowed and getattr(self, name) not in ("", [], {}, None):
                raise NotOfType(name, self.type)
        asked = {one.key for one in kind(self.type).particulars}
        for name in self.particulars:
            if name not in asked:
                raise NotOfType(f"particulars.{name}", self.type)
        return self

    @property
    def lacking(self) -> list[str]:
        """Fields of its type that are empty and must not be; places as in the file ("signature.name")."""
        found = [name for name in kind(self.type).required if getattr(self, name) in ("", [], {}, Signature())]
        if "particulars" in kind(self.type).required:
            given = {name for name, text in self.particulars.items() if text}
            found += [f"particulars.{one.key}" for one in kind(self.type).particulars if one.key not in given]
        if "signature" not in found and "signature" in kind(self.type).required and not self.signature.name:
            found.append("signature.name")
        return [name for name in found if name != "particulars"]


def schema(type_: str) -> dict[str, Any]:
    """The JSON schema of one type. Raises KeyError for an unknown one."""
    this = kind(type_)
    whole = Document.model_json_schema()
    whole["title"] = this.called("en")
    properties = {name: facts for name, facts in whole["properties"].items() if name in this.fields}
    properties["type"] = {"const": type_}
    if this.particulars:
        named = {one.key: {"type": "string", "title": one.names["en"]} for one in this.particulars}
        properties["particulars"] = {"type": "object", "properties": named, "additionalProperties": False}
    whole["properties"] = properties
    whole["required"] = ["type", *this.required]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole}
