"""A brief as its writers change it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.analysis.models import Brief

MOST_OPTIONS = 3


def _text(label: Any, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class NewBriefForm(forms.Form):
    title = forms.CharField(label=_("What is to be decided?"), max_length=200)


class BriefForm(forms.Form):
    title = forms.CharField(label=_("What is to be decided?"), max_length=200)
    problem = _text(_("Problem"))
    evidence = _text(
        _("Evidence"), 8, _("Write figures as they stand in the results; each is bound to its cell when you keep this.")
    )
    recommendation = _text(_("Recommendation"))

    def __init__(self, brief: Brief, *given: Any, **more: Any) -> None:
        more.setdefault("initial", {"title": brief.title, **brief.sections})
        super().__init__(*given, **more)
        for at in range(MOST_OPTIONS):
            there = brief.options[at] if at < len(brief.options) else {}
            for part, field in _option_fields().items():
                field.initial = there.get(part, "")
                self.fields[f"option_{at}_{part}"] = field

    @property
    def groups(self) -> list[list[Any]]:
        return [[self[f"option_{at}_{part}"] for part in _option_fields()] for at in range(MOST_OPTIONS)]

    @property
    def main(self) -> list[Any]:
        return [self[name] for name in ("title", "problem", "evidence")]

    @property
    def options(self) -> list[dict[str, str]]:
        given = self.cleaned_data
        return [{part: given[f"option_{at}_{part}"] for part in _option_fields()} for at in range(MOST_OPTIONS)]


def _option_fields() -> dict[str, forms.CharField]:
    return {
        "name": forms.CharField(label=_("Option"), required=False, max_length=200),
        "what": _text(_("What would be done"), 2),
        "why": _text(_("Why here"), 2),
        "criteria": forms.CharField(label=_("By what it is judged"), required=False, max_length=500),
        "gains": _text(_("What speaks for it"), 2),
        "risks": _text(_("What speaks against it"), 2),
        "cost": forms.CharField(label=_("What it costs"), required=False, max_length=500),
    }
