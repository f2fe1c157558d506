"""Problems, mentors, judges, what a team publishes, what became of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.academy.models import Outcome, Place, Problem, ProblemState, Sprint

LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "fr": "Français"}


def _area(label: Any, *, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class ProposalForm(forms.Form):
    name = forms.CharField(
        label=_("The problem in one line"), max_length=200, help_text=_("For example: Files come back for one paper")
    )
    text = _area(
        _("What happens, where, and how often"), max_length=4000,
        help_text=_("A place, a figure, who decides. No names of citizens and no secrets."),
    )  # fmt: skip
    agency = forms.CharField(label=pgettext_lazy("whose problem", "Agency"), max_length=200)
    contact = forms.CharField(
        label=_("Who answers the teams’ questions"), max_length=200, required=False, help_text=_("Name and telephone")
    )


class ProblemForm(forms.Form):
    """A problem with its texts in the languages of the programme, as the coordinator edits it."""

    state = forms.ChoiceField(label=pgettext_lazy("of a problem", "State"), choices=ProblemState.choices)
    most_teams = forms.IntegerField(
        label=_("How many teams may choose it"), min_value=1, max_value=50, required=False,
        help_text=_("Empty: as many as like."),
    )  # fmt: skip
    contact = forms.CharField(label=_("Who answers the teams’ questions"), max_length=200, required=False)

    def __init__(self, *args: Any, problem: Problem, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            here = {"language": LANGUAGES.get(code, code)}
            self.fields[f"name-{code}"] = forms.CharField(
                label=_("The problem in one line, %(language)s") % here, max_length=200, required=False
            )
            self.fields[f"text-{code}"] = _area(_("What happens, %(language)s") % here, required=False, max_length=4000)
            self.fields[f"agency-{code}"] = forms.CharField(
                label=_("Agency, %(language)s") % here, max_length=200, required=False
            )
            for part, there in (("name", problem.names), ("text", problem.texts), ("agency", problem.agencies)):
                self.initial[f"{part}-{code}"] = there.get(code, "")
        for name in ("state", "most_teams", "contact"):
            self.initial[name] = getattr(problem, name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.texts("name") or not self.texts("text"):
            self.add_error(None, _("Name and describe the problem in one language at least."))
        return cleaned

    def texts(self, part: str) -> dict[str, str]:
        found = {code: self.cleaned_data.get(f"{part}-{code}", "").strip() for code in self.languages}
        return {code: text for code, text in found.items() if text}


class PersonForm(forms.Form):
    """Somebody with an account, by what they sign in with."""

    person = forms.CharField(label=_("User name or e-mail address"), max_length=254)


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, place: Place) -> str:
        return place.name


class JudgeForm(PersonForm):
    agency = forms.CharField(
        label=_("Where they work"), max_length=200, required=False,
        help_text=_("As the list of participants writes it: they do not judge teams with people from there."),
    )  # fmt: skip
    place = PlaceField(label=_("Where they sit"), queryset=Place.objects.none(), required=False)

    def __init__(self, *args: Any, sprint: Sprint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = sprint.cohort.places.all()  # type: ignore[attr-defined]


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), required=False)
    link = forms.CharField(label=_("or an address"), max_length=500, required=False)
    name = forms.CharField(label=_("What it is"), max_length=200, required=False)


class PublicationForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a publication", "Title"), max_length=200)
    summary = _area(
        _("What you made and what came of it"), rows=6, max_length=5000,
        help_text=_("For everybody to read: no personal data, nothing internal."),
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=_("Shown with it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("As it stands today; what you write later is not shown."),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What became of it"), choices=Outcome.choices, widget=forms.RadioSelect)
    happened_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=date.today
    )
    reason = _area(_("Why"), rows=3, max_length=2000)
