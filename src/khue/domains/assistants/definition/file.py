"""An assistant as a file to share: YAML, its definition and its test questions."""

from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from khue.domains.assistants.definition.shape import Definition, Language, Part

FORMAT = "khue-assistant/1"
MOST = 1_000_000
Kind = Literal["answerable", "outside", "hostile"]


class Question(Part):
    """`source`: a code or a title; `answer`: what must stand in the answer, several things with ";" between."""

    question: Annotated[str, Field(min_length=1, max_length=2000)]
    kind: Kind = "answerable"
    language: Language = "vi"
    source: Annotated[str, Field(max_length=1000)] = ""
    answer: Annotated[str, Field(max_length=2000)] = ""


class Shared(Part):
    format: Literal["khue-assistant/1"]
    slug: Annotated[str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$")]
    definition: Definition
    questions: Annotated[list[Question], Field(max_length=2000)] = []


class UnreadableFile(ValueError):
    """`faults`: where, and what is wrong there."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {fault}" if place else fault for place, fault in faults))
        self.faults = faults


def read(octets: bytes) -> Shared:
    """Raises UnreadableFile, which names every fault."""
    if len(octets) > MOST:
        raise UnreadableFile([("", "the file is larger than one megabyte")])
    try:
        raw = yaml.safe_load(octets.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableFile([("", "the file is not a text in UTF-8")]) from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableFile([(f"line {mark.line + 1}" if mark else "", "this is no YAML")]) from None
    if not isinstance(raw, dict):
        raise UnreadableFile([("", "the file does not hold an assistant")])
    try:
        return Shared.model_validate(raw)
    except ValidationError as error:
        raise UnreadableFile([(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]) from None


def write(shared: Shared) -> str:
    kept: dict[str, Any] = shared.model_dump(mode="json")
    for document in kept["definition"]["knowledge"]["documents"]:
        del document["id"]
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)
