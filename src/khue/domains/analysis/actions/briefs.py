"""Briefs: begun with what the results show, changed by people, refreshed with the results."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.domains.analysis.actions import steps
from khue.domains.analysis.briefing import findings
from khue.domains.analysis.briefing.binding import Bound, Cell, bind
from khue.domains.analysis.briefing.binding import refresh as refreshed
from khue.domains.analysis.briefing.composing import evidence
from khue.domains.analysis.models import Analysis, Brief, Step
from khue.domains.analysis.models.brief import SECTIONS, By
from khue.domains.analysis.permissions import check_can_change
from khue.domains.analysis.queries.cells import cells_of
from khue.domains.analysis.queries.findings import seen
from khue.domains.people.api import Actor
from khue.kernel.errors import UserError

OPTION_PARTS = ("name", "what", "why", "criteria", "gains", "risks", "cost")
MOST_OPTIONS = 5


class NothingToSay(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("This worksheet has no result yet. Ask the data or use a method first; a brief rests on that.")
        )


def create(*, by: Actor, analysis: Analysis, title: str) -> Brief:
    """With what the results show as its evidence, in the language of who begins it. Raises NotAllowed, NothingToSay."""
    check_can_change(by, analysis)
    if not analysis.steps.exists():
        raise NothingToSay
    brief = Brief(analysis=analysis, title=title.strip()[:200] or analysis.title, language=get_language() or "vi")
    shown = evidence(findings.find(seen(analysis), brief.language))
    brief.sections = {"evidence": shown.text or _readings(analysis)}
    brief.written = {"evidence": By.RULE}
    bind_all(brief, {"evidence": shown.bound})
    brief.save()
    return brief


def _readings(analysis: Analysis) -> str:
    """Of results in which nothing is found that has a sentence of its own."""
    return "\n".join(step.words.split("\n")[0] for step in analysis.steps.all() if step.words)


def change(*, by: Actor, brief: Brief, title: str, sections: Mapping[str, str], options: list[dict[str, str]]) -> Brief:
    """Raises NotAllowed."""
    check_can_change(by, brief.analysis)
    before = dict(texts(brief))
    brief.title = title.strip()[:200] or brief.title
    brief.sections = {name: _text(sections.get(name)) for name in SECTIONS}
    kept = [{part: _text(option.get(part)) for part in OPTION_PARTS} for option in options[:MOST_OPTIONS]]
    brief.options = [option for option in kept if any(option.values())]
    brief.written = {**brief.written, **_changed(before, dict(texts(brief)))}
    bind_all(brief)
    brief.save()
    return brief


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    places = [place for place in {*before, *now} if before.get(place, "") != now.get(place, "")]
    return dict.fromkeys((place if place in SECTIONS else "options" for place in places), By.PERSON)


def _text(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").strip()[:10_000]


def texts(brief: Brief) -> Iterator[tuple[str, str]]:
    """(place, text) of all that is written in it."""
    for name in SECTIONS:
        yield name, brief.sections.get(name, "")
    for at, option in enumerate(brief.options):
        yield from ((f"options.{at}.{part}", option.get(part, "")) for part in OPTION_PARTS)


def bind_all(brief: Brief, exact: Mapping[str, Sequence[Bound]] | None = None) -> None:
    """`exact`: figures that code put where they stand, by place."""
    cells, placed = cells_of(brief.analysis), exact or {}
    before = [Bound.of_json(one) for found in brief.bindings.values() for one in found]
    brief.bindings = {
        place: [one.as_json() for one in _bound(text, placed.get(place, ()), cells, brief.language, before)]
        for place, text in texts(brief)
        if text
    }


def _bound(
    text: str, exact: Sequence[Bound], cells: Sequence[Cell], language: str, before: Sequence[Bound]
) -> list[Bound]:
    taken = [(one.start, one.end) for one in exact]
    others = [
        one
        for one in bind(text, cells, language, before)
        if not any(one.start < end and start < one.end for start, end in taken)
    ]
    return sorted([*exact, *others], key=lambda one: one.start)


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
