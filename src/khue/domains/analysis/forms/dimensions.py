"""Dimensions of an index as a person writes them: “Participation = SC11, SC12, SC13” or “Participation = SC1*”."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from khue.domains.analysis.profile import ColumnProfile, named

MOST = 20


def name_of(said: str, columns: Sequence[ColumnProfile]) -> str:
    """The column that goes by this name or this heading. Raises ValidationError."""
    if found := named(columns, said):
        return found
    raise ValidationError(_("There is no column “%(name)s” here.") % {"name": said.strip()[:60]})


def read(text: str, columns: Sequence[ColumnProfile]) -> dict[str, list[str]]:
    """{dimension: names of columns}. Raises ValidationError."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = dict(_line(line, columns) for line in lines)
    if len(found) < len(lines) or len(found) > MOST:
        raise ValidationError(_("Up to %(most)s dimensions, each with a name of its own.") % {"most": MOST})
    named = [name for names in found.values() for name in names]
    if twice := next((name for name in named if named.count(name) > 1), ""):
        raise ValidationError(_("“%(name)s” stands in two dimensions; it can count in one.") % {"name": twice})
    return found


def _line(line: str, columns: Sequence[ColumnProfile]) -> tuple[str, list[str]]:
    name, equal, rest = line.partition("=")
    parts = [part for part in re.split(r"[,;]", rest) if part.strip()]
    if not equal or not name.strip() or not parts:
        raise ValidationError(_("Each line is a dimension, “=” and its columns with commas between them."))
    return name.strip()[:80], [column for part in parts for column in _columns(part.strip(), columns)]


def _columns(part: str, columns: Sequence[ColumnProfile]) -> list[str]:
    """With a star all whose names begin so and that hold anything."""
    if not part.endswith("*"):
        return [name_of(part, columns)]
    begin = part[:-1].casefold()
    found = [
        column.name
        for column in columns
        if column.distinct and any(one.casefold().startswith(begin) for one in (column.name, column.title or ""))
    ]
    if not begin or not found:
        raise ValidationError(_("No column begins with “%(name)s”.") % {"name": part[:-1][:60]})
    return found
