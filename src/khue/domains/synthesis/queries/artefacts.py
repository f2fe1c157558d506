"""Syntheses as labs take them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.synthesis.handing import settings
from khue.domains.synthesis.models import Synthesis
from khue.kernel.artefacts import Check, Frozen, Made

HERE = "khue.domains.synthesis.handing.checks:"
Facts = Mapping[str, Any]


class Syntheses:
    """kernel.artefacts.Kind."""

    name = "synthesis"
    tool = "synthesise"
    label = gettext_lazy("Synthesis of reports")
    template = "synthesis/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Synthesis.objects.filter(owner_id=person_id).order_by("-updated_at")
        return [_made(one) for one in own[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        return {one.pk: _frozen(one) for one in Synthesis.objects.filter(pk__in=ids, owner_id=person_id)}


def _made(one: Synthesis) -> Made:
    count = one.reports.count()
    about = ngettext("%(count)s report", "%(count)s reports", count) % {"count": count}
    return Made(one.pk, one.title, about, one.updated_at, reverse("synthesis:synthesis", args=[one.pk]))


def _frozen(one: Synthesis) -> Frozen:
    found = one.found
    return Frozen(
        title=one.title,
        made_at=one.created_at,
        changed_at=one.updated_at,
        body={
            "reports": [
                {"file": r.file_name, "place": r.place, "pages": r.pages, "digest": r.file_digest, "state": r.state}
                for r in one.reports.all()
            ],
            "stage": one.stage,
            "sections": [_section(section) for section in one.sections.all()],
            "figures": len(found.get("table", {}).get("rows", [])),
            "values": [
                figure["value"]
                for row in found.get("table", {}).get("rows", [])
                for said in row["cells"].values()
                for figure in said
            ],
            "contradictions": [
                {"place": c["place"], "indicator": c["indicator"], "between": c["between"]}
                for c in found.get("contradictions", [])
            ],
            "missing": found.get("missing", []),
            "model": one.model,
        },
        data_class=one.data_class,
        ledger=tuple({"id": entry} for entry in one.ledger),
    )


def _section(section: Any) -> dict[str, Any]:
    return {
        "title": section.title,
        "silent": section.silent,
        "sentences": [
            {
                "text": group["text"],
                "state": group["state"],
                "cited": [f"{c['place']}: {c['page'] or '–'}" for c in group["citations"]],
            }
            for group in section.groups
        ],
    }


# What checks saw, in words -----------------------------------------------------------------------


def _of_reports(facts: Facts) -> str:
    return ngettext("%(count)s report was read.", "%(count)s reports were read.", facts["read"]) % {
        "count": facts["read"]
    }


def _of_cited(facts: Facts) -> str:
    if not facts["sentences"]:
        return _("There is no sentence yet.")
    lacking = facts["lacking"]
    if not lacking:
        return _("Every sentence cites a report.")
    return ngettext("%(count)s sentence cites nothing.", "%(count)s sentences cite nothing.", lacking) % {
        "count": lacking
    }


def _of_shows(facts: Facts) -> str:
    if not facts["missing"]:
        return _("All figures that were looked for stand in the table.")
    text = ngettext(
        "%(count)s figure is not in the table.", "%(count)s figures are not in the table.", facts["missing"]
    )
    return text % {"count": facts["missing"]}


def _of_contradictions(facts: Facts) -> str:
    text = ngettext("%(count)s contradiction was found.", "%(count)s contradictions were found.", facts["found"])
    return text % {"count": facts["found"]}


CHECKS: Mapping[str, Check] = {
    "synthesis-reports": Check(
        HERE + "reports", gettext_lazy("Enough reports were read"), _of_reports, settings.Reports
    ),
    "synthesis-cited": Check(HERE + "cited", gettext_lazy("Every sentence cites a report"), _of_cited),
    "synthesis-shows": Check(
        HERE + "shows", gettext_lazy("Certain figures stand in the table"), _of_shows, settings.Shows
    ),
    "synthesis-contradictions": Check(
        HERE + "contradictions", gettext_lazy("Contradictions were found"), _of_contradictions, settings.Contradictions
    ),
}
