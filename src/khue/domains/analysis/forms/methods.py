"""A method's form: which columns play which part. Choices come from the tables of the worksheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from khue.domains.analysis.forms import dimensions, taking_part
from khue.domains.analysis.profile import ColumnProfile

MEASURES = ("measure",)
PARTS = ("category", "place", "text", "identifier")
TIMES = ("time",)
ANY = ()


@dataclass(frozen=True)
class Part:
    """A column to choose; `roles` are those that fit best and stand first."""

    name: str
    label: Promise
    roles: tuple[str, ...] = ANY
    required: bool = True
    many: bool = False
    help: "Promise | str" = ""


@dataclass(frozen=True)
class Method:
    """`kind` is the stepping.Kind; `about` the question that it answers."""

    name: str
    kind: str
    label: Promise
    about: Promise
    parts: tuple[Part, ...]
    options: tuple[str, ...] = ()
    later: bool = False


VALUE = Part("value", _("Value"), MEASURES)
TIME = Part("time", _("Time"), TIMES)
WEIGHT = Part("weight", pgettext_lazy("statistics", "Weight"), MEASURES)

METHODS: dict[str, Method] = {
    one.name: one
    for one in (
        Method("groups", "statistics.groups", _("Comparison of groups"), _("Do groups differ by more than chance?"),
               (VALUE, Part("group", _("Groups"), PARTS))),
        Method("trend", "statistics.trend", _("Trend"), _("Does it rise, fall, or neither?"), (VALUE, TIME)),
        Method("correlation", "statistics.correlation", _("Correlation"), _("Do two things move together?"),
               (Part("x", _("One value"), MEASURES), Part("y", _("The other value"), MEASURES),
                Part("group", _("Compare like with like, within"), PARTS, required=False))),
        Method("composite", "statistics.composite", _("Composite index"),
               _("Who stands where, over several indicators, and how firm is the rank?"),
               (Part("unit", _("What is ranked"), PARTS),
                Part("indicators", _("Indicators"), MEASURES, required=False, many=True),
                Part("reversed", _("Of these, less is better"), MEASURES, required=False, many=True)),
               ("dimensions", "scale", "aggregate", "weights")),
        Method("inequality", "statistics.inequality", _("Inequality"), _("How unevenly is it spread?"),
               (VALUE, Part("weight", _("How many people a row stands for"), MEASURES, required=False),
                Part("group", _("Groups"), PARTS, required=False))),
        Method("did", "statistics.did", _("Before and after, with others beside"),
               _("Did it work, compared with places where nothing changed?"),
               (VALUE, TIME, Part("group", _("Column that says who took part"), PARTS),
                Part("unit", _("Places that are seen again and again"), PARTS, required=False)), ("treated", "start")),
        Method("its", "statistics.its", _("Before and after, alone"),
               _("Did the course change when something began?"), (VALUE, TIME), ("start",)),
        Method("survey", "statistics.survey", _("Survey with weights"), _("What does a sample say of everybody?"),
               (VALUE, WEIGHT, Part("group", _("Groups"), PARTS, required=False),
                Part("stratum", _("Stratum"), PARTS, required=False),
                Part("cluster", _("Cluster"), PARTS, required=False))),
        Method("forecast", "forecast", _("Forecast"), _("How will it go on, and how sure is that?"),
               (VALUE, TIME, Part("by", _("Places, from the largest to the smallest"), PARTS, False, True)),
               ("horizon", "combine", "scenario"), later=True),
        Method("protected", "protected", _("Table that may be shown"),
               _("How many are there of each, without giving anybody away?"),
               (Part("by", _("Rows and columns of the table (one to three)"), PARTS, many=True),
                Part("count", _("Column of counts, if a row stands for several"), MEASURES, False)), ("least",)),
    )
}  # fmt: skip

SCALES = [
    ("minmax", _("from the lowest to the highest (0 to 1)")),
    ("z", _("distance from the mean in standard deviations")),
    ("rank", _("rank")),
    ("none", _("as they are")),
]
AGGREGATES = [("mean", _("mean")), ("sum", _("sum")), ("geometric", _("geometric mean (a weak point weighs more)"))]


def _option(name: str) -> forms.Field:
    fields: dict[str, forms.Field] = {
        "scale": forms.ChoiceField(label=_("Made comparable as"), choices=SCALES),
        "aggregate": forms.ChoiceField(label=_("Put together as"), choices=AGGREGATES),
        "dimensions": forms.CharField(
            label=_("Dimensions"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_(
                "If the index has levels, one dimension a line, with its indicators: “Participation = SC11, SC12” or "
                "“Participation = SC1*” for all whose names begin so. Then nothing need be ticked above."
            ),
        ),
        "weights": forms.CharField(
            label=_("Weights"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("One for each line: name of the column = number. Those without a line weigh 1."),
        ),
        "treated": forms.CharField(
            label=_("Value of those who took part"), max_length=200,
            help_text=_("As it stands in that column; for a column of yes and no: yes or no."),
        ),
        "start": forms.CharField(
            label=_("It began"), max_length=20, help_text=_("A year or a date: 2024 or 2024-01-01.")
        ),
        "horizon": forms.IntegerField(label=_("How many periods ahead"), min_value=1, max_value=400, initial=12),
        "combine": forms.ChoiceField(
            label=_("Rows of one period are"), choices=[("sum", _("added up")), ("mean", _("averaged"))]
        ),
        "scenario": forms.CharField(
            label=_("Scenarios"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("One for each line: name = change in percent, as in “one office less = −10”."),
        ),
        "least": forms.IntegerField(label=_("Smallest count that is shown"), min_value=2, max_value=100, initial=5),
    }  # fmt: skip
    return fields[name]


class MethodForm(forms.Form):
    """`parameters` is what the step takes, once it is valid."""

    def __init__(self, method: Method, table: str, columns: Sequence[ColumnProfile], *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.method, self.table, self.columns = method, table, columns
        for part in method.parts:
            self.fields[part.name] = _field(part, columns)
        for name in method.options:
            self.fields[name] = _option(name)
        if "treated" in self.fields:
            self.fields["treated"].widget = taking_part.Suggested(taking_part.suggestions(columns))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name in ("weights", "scenario"):
            if found.get(name):
                self._read(name, found)
        if "dimensions" in self.fields:
            self._place(found)
        if found.get("treated") and found.get("group"):
            self._take_part(found)
        return found

    def _take_part(self, found: dict[str, Any]) -> None:
        column = next(one for one in self.columns if one.name == found["group"])
        try:
            found["treated"] = taking_part.read(found["treated"], column)
        except forms.ValidationError as problem:
            self.add_error("treated", problem)

    def _place(self, found: dict[str, Any]) -> None:
        """Indicators in their dimensions; weights by the names of columns."""
        try:
            found["dimensions"] = dimensions.read(found.get("dimensions") or "", self.columns)
            found["weights"] = {
                dimensions.name_of(name, self.columns): weight for name, weight in (found.get("weights") or {}).items()
            }
        except forms.ValidationError as problem:
            self.add_error(None, problem)
            return
        placed = [name for names in found["dimensions"].values() for name in names]
        lone = [name for name in found.get("indicators") or [] if name not in placed]
        if placed and lone:
            self.add_error("dimensions", _("In no dimension yet: %(names)s.") % {"names": ", ".join(lone)})
        if not placed and not lone:
            self.add_error("indicators", _("Tick at least two indicators, or write dimensions with theirs."))
        found["indicators"] = placed or lone

    def _read(self, name: str, found: dict[str, Any]) -> None:
        try:
            found[name] = dict(_pair(line) for line in found[name].splitlines() if line.strip())
        except ValueError:
            self.add_error(name, _("Each line is a name, “=” and a number."))

    @property
    def parameters(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value not in ("", None, [], {})}
        if scenario := given.pop("scenario", None):
            given["scenarios"] = [{"name": name, "level": change} for name, change in scenario.items()]
        return {"table": self.table, **given}


def _pair(line: str) -> tuple[str, float]:
    name, _equal, number = line.rpartition("=")
    if not name.strip():
        raise ValueError(line)
    return name.strip(), float(number.strip().replace("−", "-").replace(",", ".").rstrip("% "))


def _field(part: Part, columns: Sequence[ColumnProfile]) -> forms.Field:
    fitting = [one for one in columns if not part.roles or one.role in part.roles]
    others = [one for one in columns if one not in fitting]
    choices = [(one.name, one.title or one.name) for one in (*fitting, *others)]
    if part.many:
        return forms.MultipleChoiceField(
            label=str(part.label), choices=choices, required=part.required, help_text=str(part.help),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
    if not part.required:
        choices = [("", "–"), *choices]
    return forms.ChoiceField(label=str(part.label), choices=choices, required=part.required, help_text=str(part.help))


def initial(method: Method, columns: Sequence[ColumnProfile]) -> Mapping[str, Any]:
    """Columns that fit and are not taken yet."""
    taken: set[str] = set()
    found: dict[str, Any] = {}
    for part in method.parts:
        if not part.required or part.many:
            continue
        fits = [one.name for one in columns if one.role in part.roles and one.name not in taken]
        if fits:
            found[part.name] = fits[0]
            taken.add(fits[0])
    return found
