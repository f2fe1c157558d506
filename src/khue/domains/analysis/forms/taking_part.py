"""Who took part: a value of a column, suggested as it stands there and understood as people write it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khue.domains.analysis.profile import ColumnProfile
from khue.domains.analysis.provinces.matching import plain

MOST_SUGGESTED = 40
# yes and no in the three languages of the interface, without diacritics, whatever the page is in
YES = frozenset("co yes y oui vrai true dung x 1".split())
NO = frozenset("khong ko no n non faux false sai 0".split())
Suggestion = tuple[str, str]


class Suggested(forms.TextInput):
    """A text field that offers what stands in the data."""

    def __init__(self, suggestions: Sequence[Suggestion]) -> None:
        super().__init__()
        self.suggestions = suggestions

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        place = f"{(attrs or {}).get('id', name)}_values"
        field = super().render(name, value, {**(attrs or {}), "list": place, "autocomplete": "off"}, renderer)
        offered = format_html_join("", '<option value="{}">{}</option>', self.suggestions)
        return format_html('{}<datalist id="{}">{}</datalist>', field, place, offered)


def suggestions(columns: Sequence[ColumnProfile]) -> list[Suggestion]:
    """(value, heading of its column), columns of yes and no first; none of a personal column."""
    fitting = [one for one in columns if one.type == "boolean" or (one.values_complete and one.role != "measure")]
    fitting.sort(key=lambda one: one.type != "boolean")
    found = [pair for one in fitting if not one.personal for pair in _of(one)]
    return list({value: (value, heading) for value, heading in reversed(found)}.values())[::-1][:MOST_SUGGESTED]


def _of(column: ColumnProfile) -> Iterator[Suggestion]:
    if column.type == "boolean":
        yield from ((word, column.title) for word in (_("yes"), _("no")))
    elif column.type == "text":
        yield from ((str(value), column.title) for value, _count in column.values[:20])


def read(said: str, column: ColumnProfile) -> str:
    """The value as methods compare it. Raises ValidationError where the column is known not to hold it."""
    meant = plain(said)
    if column.type == "boolean":
        if meant in YES or meant in NO:
            return str(meant in YES)
        raise forms.ValidationError(_("“%(name)s” holds yes or no: write one of the two.") % {"name": column.title})
    known = {str(value) for value, _count in column.values}
    if said in known or column.personal:
        return said
    alike = [value for value in sorted(known) if plain(value) == meant]
    if alike or not column.values_complete:
        return alike[0] if len(alike) == 1 else said
    there = ", ".join(f"“{value}”" for value in sorted(known)[:8]) + (" …" if len(known) > 8 else "")
    raise forms.ValidationError(
        _("“%(name)s” does not hold that. It holds: %(there)s.") % {"name": column.title, "there": there}
    )
