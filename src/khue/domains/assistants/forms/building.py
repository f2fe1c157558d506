"""The steps of building: each form shows a part of the definition and gives it back changed."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.definition.hours import DAYS
from khue.domains.assistants.definition.shape import LANGUAGES, Definition
from khue.domains.knowledge import api as knowledge
from khue.domains.procedures import api as procedures
from khue.kernel.identifiers import identifier

NAMES: dict[str, Promise] = {"vi": _("Vietnamese"), "en": _("English"), "fr": _("French")}
DAY_NAMES = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
NOTICE = gettext_lazy(
    "You are talking to an automatic assistant (AI), not to a person. It answers from official documents and shows "
    "them; it can be wrong. Do not write names, identity or telephone numbers here."
)


class Lines(forms.CharField):
    """A list, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        return None


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StepForm(forms.Form):
    """A form for one step of building."""

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        self.definition = definition
        kwargs["initial"] = self.said()
        super().__init__(*args, **kwargs)

    @abstractmethod
    def said(self) -> dict[str, Any]:
        """What the definition says, by field."""

    @abstractmethod
    def changes(self) -> dict[str, Any]:
        """The parts of the definition to put in place of the old."""

    def texts(self, name: str) -> dict[str, str]:
        """The fields NAME_vi, NAME_en, NAME_fr; what the form does not ask for stays."""
        kept: dict[str, str] = getattr(self.definition, name).model_dump()
        return kept | {
            language: self.cleaned_data[f"{name}_{language}"]
            for language in LANGUAGES
            if f"{name}_{language}" in self.fields
        }

    def add_texts(
        self, name: str, label: Promise, *, field: type[forms.CharField] = forms.CharField, **kwargs: Any
    ) -> None:
        several = len(self.definition.languages) > 1
        for language in self.definition.languages:
            words: Any = format_lazy("{} ({})", label, NAMES[language]) if several else label
            self.fields[f"{name}_{language}"] = field(label=words, **kwargs)


class PurposeForm(StepForm):
    purpose = forms.CharField(
        label=_("What the assistant is for"),
        max_length=3000,
        widget=area(3),
        help_text=_("One or two sentences: “Answers questions about birth registration at the ward.”"),
    )
    audience = forms.CharField(
        label=_("For whom"), max_length=3000, widget=area(2), help_text=_("Who asks, and what they know already.")
    )
    languages = forms.MultipleChoiceField(
        label=_("It answers in"), choices=[(k, v) for k, v in NAMES.items()], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("name", _("Name"), max_length=200, required=False)
        self.order_fields([*(f"name_{one}" for one in self.definition.languages), "purpose", "audience", "languages"])

    def said(self) -> dict[str, Any]:
        shape = self.definition
        names = {f"name_{language}": text for language, text in shape.name.model_dump().items()}
        return names | {"purpose": shape.purpose, "audience": shape.audience, "languages": shape.languages}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"name_{language}") for language in LANGUAGES):
            self.add_error(f"name_{self.definition.languages[0]}", gettext("Give it a name."))
        return data

    def changes(self) -> dict[str, Any]:
        return {"name": self.texts("name")} | {n: self.cleaned_data[n] for n in ("purpose", "audience", "languages")}


