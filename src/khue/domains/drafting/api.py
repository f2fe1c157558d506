"""What the command line and other domains may do with documents of the decree.

made = api.compiled(Path("spec.json").read_bytes(), as_pdf=True)
findings = api.check(Path("van-ban.docx").read_bytes())
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from khue.domains.drafting.actions import demo, drafts
from khue.domains.drafting.nd30 import checking, compiling, kinds, shape
from khue.domains.drafting.nd30.reading import UnreadableDocument
from khue.domains.drafting.queries import checking as queries
from khue.domains.drafting.words import unreadable
from khue.domains.people.api import Actor
from khue.gateway.classes import DataClass

__all__ = [
    "Compiled",
    "UnreadableDocument",
    "check",
    "compiled",
    "fix",
    "load_demo",
    "open_draft",
    "schema",
    "types",
    "unreadable",
]


@dataclass(frozen=True)
class Compiled:
    """`lacking`: parts of the type that are empty."""

    octets: bytes
    lacking: list[str]


def compiled(spec: bytes, *, as_pdf: bool = False) -> Compiled:
    """From a document as JSON (`schema`). Raises pydantic.ValidationError."""
    document = shape.Document.model_validate_json(spec)
    return Compiled(compiling.pdf(document) if as_pdf else compiling.docx(document), document.lacking)


def open_draft(
    *, by: Actor, content: Mapping[str, Any], data_class: DataClass, sources: Sequence[Mapping[str, Any]] = ()
) -> UUID:
    """A draft of the person's own that another tool has filled; its page is "drafting:draft". `sources`: what its
    sentences stand on, {"title", "heading", "text", "data_class"}. Raises NotAllowed, drafts.NotValid, drafts.Marked
    (all UserError)."""
    made = drafts.create(by=by, content=content, data_class=data_class)
    made.sources = [dict(one) for one in sources]
    made.save(update_fields=["sources"])
    return made.pk


def check(octets: bytes, *, library: bool = False, data_class: str = "") -> list[dict[str, Any]]:
    """Findings: rule, cell, found, expected, where, severity, cites, fixable. Raises UnreadableDocument, and KeyError
    for an unknown class."""
    level = int(DataClass[data_class.upper()]) if data_class else None
    return [one.as_dict() for one in queries.check(octets, library=library, data_class=level)]


def fix(octets: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    """The file with its layout mended, and what is left. Raises UnreadableDocument."""
    mended, left = checking.fix(octets)
    return mended, [one.as_dict() for one in left]


def load_demo(folder: Path) -> int:
    """Drafts of `folder`/drafts.yaml for the people that there are; what is there already is left alone."""
    return demo.load(folder / "drafts.yaml")


def schema(type_: str) -> dict[str, Any]:
    """Raises KeyError."""
    return shape.schema(type_)


def types() -> list[str]:
    return list(kinds.kinds())
