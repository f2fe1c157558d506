"""What is wrong in a programme's files: file, line, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from khue.kernel.errors import UserError


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from 1; 0: the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class FaultyCourse(UserError):
    """The folder or ZIP cannot be used as a programme; nothing was stored."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def explained(error: dict[str, Any], known: Iterable[str]) -> str:
    """One error of pydantic in words; `known` are the fields that the place takes."""
    field, kind, context = _field(error["loc"]), error["type"], error.get("ctx", {})
    if kind == "missing":
        return _("“%(field)s” is missing. Add it.") % {"field": field}
    if kind == "extra_forbidden":
        return _("“%(field)s” is not known here. Remove it or correct its name: %(known)s.") % {
            "field": field,
            "known": ", ".join(sorted(known)),
        }
    if kind == "value_error":
        return str(context["error"])
    if kind in {"union_tag_invalid", "literal_error"}:
        expected = context.get("expected_tags") or context.get("expected", "")
        return _("“%(field)s” takes one of: %(expected)s.") % {"field": field, "expected": expected}
    if kind == "union_tag_not_found":
        return _("“type” is missing. Add it, so that it is known what kind this is.")
    if kind == "string_type":
        return _("“%(field)s” must be a text. Put it in quotes.") % {"field": field}
    if kind == "string_pattern_mismatch":
        return _("“%(field)s” has another form than it must: %(pattern)s.") % {
            "field": field,
            "pattern": PATTERNS.get(context["pattern"], context["pattern"]),
        }
    return _("“%(field)s” cannot be used: %(reason)s.") % {"field": field, "reason": error["msg"]}


# what stands for a pattern in words that need no translation
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "a-z, 0-9, -  (ai-in-governance)",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": '"08:30"',
    r"^[0-9]{1,3}(\.[0-9]{1,3}){0,2}$": '"1.0", "1.2.1"',
}


def _field(place: tuple[str | int, ...]) -> str:
    return next((str(part) for part in reversed(place) if isinstance(part, str)), "")
