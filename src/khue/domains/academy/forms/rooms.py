"""What is written in a room."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models.room import POLL_LABELS
from khue.domains.academy.rules.polls import PollKind, options


class PollForm(forms.Form):
    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(label=_("What you ask"), max_length=300)
    kind = forms.ChoiceField(
        label=_("Answered by"), choices=[(kind.value, label) for kind, label in POLL_LABELS.items()]
    )
    options = forms.CharField(
        label=_("Options"),
        help_text=_("One a line. Of a scale: what its lowest and its highest step mean."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    steps = forms.IntegerField(label=_("Steps of the scale"), min_value=2, max_value=10, initial=5, required=False)

    def clean_options(self) -> list[str]:
        return options(self.cleaned_data["options"])

    def clean_kind(self) -> PollKind:
        return PollKind(self.cleaned_data["kind"])

    def clean_steps(self) -> int:
        return self.cleaned_data["steps"] or 5
