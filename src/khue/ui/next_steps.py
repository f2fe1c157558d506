"""What a person may want to do next, by role; shown at home."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """`roles` empty: everyone. `guide` is the slug of a guide, when the step is to follow one."""

    label: Promise
    about: Promise
    url_name: str
    roles: frozenset[str] = frozenset()
    guide: str = ""


@dataclass(frozen=True)
class OpenStep:
    label: Promise
    about: Promise
    url: str


STEPS = (
    Step(
        _("Read the next topic of your programme"),
        _("Your place in each page is kept; ten minutes are enough for the shortest programme."),
        "academy:programmes",
        frozenset({"participant"}),
    ),
    Step(
        _("Ask a question and open its source"),
        _("Every sentence of the answer shows what it stands on; one click leads to the words."),
        "knowledge:ask",
    ),
    Step(
        _("Find a procedure by its name or code"),
        _("Fee, time limit, papers and where to hand them in, as fields."),
        "procedures:list",
        frozenset({"participant", "lecturer"}),
    ),
    Step(
        _("Draft an official letter in the right form"),
        _("Say in a few lines what is to be said; cells, numbers, dates and capitals come by themselves."),
        "drafting:index",
        frozenset({"participant", "coordinator"}),
    ),
    Step(
        _("Make one report of many"),
        _("Figures by unit, contradictions and who is silent come first; every sentence says where it stands."),
        "synthesis:index",
        frozenset({"participant", "coordinator"}),
    ),
    Step(
        _("Put your own documents into the library"),
        _("PDF, Word, tables and web pages; files in old Vietnamese fonts become readable."),
        "knowledge:library",
        frozenset({"lecturer", "steward"}),
    ),
    Step(
        _("Ask your own spreadsheet"),
        _("In your own words; every figure comes with the way it was worked out."),
        "analysis:index",
        frozenset({"participant", "lecturer"}),
    ),
    Step(
        _("Make a small tool by describing it"),
        _("A fee calculator, a form, a checklist: you say what it must do, and try it at once."),
        "prototypes:list",
        frozenset({"participant", "lecturer"}),
    ),
    Step(
        _("Give people their accounts and roles"),
        _("For your organisation and those below it."),
        "people:list",
        frozenset({"coordinator", "administrator"}),
    ),
    Step(
        _("Run a programme again at your own place"),
        _("A copy with its own dates, and a cohort whose sessions follow its timetable."),
        "academy:programmes",
        frozenset({"lecturer", "coordinator"}),
    ),
    Step(
        _("Look at what models were used for"),
        _("Each use is one line of the ledger, also when it failed."),
        "stewardship:ledger",
        frozenset({"steward", "administrator"}),
    ),
    Step(
        _("Learn it in ten minutes"),
        _("Ask, open the source, and see what an answer without one looks like."),
        "ui:guide",
        frozenset({"participant"}),
        "ask-and-check",
    ),
    Step(
        _("See what stays in the institution"),
        _("Which data may go where, and how you can check it yourself."),
        "ui:guide",
        frozenset({"coordinator", "steward", "administrator"}),
        "what-stays-here",
    ),
)


def _opened(step: Step) -> OpenStep | None:
    try:
        url = reverse(step.url_name, args=[step.guide] if step.guide else [])
    except NoReverseMatch:
        return None
    return OpenStep(step.label, step.about, url)


def steps_for(roles: frozenset[str]) -> Iterator[OpenStep]:
    for step in STEPS:
        if (not step.roles or step.roles & roles) and (opened := _opened(step)):
            yield opened
