"""What the command line and other domains may do with documents of the decree.

made = api.compiled(Path("spec.json").read_bytes(), as_pdf=True)
findings = api.check(Path("van-ban.docx").read_bytes())
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khue.domains.drafting.actions import demo
from khue.domains.drafting.nd30 import checking, compiling, kinds, shape
from khue.domains.drafting.nd30.reading import UnreadableDocument
from khue.domains.drafting.queries import checking as queries
from khue.domains.drafting.words import unreadable
from khue.gateway.classes import DataClass

__all__ = ["Compiled", "UnreadableDocument", "check", "compiled", "fix", "load_demo", "schema", "types", "unreadable"]


@dataclass(frozen=True)
class Compiled:
    """`lacking`: parts of the type that are empty."""

    octets: bytes
    lacking: list[str]


def compiled(spec: bytes, *, as_pdf: bool = False) -> Compiled:
    """From a document as JSON (`schema`). Raises pydantic.ValidationError."""
    document = shape.Document.model_validate_json(spec)
    return Compiled(compiling.pdf(document) if as_pdf else compiling.docx(document), document.lacking)


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