class KnowledgeForm(StepForm):
    """`found`: documents that a search brought, to choose from beside those chosen."""

    collections = forms.MultipleChoiceField(
        label=_("Collections"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("It may look into every document of these."),
    )  # fmt: skip
    uses_procedures = forms.BooleanField(
        label=_("Answer from procedures"), required=False,
        help_text=_("Fee, time limit, papers and place come as fields, on a card with source and date."),
    )  # fmt: skip
    fields_ = forms.MultipleChoiceField(
        label=_("Only of these fields"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None chosen: all fields."),
    )  # fmt: skip
    levels = forms.MultipleChoiceField(
        label=_("Only at these levels"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    codes = Lines(
        label=_("Only these procedures"), required=False, help_text=_("Codes, one on each line; empty: no limit.")
    )
    documents = forms.MultipleChoiceField(
        label=_("Single documents"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Any, found: Iterable[knowledge.DocumentRef] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        have = knowledge.collections_of(by)
        names = {one.name: f"{one.name} ({one.documents})" for one in have}
        names |= {name: name for name in self.definition.knowledge.collections if name not in names}
        self._choose("collections", names)
        self._choose("fields_", {name: name for name in procedures.sectors(by)})
        self._choose("levels", {name: name for name in procedures.levels(by)})
        chosen = {one.id or one.title: one.title for one in self.definition.knowledge.documents}
        if self.is_bound:
            ids = [key for one in self.data.getlist("documents") if (key := identifier(one))]  # type: ignore[attr-defined]
            chosen |= (
                {str(one.id): one.title for one in knowledge.find_documents(by, ids=ids, limit=500)} if ids else {}
            )
        self._choose("documents", chosen | {str(one.id): one.title for one in found})

    def _choose(self, name: str, choices: dict[str, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        kept = self.definition.knowledge
        scope = kept.procedures
        return {
            "collections": kept.collections,
            "uses_procedures": scope is not None,
            "fields_": scope.fields if scope else [],
            "levels": scope.levels if scope else [],
            "codes": scope.codes if scope else [],
            "documents": [one.id or one.title for one in kept.documents],
        }

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        titles = dict(self.fields["documents"].choices)  # type: ignore[attr-defined]
        documents = [{"id": one if identifier(one) else "", "title": titles[one]} for one in data["documents"]]
        scope = {"fields": data["fields_"], "levels": data["levels"], "codes": data["codes"]}
        return {
            "knowledge": {
                "collections": data["collections"],
                "procedures": scope if data["uses_procedures"] else None,
                "documents": documents,
            }
        }


class VoiceForm(StepForm):
    manner = forms.ChoiceField(
        label=_("How it speaks"),
        widget=forms.RadioSelect,
        choices=[
            ("official", _("Formal, as an office writes")),
            ("plain", _("In plain words")),
            ("warm", _("Friendly")),
        ],
    )
    limits = Lines(
        label=_("What it does not do"),
        help_text=_("One sentence on each line; visitors see them. “It does not look into your file.”"),
    )
    examples = Lines(label=_("Questions to start from"), required=False, help_text=_("One on each line; at most 8."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("opening", _("Opening words"), required=False, max_length=3000, widget=area(2))
        self.add_texts("notice", _("Notice that an AI answers"), max_length=3000, widget=area(3))
        openings = [name for name in self.fields if name.startswith("opening_")]
        notices = [name for name in self.fields if name.startswith("notice_")]
        self.order_fields(["manner", *openings, "limits", "examples", *notices])

    def said(self) -> dict[str, Any]:
        shape = self.definition
        said: dict[str, Any] = {
            "manner": shape.voice.manner, "limits": shape.voice.limits, "examples": shape.examples
        }  # fmt: skip
        for language in LANGUAGES:
            said[f"opening_{language}"] = getattr(shape.opening, language)
            with translation.override(language):
                said[f"notice_{language}"] = getattr(shape.notice, language) or str(NOTICE)
        return said

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "voice": {"manner": data["manner"], "limits": data["limits"]},
            "examples": data["examples"],
            "opening": self.texts("opening"),
            "notice": self.texts("notice"),
        }


class HandOverForm(StepForm):
    contact_name = forms.CharField(
        label=_("Who answers for it"), max_length=300, help_text=_("An office, not a person.")
    )
    contact_phone = forms.CharField(label=_("Telephone"), max_length=300, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), max_length=300, required=False)
    contact_address = forms.CharField(label=_("Address"), max_length=300, required=False)
    topics = Lines(
        label=_("Words that go to a person at once"), required=False,
        help_text=_("One on each line: “complaint”, “lost papers”."),
    )  # fmt: skip
    after = forms.IntegerField(
        label=_("Offer a person after so many questions without an answer"), min_value=1, max_value=10
    )
    queue = forms.BooleanField(
        label=_("Visitors may leave a question for a person here"), required=False,
        help_text=_("It waits under Questions for people; the answer appears where it was asked."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, label in zip(DAYS, DAY_NAMES, strict=True):
            self.fields[f"hours_{day}"] = forms.CharField(
                label=label,
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"placeholder": "7:30-11:30, 13:00-16:30"}),
            )

    def said(self) -> dict[str, Any]:
        kept = self.definition.handover
        said: dict[str, Any] = {"topics": kept.topics, "after": kept.after, "queue": kept.queue}
        said |= {f"contact_{name}": text for name, text in kept.contact.model_dump().items()}
        return said | {f"hours_{day}": text for day, text in kept.hours.model_dump().items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"contact_{name}") for name in ("phone", "email", "address")):
            self.add_error("contact_phone", gettext("Give a telephone number, an e-mail address or a place."))
        return data

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        contact = {name: data[f"contact_{name}"] for name in ("name", "phone", "email", "address")}
        hours = {day: data[f"hours_{day}"] for day in DAYS}
        plain = {name: data[name] for name in ("topics", "after", "queue")}
        return {"handover": {**plain, "contact": contact, "hours": hours}}


class CheckForm(StepForm):
    """The least shares, in percent."""

    right = forms.IntegerField(label=_("Answered rightly, at least (%)"), min_value=0, max_value=100)
    abstained = forms.IntegerField(label=_("Declined rightly, at least (%)"), min_value=0, max_value=100)
    supported = forms.IntegerField(label=_("Sentences backed, at least (%)"), min_value=0, max_value=100)

    def said(self) -> dict[str, Any]:
        return {name: round(100 * share) for name, share in self.definition.threshold.model_dump().items()}

    def changes(self) -> dict[str, Any]:
        return {"threshold": {name: value / 100 for name, value in self.cleaned_data.items()}}


class PublishForm(StepForm):
    origins = Lines(
        label=_("Web sites that may show it"), required=False,
        help_text=_("One on each line, as https://xa.gov.vn. On any other site the widget stays empty."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        return {"origins": self.definition.origins}

    def changes(self) -> dict[str, Any]:
        return {"origins": self.cleaned_data["origins"]}
