"""What people say to the studio."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.prototypes.rules import LONGEST_IDEA

LANGUAGES = [("", _("as I describe it")), ("vi", _("Vietnamese")), ("en", _("English")), ("fr", _("French"))]


class DescribeForm(forms.Form):
    idea = forms.CharField(
        label=_("What is the tool to do?"), max_length=LONGEST_IDEA,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who uses it, what they enter, what they see, what it costs. Use made-up names and numbers."),
    )  # fmt: skip
    examples = forms.CharField(
        label=_("How will you know that it works?"), required=False, max_length=LONGEST_IDEA,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One example a line: 3 copies → 24,000 ₫. They are run in the tool and shown green or red."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the tool"), choices=LANGUAGES, required=False)
    pattern = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A pattern that is taken as it is needs no words."""
        super().__init__(*args, **kwargs)
        self.fields["idea"].required = not self.data.get("pattern")
