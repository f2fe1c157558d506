"""Checking in with a typed code; correcting what was noted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Session
from khue.domains.academy.models.attendance import PRESENCE_LABELS
from khue.domains.academy.rules.attendance import Presence


class CodeForm(forms.Form):
    session = forms.ChoiceField(label=_("Session"))
    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(session.pk): session for session in sessions}
        self.fields["session"].choices = [(key, session.name) for key, session in self.known.items()]  # type: ignore[attr-defined]

    def clean_session(self) -> Session:
        return self.known[self.cleaned_data["session"]]


class CorrectionForm(forms.Form):
    presence = forms.ChoiceField(
        label=_("Noted as"),
        choices=[(p.value, PRESENCE_LABELS[p]) for p in Presence if p is not Presence.HELD],
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def clean_presence(self) -> Presence:
        return Presence(self.cleaned_data["presence"])
