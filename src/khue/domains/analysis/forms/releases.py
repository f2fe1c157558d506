"""What each column of a table is, before it may be shown to others."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import ReleaseKind
from khue.domains.analysis.profile import ColumnProfile
from khue.domains.analysis.queries.releases import role_of

ROLES = [
    ("quasi", _("others may know it of somebody")),
    ("sensitive", _("nobody should learn it")),
    ("drop", _("names people: leave it out")),
    ("keep", _("neither: keep it")),
]
MANNERS = [
    ("suppression", _("leave small cells out, and others to protect them")),
    ("noise", _("add noise with a budget")),
    ("rounding", _("round by chance")),
]
# how few values a number may have to be known like a category
FEW = 12


class ReleaseForm(forms.Form):
    kind = forms.ChoiceField(label=_("What comes out"), choices=ReleaseKind.choices, initial=ReleaseKind.ROWS)
    k = forms.IntegerField(
        label=_("At least so many people must look alike (k)"), min_value=2, max_value=1000, initial=5
    )
    l = forms.IntegerField(  # noqa: E741 - the field's own name for it
        label=_("At least so many sensitive values among them (l)"), min_value=1, max_value=20, initial=2
    )
    manner = forms.ChoiceField(label=_("Table of counts"), choices=MANNERS, required=False)
    epsilon = forms.FloatField(
        label=_("Budget of the noise (ε)"), min_value=0.01, max_value=10, initial=1.0, required=False,
        help_text=_("Less is safer and less exact. What is spent on the same people adds up."),
    )  # fmt: skip

    def __init__(self, columns: Sequence[ColumnProfile], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.columns = columns
        for at, column in enumerate(columns):
            self.fields[f"role_{at}"] = forms.ChoiceField(
                label=column.title or column.name, choices=ROLES, initial=role_of(column)
            )

    @property
    def plan(self) -> dict[str, Any]:
        given = self.cleaned_data
        roles: dict[str, list[str]] = {name: [] for name, _label in ROLES}
        for at, column in enumerate(self.columns):
            roles[given[f"role_{at}"]].append(column.name)
        if given["kind"] == ReleaseKind.TABLE:
            manner = given["manner"] or "suppression"
            return {"by": roles["quasi"], "least": given["k"], "manner": manner, "epsilon": given["epsilon"] or 1.0}
        extremes = {name: 0.01 for name in roles["sensitive"] if self._is_number(name)}
        return {
            "quasi": roles["quasi"], "sensitive": roles["sensitive"], "drop": roles["drop"], "k": given["k"],
            "l": given["l"], "top": extremes,
        }  # fmt: skip

    def _is_number(self, name: str) -> bool:
        column = next(one for one in self.columns if one.name == name)
        return column.type in {"integer", "number"} and column.distinct > FEW
