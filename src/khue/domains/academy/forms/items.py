"""The editor of an item, in one language at a time; what other languages say stays where the parts stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.interchange import problem_words
from khue.domains.academy.interchange.formats import FORMATS
from khue.domains.academy.interchange.paper import Problem
from khue.domains.academy.models import Quiz, Sitting
from khue.domains.academy.quizzing import notation
from khue.domains.academy.quizzing.items import Item, Kind
from khue.domains.academy.quizzing.words import words_of

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français")]
FREE_CHOICES = 3
ARROW = "->"


def _area(label: Any, *, rows: int = 3, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=required, help_text=help_text)


class ItemForm(forms.Form):
    """`given` is the item so far as notation.mapping writes it; `cleaned_mapping` is what it becomes."""

    def __init__(self, data: Any = None, *, kind: Kind, given: dict[str, Any] | None, language: str) -> None:
        self.kind, self.given, self.language = kind, given or {}, language
        self.choices = list(self.given.get("choices", ()))
        super().__init__(data, initial=self._initial())
        self.fields["text"] = _area(
            _("The question"), required=True, help_text=_("Markdown: **bold**, *slanted*, lists.")
        )
        getattr(self, f"_fields_{self._noun}")()
        self.fields["points"] = forms.FloatField(label=_("Points"), min_value=0, max_value=1000, initial=1)
        self.fields["tags"] = forms.CharField(
            label=_("Tags"), required=False, help_text=_("Words with spaces between; sections draw by them.")
        )
        self.fields["feedback"] = _area(_("Comment for everyone, with the answers"), rows=2)

    @property
    def _noun(self) -> str:
        return "choice" if self.kind in {Kind.SINGLE, Kind.MULTIPLE} else self.kind.value

    def _fields_choice(self) -> None:
        for number in range(1, max(4, len(self.choices) + FREE_CHOICES) + 1):
            self.fields[f"choice-{number}"] = forms.CharField(
                label=_("Choice %(number)s") % {"number": number}, required=False
            )
            self.fields[f"share-{number}"] = forms.FloatField(
                label=_("Counts, %"), required=False, min_value=-100, max_value=100
            )
            self.fields[f"said-{number}"] = forms.CharField(label=_("Comment for who chose it"), required=False)
        self.fields["shuffle"] = forms.BooleanField(
            label=_("Shown in an order of chance"), required=False, initial=True
        )

    def _fields_ordering(self) -> None:
        self.fields["sequence"] = _area(_("In the right order, one on each line"), rows=6, required=True)
        self.fields["marking"] = forms.ChoiceField(
            label=_("What counts"),
            choices=[
                ("parts", _("Each in its place")),
                ("neighbours", _("Each that follows as it should")),
                ("all", _("Everything right, or nothing")),
            ],
        )

    def _fields_matching(self) -> None:
        self.fields["pairs"] = _area(
            _("Pairs, one on each line"), rows=6, required=True, help_text=_("As: province -> capital")
        )
        self.fields["extra"] = _area(_("Right sides that belong to none, one on each line"))

    def _fields_number(self) -> None:
        self.fields["answer"] = forms.FloatField(label=_("The right number"))
        self.fields["tolerance"] = forms.FloatField(label=_("Tolerance"), min_value=0, initial=0)
        self.fields["relative"] = forms.BooleanField(
            label=_("The tolerance is a part of the number: 0.05 for 5%"), required=False
        )
        self.fields["units"] = _area(
            _("Units, one on each line"), rows=2, help_text=_("The first as it is; others with how many: km = 1000")
        )
        self.fields["unit_needed"] = forms.BooleanField(label=_("A unit must be given"), required=False)

    def _fields_short(self) -> None:
        self.fields["accept"] = _area(
            _("Right answers, one on each line"),
            required=True,
            help_text=_("Case, spaces and the place of tone marks do not matter; * stands for any letters."),
        )
        self.fields["cased"] = forms.BooleanField(label=_("Upper and lower case differ"), required=False)
        self.fields["marked"] = forms.BooleanField(label=_("Diacritics are needed"), required=False, initial=True)

    def _fields_essay(self) -> None:
        self.fields["guidance"] = _area(_("For who marks it: what a good answer holds"))
        self.fields["words"] = forms.IntegerField(label=_("Words at most"), required=False, min_value=0)

    def choice_rows(self) -> list[tuple[Any, Any, Any]]:
        count = sum(name.startswith("choice-") for name in self.fields)
        return [(self[f"choice-{n}"], self[f"share-{n}"], self[f"said-{n}"]) for n in range(1, count + 1)]

    def plain_fields(self) -> list[Any]:
        return [field for field in self if not field.name.startswith(("choice-", "share-", "said-"))]

    # What is there, as fields ------------------------------------------------------------------

    def _here(self, words: Any) -> str:
        return str((words or {}).get(self.language, ""))

    def _initial(self) -> dict[str, Any]:
        given = self.given
        found: dict[str, Any] = {
            name: given[name]
            for name in ("shuffle", "marking", "unit_needed", "cased", "marked", "words", "points")
            if name in given
        }
        found |= {name: self._here(given.get(name)) for name in ("text", "feedback", "guidance")}
        found.setdefault("marking", "parts")
        found["points"] = f"{given.get('points', 1):g}"
        found["tags"] = " ".join(given.get("tags", ()))
        for number, choice in enumerate(self.choices, 1):
            found[f"choice-{number}"] = self._here(choice["text"])
            found[f"share-{number}"] = f"{choice['share'] * 100:.7g}"
            found[f"said-{number}"] = self._here(choice.get("feedback"))
        found["sequence"] = "\n".join(self._here(entry) for entry in given.get("sequence", ()))
        found["pairs"] = "\n".join(
            f"{self._here(p['left'])} {ARROW} {self._here(p['right'])}" for p in given.get("pairs", ())
        )
        found["extra"] = "\n".join(self._here(entry) for entry in given.get("extra", ()))
        answers = given.get("answers", ())
        if self.kind is Kind.NUMBER and answers:
            found |= {name: answers[0].get(name, 0) for name in ("answer", "tolerance", "relative")}
            found["units"] = "\n".join(self._unit(unit) for unit in given.get("units", ()))
        if self.kind is Kind.SHORT:
            found["accept"] = "\n".join(
                a["text"] for a in answers if a.get("share", 1) == 1 and a.get("language", "") in {"", self.language}
            )
        return found

    def _unit(self, unit: dict[str, Any]) -> str:
        name = self._here(unit["names"]) or next(iter(unit["names"].values()))
        return name if unit["factor"] == 1 else f"{name} = {unit['factor']:g}"

    # What was filled in, as an item ------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.item: Item = notation.item(self.mapping(cleaned), language=self.language)
            except notation.BadItem as problem:
                self.add_error(None, problem_words(Problem("", problem.code, problem.detail)))
        return cleaned

    def mapping(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """With the texts of the other languages, where a part is still the same part."""
        found: dict[str, Any] = {
            name: self.given[name]
            for name in ("when_right", "when_partly", "when_wrong", "title")
            if name in self.given
        }
        found |= {
            "key": self.given.get("key") or "new",
            "type": self.kind.value,
            "text": self._said(self.given.get("text"), cleaned["text"]),
            "points": cleaned["points"],
            "tags": cleaned["tags"].split(),
            "feedback": self._said(self.given.get("feedback"), cleaned["feedback"]),
        }
        body: dict[str, Any] = getattr(self, f"_read_{self._noun}")(cleaned)
        return found | body

    def _said(self, there: Any, text: str) -> dict[str, str]:
        return words_of({**(there or {}), self.language: text})

    def _read_choice(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        choices: list[dict[str, Any]] = []
        for number in range(1, len(self.choice_rows()) + 1):
            text = cleaned.get(f"choice-{number}", "").strip()
            there = self.choices[number - 1] if number <= len(self.choices) else {}
            if not text:
                continue
            choices.append(
                {
                    "key": there.get("key") or self._free_key(choices),
                    "text": self._said(there.get("text"), text),
                    "share": (cleaned.get(f"share-{number}") or 0) / 100,
                    "feedback": self._said(there.get("feedback"), cleaned.get(f"said-{number}", "")),
                }
            )
        return {"choices": choices, "shuffle": cleaned["shuffle"], "marking": self.given.get("marking", "parts")}

    def _free_key(self, choices: list[dict[str, Any]]) -> str:
        taken = {choice["key"] for choice in (*choices, *self.choices)}
        return next(key for key in (f"o{n}" for n in range(1, 200)) if key not in taken)

    def _lines(self, text: str, there: list[dict[str, str]]) -> list[dict[str, str]]:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        same = len(lines) == len(there)
        return [self._said(there[n] if same else {}, line) for n, line in enumerate(lines)]

    def _read_ordering(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        there = self.given.get("sequence", [])
        return {"sequence": self._lines(cleaned["sequence"], there), "marking": cleaned["marking"]}

    def _read_matching(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        halves = [line.partition(ARROW) for line in cleaned["pairs"].splitlines() if line.strip()]
        there = self.given.get("pairs", [])
        lefts = self._lines("\n".join(left.strip() or "?" for left, _, _ in halves), [p["left"] for p in there])
        rights = self._lines("\n".join(right.strip() or "?" for _, _, right in halves), [p["right"] for p in there])
        pairs = [{"left": left, "right": right} for left, right in zip(lefts, rights, strict=True)]
        extra = self._lines(cleaned["extra"], self.given.get("extra", []))
        return {"pairs": pairs, "extra": extra, "marking": self.given.get("marking", "parts")}

    def _read_number(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        first = {name: cleaned[name] for name in ("answer", "tolerance", "relative")}
        answers = [dict(answer) for answer in self.given.get("answers", [])] or [{}]
        answers[0] |= first
        halves = [line.partition("=") for line in cleaned["units"].splitlines() if line.partition("=")[0].strip()]
        names = self._lines("\n".join(name for name, _, _ in halves), [u["names"] for u in self.given.get("units", [])])
        factors = [factor.strip().replace(",", ".") or 1 for _, _, factor in halves]
        units = [{"names": name, "factor": factor} for name, factor in zip(names, factors, strict=True)]
        return {"answers": answers, "units": units, "unit_needed": cleaned["unit_needed"]}

    def _read_short(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        lines = [line.strip() for line in cleaned["accept"].splitlines() if line.strip()]
        others = [
            answer
            for answer in self.given.get("answers", [])
            if answer.get("share", 1) != 1 or answer.get("language", "") not in {"", self.language}
        ]
        right = [{"text": line, "language": self.language} for line in lines]
        return {"answers": [*right, *others], "cased": cleaned["cased"], "marked": cleaned["marked"]}

    def _read_essay(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"guidance": self._said(self.given.get("guidance"), cleaned["guidance"]), "words": cleaned["words"] or 0}


class QuizForm(forms.ModelForm):  # type: ignore[type-arg]
    attempts = forms.IntegerField(
        label=_("Attempts"), min_value=0, max_value=100, help_text=_("0: as many as one likes.")
    )
    pass_percent = forms.IntegerField(label=_("Needed to pass, %"), min_value=0, max_value=100)
    grace_s = forms.IntegerField(label=_("Grace for a dropped line, seconds"), min_value=0, max_value=600)
    minutes = forms.IntegerField(label=_("Time limit in minutes"), required=False, min_value=0, max_value=600)

    class Meta:
        model = Quiz
        fields = ["attempts", "pass_percent", "grace_s", "shows"]
        labels = {"shows": _("When the right answers are shown")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].initial = self.instance.time_limit_s // 60

    def settings(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"time_limit_s": 60 * (given.pop("minutes") or 0)}


class TimesForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Sitting
        fields = ["opens_at", "closes_at"]
        labels = {"opens_at": _("Opens"), "closes_at": _("Closes")}
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("opens_at", "closes_at")
        }


class QuizFileForm(forms.Form):
    form = forms.ChoiceField(label=_("Format"), choices=[(name, known.label) for name, known in FORMATS.items()])
    language = forms.ChoiceField(label=_("Language of the texts"), choices=LANGUAGES)
    file = forms.FileField(label=_("File"))


class MarkForm(forms.Form):
    points = forms.FloatField(label=_("Points"), min_value=0)
    note = forms.CharField(
        label=_("What you say to the person"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
