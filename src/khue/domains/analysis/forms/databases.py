"""Which tables of a database are copied."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import CLASS_CHOICES
from khue.gateway.api import Database, RemoteTable
from khue.ui.formats import number


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Name of the data"), max_length=200)
    tables = forms.MultipleChoiceField(label=_("Tables"), widget=forms.CheckboxSelectMultiple)
    data_class = forms.TypedChoiceField(label=_("Data class"), choices=CLASS_CHOICES, coerce=int)
    is_shared = forms.BooleanField(label=_("Everybody in my organisation may read them"), required=False)

    def __init__(self, database: Database, tables: Sequence[RemoteTable], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["tables"].choices = [(one.id, _called(one)) for one in tables]  # type: ignore[attr-defined]
        permitted = [choice for choice in CLASS_CHOICES if choice[0] >= database.data_class]
        self.fields["data_class"].choices = permitted  # type: ignore[attr-defined]


def _called(one: RemoteTable) -> str:
    about = one.comment or (_("view") if one.kind == "view" else "")
    rows = "" if one.rows is None else _("about %(rows)s rows") % {"rows": number(one.rows)}
    return " · ".join(str(part) for part in (one.id, about, rows) if part)
