"""The 29 types, three kinds of copies, letters and memos: titles, abbreviations, what each holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from khue.domains.drafting.nd30.layout import HERE


@dataclass(frozen=True)
class Particular:
    """A line that a form prints; "{}" is what is filled in, "|" ends a paragraph."""

    key: str
    line: str
    names: Mapping[str, str]
    last: bool = False


@dataclass(frozen=True)
class Kind:
    key: str
    title: str
    code: str
    form: str
    names: Mapping[str, str]
    fields: tuple[str, ...]
    required: tuple[str, ...]
    enacts: str
    cites: str
    particulars: tuple[Particular, ...]

    def called(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]


@cache
def data() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "types.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def kinds() -> Mapping[str, Kind]:
    """The 29 first, then copies, then what is not of the decree."""
    groups = (data()[group] for group in ("types", "copies", "plain"))
    return {key: _kind(key, facts) for group in groups for key, facts in group.items()}


def _kind(key: str, facts: Mapping[str, Any]) -> Kind:
    form = data()["forms"][facts["form"]]
    asked = data()["particulars"].get(key, {})
    return Kind(
        key=key,
        title=facts["title"],
        code=facts["code"],
        form=facts["form"],
        names=facts["names"],
        fields=(*data()["always"], *form["more"]),
        required=tuple(form["required"]),
        enacts=form.get("enacts", ""),
        cites=form["cites"],
        particulars=tuple(Particular(name, **one) for name, one in asked.items()),
    )


def kind(key: str) -> Kind:
    """Raises KeyError."""
    return kinds()[key]


def decree_types() -> list[Kind]:
    return [kinds()[key] for key in data()["types"]]


def by_title(title: str) -> Kind | None:
    """By the words at the head of a document: "QUYẾT ĐỊNH"."""
    wanted = _folded(title)
    return next((one for one in kinds().values() if one.title and _folded(one.title) == wanted), None)


def _folded(title: str) -> str:
    """Both ways of placing the mark in "oa" and "uy" are in use."""
    text = " ".join(title.upper().split())
    for one, other in (("ỎA", "OẢ"), ("UỶ", "ỦY"), ("HOẢ", "HỎA")):
        text = text.replace(one, other)
    return text
