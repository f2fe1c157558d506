"""What the ledger's explorer is asked for; all optional."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.stewardship.forms.report import ReportForm
from khue.domains.stewardship.words import (
    CLASS_NAMES,
    DECISION_NAMES,
    KIND_NAMES,
    OUTCOME_NAMES,
    TOOL_NAMES,
    ZONE_NAMES,
)
from khue.gateway.zones import Zone


def _any(names: dict[Any, Any]) -> list[tuple[Any, Any]]:
    return [("", _("any")), *names.items()]


CLASSES = {int(data_class): name for data_class, name in CLASS_NAMES.items()}


class LedgerForm(ReportForm):
    kind = forms.ChoiceField(label=_("Kind of entry"), required=False, choices=_any(KIND_NAMES))
    tool = forms.ChoiceField(label=_("Tool"), required=False, choices=_any(TOOL_NAMES))
    data_class = forms.TypedChoiceField(
        label=_("Class"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=_any({int(c): n for c, n in CLASS_NAMES.items()}),
    )
    decision = forms.ChoiceField(label=_("Decision"), required=False, choices=_any(DECISION_NAMES))
    zone = forms.ChoiceField(label=_("Zone"), required=False, choices=_any({zone: ZONE_NAMES[zone] for zone in Zone}))
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=_any(OUTCOME_NAMES))
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
