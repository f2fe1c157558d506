"""A brief as it is shown: its texts in pieces, each figure with what it stands on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.analysis.briefing.binding import Address, Bound
from khue.domains.analysis.models import Analysis, Brief, Step
from khue.domains.analysis.models.brief import By
from khue.domains.analysis.queries import outgoing
from khue.domains.analysis.queries.cells import withheld
from khue.domains.analysis.queries.statistics import figure
from khue.ui.formats import day


@dataclass(frozen=True)
class Piece:
    """`kind`: text, bound, unbound, or held for one that may not leave. `source` says where a bound figure stands,
    `step` is the number of that step."""

    text: str
    kind: str = "text"
    source: str = ""
    step: int = 0


@dataclass(frozen=True)
class Shown:
    sections: dict[str, list[Piece]]
    options: list[dict[str, list[Piece]]]
    bound: int
    unbound: int
    held: int = 0


@dataclass(frozen=True)
class _Standing:
    """What its figures stand on: steps by id, and the cells that may not leave."""

    steps: Mapping[str, Step]
    held: Collection[Address] = ()


def shown(brief: Brief, held: Collection[Address] = ()) -> Shown:
    stand = _Standing({str(step.pk): step for step in brief.analysis.steps.all()}, held)
    sections = {name: _pieces(brief, name, text, stand) for name, text in brief.sections.items() if text}
    options = [
        {part: _pieces(brief, f"options.{at}.{part}", text, stand) for part, text in option.items() if text}
        for at, option in enumerate(brief.options)
    ]
    every = (*sections.values(), *(pieces for option in options for pieces in option.values()))
    kinds = [piece.kind for pieces in every for piece in pieces]
    return Shown(sections, options, *(kinds.count(kind) for kind in ("bound", "unbound", "held")))


def _pieces(brief: Brief, place: str, text: str, stand: _Standing) -> list[Piece]:
    found, end = [], 0
    for stored in brief.bindings.get(place, []):
        one = Bound.of_json(stored)
        found.append(Piece(text[end : one.start]))
        found.append(_figure(one, stand))
        end = one.end
    return [piece for piece in (*found, Piece(text[end:])) if piece.text]


def _figure(one: Bound, stand: _Standing) -> Piece:
    step = stand.steps.get(one.cell.step) if one.cell else None
    if one.cell is None or step is None:
        return Piece(one.text, "unbound")
    if one.cell.address in stand.held:
        return Piece("…", "held")
    where = " · ".join(filter(None, (*one.cell.row, worked_out(one.cell.column))))
    source = _("Step %(number)s: %(where)s = %(value)s") % {
        "number": step.position,
        "where": where,
        "value": figure(one.cell.value),
    }
    return Piece(one.text, "bound", source, step.position)


def worked_out(name: str) -> str:
    """What a figure is that stands in no cell but follows from them; a column keeps its name."""
    return {
        "gap": _("highest less lowest"), "ratio": _("highest by lowest"), "change": _("share of the change"),
        "first_year": _("mean of the first twelve months"), "last_year": _("mean of the last twelve months"),
        "left_out": _("rows left out"),
    }.get(name, name)  # fmt: skip


def writers(brief: Brief) -> dict[str, str]:
    """Who wrote each part, in words; of options also how many of the reasons are the model's."""
    told = {
        By.RULE: _("Put together by ordinary code from the results."),
        By.CHOSEN: _("The model chose among what ordinary code found; the words are the code’s."),
        By.PERSON: _("Changed by a person."),
    }
    found = {place: told[by] for place, by in brief.written.items() if by in told}
    own = sum(by == By.MODEL for by in brief.written.values())
    if own and "options" in found:
        words = ngettext(
            "%(count)s reason is the model’s own sentence, checked.",
            "%(count)s reasons are the model’s own sentences, checked.",
            own,
        )
        found["options"] += " " + words % {"count": own}
    return found


# On paper ----------------------------------------------------------------------------------------


def document(brief: Brief) -> dict[str, Any]:
    """What DOCX and PDF show, in the brief's language. Unbound figures are marked there too; of data about people
    those that disclosure control keeps here are not in it."""
    with translation.override(brief.language):
        found = shown(brief, _held(brief.analysis))
        return {
            "language": brief.language,
            "title": brief.title,
            "place": str(brief.analysis.organisation),
            "date": day(brief.updated_at),
            "sections": [
                {"heading": heading, "text": _plain(found.sections.get(name, []))}
                for name, heading in (("problem", _("Problem")), ("evidence", _("Evidence")))
            ],
            "options_heading": _("Options"),
            "labels": {
                "what": _("What would be done"),
                "why": _("Why here"),
                "criteria": _("By what it is judged"),
                "gains": _("What speaks for it"),
                "risks": _("What speaks against it"),
                "cost": _("What it costs"),
            },
            "options": [{part: _plain(pieces) for part, pieces in option.items()} for option in found.options],
            "closing": {"heading": _("Recommendation"), "text": _plain(found.sections.get("recommendation", []))},
            "sources_heading": _("What it rests on"),
            "sources": _sources(brief, found),
            "note": _note(brief, found),
        }


def _held(analysis: Analysis) -> set[Address]:
    steps = analysis.steps.all() if outgoing.demands(analysis) else []
    going = ((step, outgoing.of_step(step)) for step in steps)
    return {at for step, one in going if not one.is_whole for at in withheld(step, one.result)}


def _plain(pieces: list[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "kind": piece.kind, "step": piece.step} for piece in pieces]


def _sources(brief: Brief, found: Shown) -> list[str]:
    every = [*found.sections.values(), *(pieces for option in found.options for pieces in option.values())]
    used = {piece.step for pieces in every for piece in pieces if piece.step}
    lines = [f"[{step.position}] {step}" for step in brief.analysis.steps.all() if step.position in used]
    origins = [f"{one.title}: {one.origin}" if one.origin else one.title for one in brief.analysis.datasets.all()]
    return [*lines, *origins]


def _note(brief: Brief, found: Shown) -> str:
    words = _("%(bound)s figures are bound to results; %(unbound)s are not and are marked.") % {
        "bound": found.bound,
        "unbound": found.unbound,
    }
    if found.held:
        words += " " + _("%(count)s figures (…) stay where the data are: too few people stand behind them.") % {
            "count": found.held
        }
    if brief.model:
        words += " " + _(
            "The model %(model)s chose among findings and options; the words and figures are put together by ordinary "
            "code, or checked by it."
        ) % {"model": brief.model}
    if any(one.is_generated for one in brief.analysis.datasets.all()):
        words += " " + _("The figures were made by a generator and say nothing about real places.")
    return words
