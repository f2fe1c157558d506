"""Worksheets as labs take them: with their steps and briefs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.analysis import stepping
from khue.domains.analysis.handing import settings
from khue.domains.analysis.models import Analysis, Brief, Step
from khue.kernel.artefacts import Check, Frozen, Made

HERE = "khue.domains.analysis.handing.checks:"
MOST_ROWS = 200
Facts = Mapping[str, Any]


class Worksheets:
    """kernel.artefacts.Kind."""

    name = "analysis"
    tool = "analyse"
    label = gettext_lazy("Worksheet of an analysis")
    template = "analysis/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Analysis.objects.filter(owner_id=person_id).order_by("-updated_at")
        return [_made(analysis) for analysis in own[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        return {one.pk: _frozen(one) for one in Analysis.objects.filter(pk__in=ids, owner_id=person_id)}


def _made(analysis: Analysis) -> Made:
    count = analysis.steps.count()
    about = ngettext("%(count)s step", "%(count)s steps", count) % {"count": count}
    url = reverse("analysis:worksheet", args=[analysis.pk])
    return Made(analysis.pk, analysis.title, about, analysis.updated_at, url)


def _frozen(analysis: Analysis) -> Frozen:
    steps = list(analysis.steps.all())
    return Frozen(
        title=analysis.title,
        made_at=analysis.created_at,
        changed_at=analysis.updated_at,
        body={
            "datasets": [
                {"title": one.title, "origin": one.origin, "is_generated": one.is_generated, "digest": one.file_digest}
                for one in analysis.datasets.all()
            ],
            "steps": [_step(step) for step in steps],
            "briefs": [_brief(brief) for brief in analysis.briefs.all()],
        },
        data_class=max((step.data_class for step in steps), default=0),
    )


def _step(step: Step) -> dict[str, Any]:
    return {
        "position": step.position,
        "kind": step.kind,
        "label": str(stepping.kind(step.kind).label),
        "question": step.question,
        "sql": step.sql,
        "words": step.words,
        "columns": list(step.table.names),
        "rows": [list(row) for row in step.table.rows[:MOST_ROWS]],
        "digest": step.digest,
        "has_chart": bool(step.chart),
    }


def _brief(brief: Brief) -> dict[str, Any]:
    every = [one for found in brief.bindings.values() for one in found]
    texts = dict(brief.sections)
    for at, option in enumerate(brief.options, 1):
        texts[f"option {at}"] = "\n".join(text for text in option.values() if text)
    return {
        "title": brief.title,
        "texts": texts,
        "options": len(brief.options),
        "bound": sum(one["cell"] is not None for one in every),
        "unbound": [one["text"] for one in every if one["cell"] is None],
        "model": brief.model,
    }


# What checks saw, in words -----------------------------------------------------------------------


def _of_steps(facts: Facts) -> str:
    steps = ngettext("%(count)s step", "%(count)s steps", facts["steps"]) % {"count": facts["steps"]}
    charts = ngettext("%(count)s chart", "%(count)s charts", facts["charts"]) % {"count": facts["charts"]}
    return f"{steps}, {charts}."


def _of_figures(facts: Facts) -> str:
    if facts["passed"]:
        return _("The figures asked for stand in the results.")
    return ngettext(
        "%(count)s figure asked for is in no result.", "%(count)s figures asked for are in no result.", facts["missing"]
    ) % {"count": facts["missing"]}


def _of_brief(facts: Facts) -> str:
    names = {
        "brief": _("the brief itself"),
        "problem": _("problem"),
        "evidence": _("evidence"),
        "options": _("options"),
        "recommendation": _("recommendation"),
    }
    if facts["passed"]:
        return _("Nothing is missing.")
    return _("Missing: %(what)s.") % {"what": ", ".join(names[name] for name in facts["lacking"])}


def _of_bound(facts: Facts) -> str:
    return _("%(bound)s figures are bound to results, %(unbound)s stand in none.") % {
        "bound": facts["bound"],
        "unbound": facts["unbound"],
    }


CHECKS: Mapping[str, Check] = {
    "analysis-steps": Check(HERE + "steps", gettext_lazy("enough steps and charts"), _of_steps, settings.Steps),
    "analysis-shows": Check(
        HERE + "shows", gettext_lazy("the figures asked for are in the results"), _of_figures, settings.Shows
    ),
    "analysis-brief": Check(HERE + "brief", gettext_lazy("the brief has all its parts"), _of_brief, settings.Brief),
    "analysis-bound": Check(
        HERE + "bound", gettext_lazy("every figure of the brief is bound to a result"), _of_bound, settings.Bound
    ),
}
