"""The definition of an assistant. A version holds one and never changes it."""

import hashlib
import json
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from khue.domains.assistants.definition.faults import Fault
from khue.domains.assistants.definition.hours import Hours

Language = Literal["vi", "en", "fr"]
LANGUAGES: tuple[Language, ...] = ("vi", "en", "fr")
Line = Annotated[str, Field(max_length=300)]
Paragraph = Annotated[str, Field(max_length=3000)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Texts(Part):
    """One text in the languages of the assistant."""

    vi: Paragraph = ""
    en: Paragraph = ""
    fr: Paragraph = ""

    def said(self, language: str) -> str:
        """In this language, else in the first one that is there."""
        return getattr(self, language, "") or self.vi or self.en or self.fr

    def lacking(self, languages: list[Language]) -> list[Language]:
        return [language for language in languages if not getattr(self, language)]


class Procedures(Part):
    """Which procedures; an empty list does not restrict."""

    fields: list[Line] = []
    levels: list[Line] = []
    codes: list[Line] = []


class ChosenDocument(Part):
    """`id` is found again on this installation, `title` on another."""

    id: str = ""
    title: Annotated[str, Field(min_length=1, max_length=1000)]


class Knowledge(Part):
    collections: list[Line] = []
    procedures: Procedures | None = None
    documents: list[ChosenDocument] = []

    @property
    def is_empty(self) -> bool:
        return not self.collections and self.procedures is None and not self.documents


class Voice(Part):
    manner: Literal["official", "plain", "warm"] = "plain"
    # what it does not do, in a sentence each; shown to visitors
    limits: Annotated[list[Line], Field(max_length=12)] = []


class Contact(Part):
    name: Line = ""
    phone: Line = ""
    email: Line = ""
    address: Line = ""

    @property
    def is_reachable(self) -> bool:
        return bool(self.name and (self.phone or self.email or self.address))


class HandOver(Part):
    """`topics`: words that go to a person at once. `after`: so many questions without an answer in a row."""

    topics: Annotated[list[Line], Field(max_length=40)] = []
    after: Annotated[int, Field(ge=1, le=10)] = 2
    queue: bool = True
    hours: Hours = Hours()
    contact: Contact = Contact()


class Threshold(Part):
    """Shares of the test questions that must go well before it may be published."""

    right: Annotated[float, Field(ge=0, le=1)] = 0.85
    abstained: Annotated[float, Field(ge=0, le=1)] = 0.95
    supported: Annotated[float, Field(ge=0, le=1)] = 0.9


class Definition(Part):
    name: Texts
    purpose: Paragraph = ""
    audience: Paragraph = ""
    languages: Annotated[list[Language], Field(min_length=1)] = ["vi"]
    knowledge: Knowledge = Knowledge()
    voice: Voice = Voice()
    opening: Texts = Texts()
    examples: Annotated[list[Line], Field(max_length=8)] = []
    notice: Texts = Texts()
    handover: HandOver = HandOver()
    threshold: Threshold = Threshold()
    # web sites that may show it in a frame
    origins: Annotated[list[Line], Field(max_length=40)] = []

    @field_validator("languages")
    @classmethod
    def _each_once(cls, value: list[Language]) -> list[Language]:
        return [language for language in LANGUAGES if language in value]

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, value: list[str]) -> list[str]:
        return list(dict.fromkeys(origin(one) for one in value if one))

    def canonical(self) -> str:
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()


_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def origin(text: str) -> str:
    """ "https://xa.gov.vn/trang" → "https://xa.gov.vn". Raises Fault for what names no one site."""
    try:
        parts = urlsplit(text.strip().lower() if "//" in text else f"https://{text.strip().lower()}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Fault("site", text, f"“{text}” is no address of a web site") from None
    local = host in {"localhost", "127.0.0.1"}
    if not _HOST.fullmatch(host) or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        raise Fault("site", text, f"“{text}” is no address of a web site; write it as https://xa.gov.vn")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"
