"""Briefs: drafted by a model from the results of a worksheet alone, changed by people, refreshed with the results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.analysis.actions import steps
from khue.domains.analysis.briefing import drafting
from khue.domains.analysis.briefing.binding import Bound, Cell, bind
from khue.domains.analysis.briefing.binding import refresh as refreshed
from khue.domains.analysis.models import Analysis, Brief, Step, WorkState
from khue.domains.analysis.models.brief import SECTIONS
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries import tables
from khue.domains.analysis.queries.cells import cells_of
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel import jobs
from khue.kernel.errors import UserError

DRAFT = "analysis.brief"
OPTION_PARTS = ("name", "what", "criteria", "gains", "risks", "cost")
MOST_OPTIONS = 5
PROBLEM_TOKENS, OPTION_TOKENS, CHOICE_TOKENS = 160, 520, 160


class NothingToSay(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("This worksheet has no result yet. Ask the data or use a method first; a brief rests on that.")
        )


def create(*, by: Actor, analysis: Analysis, title: str) -> Brief:
    """With what the steps read as its evidence. Raises NotAllowed, NothingToSay."""
    check_can_change(by, analysis)
    found = list(analysis.steps.all())
    if not found:
        raise NothingToSay
    brief = Brief(analysis=analysis, title=title.strip()[:200] or analysis.title, language=get_language() or "vi")
    brief.sections = {"evidence": "\n".join(step.words.split("\n")[0] for step in found if step.words)}
    _bind(brief)
    brief.save()
    return brief


def change(*, by: Actor, brief: Brief, title: str, sections: Mapping[str, str], options: list[dict[str, str]]) -> Brief:
    """Raises NotAllowed."""
    check_can_change(by, brief.analysis)
    brief.title = title.strip()[:200] or brief.title
    brief.sections = {name: _text(sections.get(name)) for name in SECTIONS}
    kept = [{part: _text(option.get(part)) for part in OPTION_PARTS} for option in options[:MOST_OPTIONS]]
    brief.options = [option for option in kept if any(option.values())]
    _bind(brief)
    brief.save()
    return brief


def _text(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()[:10_000]


def texts(brief: Brief) -> Iterator[tuple[str, str]]:
    """(place, text) of all that is written in it."""
    for name in SECTIONS:
        yield name, brief.sections.get(name, "")
    for at, option in enumerate(brief.options):
        yield from ((f"options.{at}.{part}", option.get(part, "")) for part in OPTION_PARTS)


def _bind(brief: Brief, known: Sequence[Bound] = ()) -> None:
    """`known`: figures that were put in with their cells."""
    cells = cells_of(brief.analysis)
    before = [*known, *(Bound.of_json(one) for found in brief.bindings.values() for one in found)]
    brief.bindings = {
        place: [one.as_json() for one in bind(text, cells, brief.language, before)]
        for place, text in texts(brief)
        if text
    }


# With the results as they are now ----------------------------------------------------------------


@dataclass(frozen=True)
class Refreshed:
    """`moved`: (before, now) of figures; `lost`: figures whose cell is gone; `steps`: how many were run again."""

    moved: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]
    steps: int


def refresh(*, by: Actor, brief: Brief) -> Refreshed:
    """Runs the steps that its figures stand on again; where a result is another now, that becomes a new step and the
    figures follow it. Raises NotAllowed, StepFailed."""
    check_can_change(by, brief.analysis)
    used = {one["cell"]["step"] for found in brief.bindings.values() for one in found if one["cell"]}
    newer = {}
    for step in brief.analysis.steps.filter(pk__in=used):
        if not steps.rerun(step).is_same:
            newer[str(step.pk)] = _again(by, step)
    with transaction.atomic():
        return _follow(brief, newer)


def _again(by: Actor, step: Step) -> str:
    made = steps.take(by=by, analysis=step.analysis, kind=step.kind, parameters=step.parameters, question=step.question)
    return str(made.pk)


def _follow(brief: Brief, newer: Mapping[str, str]) -> Refreshed:
    now = cells_of(brief.analysis)
    moved: list[tuple[str, str]] = []
    lost: list[str] = []
    for place, text in list(texts(brief)):
        bound = [_renamed(Bound.of_json(one), newer) for one in brief.bindings.get(place, [])]
        made = refreshed(text, bound, now, brief.language)
        _put(brief, place, made.text)
        brief.bindings[place] = [one.as_json() for one in made.bound]
        moved += made.moved
        lost += made.lost
    brief.save()
    return Refreshed(tuple(moved), tuple(lost), len(newer))


def _renamed(one: Bound, newer: Mapping[str, str]) -> Bound:
    if one.cell is None or one.cell.step not in newer:
        return one
    cell = Cell(newer[one.cell.step], one.cell.table, one.cell.row, one.cell.column, one.cell.value)
    return Bound(one.start, one.end, one.text, cell, one.times)


def _put(brief: Brief, place: str, text: str) -> None:
    if place in SECTIONS:
        brief.sections[place] = text
    else:
        _options, at, part = place.split(".")
        brief.options[int(at)][part] = text


# Drafted -----------------------------------------------------------------------------------------


@transaction.atomic
def draft_later(*, by: Actor, brief: Brief) -> None:
    """Raises NotAllowed."""
    check_can_change(by, brief.analysis)
    brief.state, brief.error = WorkState.WAITING, ""
    brief.save(update_fields=["state", "error", "updated_at"])
    transaction.on_commit(lambda: jobs.later(DRAFT, brief=str(brief.pk), person=str(by.person_id)))


def draft_waiting(brief_id: UUID, person_id: UUID) -> None:
    brief = Brief.objects.filter(pk=brief_id, state=WorkState.WAITING).select_related("analysis").first()
    if brief is None:
        return
    with translation.override(brief.language):
        try:
            draft(by=people.actor_of(person_id), brief=brief)
        except (UserError, people.NoMembership, ObjectDoesNotExist) as refusal:
            brief.state, brief.error = WorkState.FAILED, str(refusal)
            brief.save(update_fields=["state", "error", "updated_at"])


def draft(*, by: Actor, brief: Brief) -> Brief:
    """Problem, options and recommendation by the model, one after the other, each from the readings of the results
    without their figures; the evidence stays as it is. Raises GatewayError, NothingToSay."""
    found = list(brief.analysis.steps.all())
    if not found:
        raise NothingToSay
    cells = cells_of(brief.analysis)
    readings = [drafting.Reading(str(step), step.words.split("\n")[0]) for step in found if step.words]
    said = drafting.marked(brief.title, readings, cells, brief.language)
    level = DataClass(max(step.data_class for step in found))
    made = _drafted(_Writer(Caller(by.person_id, by.organisation_id, "analysis", "policy brief"), level), said)
    criteria = _criteria(found)
    brief.sections = {**brief.sections, "problem": made.problem, "recommendation": made.recommendation}
    brief.options = [{**option, "criteria": criteria} for option in made.options]
    brief.model, brief.state, brief.error = made.model, WorkState.DONE, ""
    brief.ledger = [*brief.ledger, *made.ledger]
    _bind(brief, made.stands)
    brief.save()
    return brief


def _criteria(found: Sequence[Step]) -> str:
    """What the results measure, by the headings of their columns: by that one will see whether an option worked."""
    named = tables.of_analysis(found[0].analysis)
    titles = {column["name"]: column["title"] for one in named for column in one.table.profile["columns"]}
    values = [str(step.parameters.get("value") or step.parameters.get("y") or "") for step in found]
    return "; ".join(dict.fromkeys(titles.get(value) or value for value in values if value))


@dataclass
class _Writer:
    """One question to the model after the other; keeps the calls."""

    caller: Caller
    level: DataClass
    model: str = ""
    ledger: list[str] = field(default_factory=list)

    def __call__(self, turns: drafting.Turns, schema: drafting.Schema, tokens: int) -> dict[str, Any]:
        options = gateway.Options(max_tokens=tokens, schema=schema)
        said = [gateway.Turn(role, text) for role, text in turns]  # type: ignore[arg-type]
        with gateway.chat(said, caller=self.caller, data_class=self.level, options=options) as stream:
            reply = stream.text()
        self.model = reply.model
        self.ledger.append(str(reply.ledger_id))
        return drafting.read(reply.text)


@dataclass
class _Draft:
    problem: str = ""
    options: list[dict[str, str]] = field(default_factory=list)
    recommendation: str = ""
    stands: list[Bound] = field(default_factory=list)
    model: str = ""
    ledger: list[str] = field(default_factory=list)

    def take(self, text: Any, said: drafting.Marked) -> str:
        made = drafting.filled(str(text or ""), said)
        self.stands += made.stands
        return made.text


def _drafted(write: _Writer, said: drafting.Marked) -> _Draft:
    words, made = drafting.words_of(said.language), _Draft()
    problem = write(drafting.turns(said, words.problem), drafting.PROBLEM, PROBLEM_TOKENS).get("problem")
    made.problem = made.take(problem, said)
    asked = drafting.turns(said, words.options, made.problem)
    for option in write(asked, drafting.OPTIONS, OPTION_TOKENS).get("options", []):
        kept = {part: made.take(option.get(part), said) for part in ("name", "what", "gains", "risks")}
        if kept["name"] and kept["what"] and kept["name"] not in [one["name"] for one in made.options]:
            # no cost is in the data; a person who knows one writes it
            made.options.append({**kept, "cost": words.unknown})
    names = [option["name"] for option in made.options]
    if names:
        listed = "\n".join(f"{option['name']}: {option['what']}" for option in made.options)
        asked = drafting.turns(said, words.choose, made.problem, listed)
        chosen = write(asked, drafting.recommendation(names), CHOICE_TOKENS)
        why = made.take(chosen.get("why"), said)
        made.recommendation = f"{chosen['choice']}. {why}".strip() if chosen.get("choice") in names else why
    made.model, made.ledger = write.model, write.ledger
    return made
