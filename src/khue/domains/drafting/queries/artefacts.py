"""Drafts as labs take them: with what the checker finds in them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.drafting.handing import settings
from khue.domains.drafting.models import Draft
from khue.domains.drafting.nd30 import checking, compiling, wording
from khue.domains.drafting.queries import preview
from khue.domains.drafting.queries.drafts import lines_of
from khue.kernel.artefacts import Check, Frozen, Made

HERE = "khue.domains.drafting.handing.checks:"
Facts = Mapping[str, Any]


class Drafts:
    """kernel.artefacts.Kind."""

    name = "draft"
    tool = "draft"
    label = gettext_lazy("Administrative document")
    template = "drafting/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Draft.objects.filter(owner_id=person_id).order_by("-updated_at")
        return [_made(draft) for draft in own[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        return {one.pk: _frozen(one) for one in Draft.objects.filter(pk__in=ids, owner_id=person_id)}


def _made(draft: Draft) -> Made:
    count = draft.versions.count()
    about = ngettext("%(count)s version", "%(count)s versions", count) % {"count": count}
    return Made(draft.pk, draft.title, about, draft.updated_at, reverse("drafting:draft", args=[draft.pk]))


def _frozen(draft: Draft) -> Frozen:
    lines = lines_of(draft.document)
    findings = checking.check(compiling.docx(draft.document))
    text = "\n".join(lines)
    return Frozen(
        title=draft.title,
        made_at=draft.created_at,
        changed_at=draft.updated_at,
        body={
            "type": draft.content["type"],
            "content": draft.content,
            "lines": lines,
            "lacking": draft.document.lacking,
            "gaps": len(wording.GAP.findall(text)),
            "findings": [one.as_dict() for one in findings],
            "words": len(text.split()),
            "versions": draft.versions.count(),
            "sources": len(draft.sources),
            "unbacked": len(preview.unbacked(draft.document, draft.marks)),
        },
        data_class=draft.data_class,
        ledger=tuple(draft.ledger),
    )


# What checks saw, in words -----------------------------------------------------------------------


def _of_type(facts: Facts) -> str:
    return _("The type is right.") if facts["passed"] else _("The type asked for was not handed in.")


def _of_whole(facts: Facts) -> str:
    if facts["passed"]:
        return _("Nothing is missing.")
    said = _("missing parts: %(lacking)s; gaps to fill: %(gaps)s") % {
        "lacking": facts["lacking"],
        "gaps": facts["gaps"],
    }
    return f"{said}."


def _of_findings(facts: Facts) -> str:
    if facts["passed"]:
        return _("The checker finds no departure from the decree.")
    return ngettext("%(count)s departure from the decree.", "%(count)s departures from the decree.", facts["count"]) % {
        "count": facts["count"]
    }


def _of_backed(facts: Facts) -> str:
    if facts["passed"]:
        return _("Every sentence of the writer has a source.")
    return ngettext("%(count)s sentence without a source", "%(count)s sentences without a source", facts["count"]) % {
        "count": facts["count"]
    }


def _of_length(facts: Facts) -> str:
    return ngettext("%(count)s word.", "%(count)s words.", facts["words"]) % {"count": facts["words"]}


CHECKS: Mapping[str, Check] = {
    "draft-type": Check(
        HERE + "typed", gettext_lazy("the type of document that was asked for"), _of_type, settings.Typed
    ),
    "draft-whole": Check(HERE + "whole", gettext_lazy("no part is missing and no gap is left"), _of_whole),
    "draft-form": Check(HERE + "formal", gettext_lazy("the form of Decree 30/2020/NĐ-CP"), _of_findings),
    "draft-backed": Check(HERE + "backed", gettext_lazy("no sentence of the writer without a source"), _of_backed),
    "draft-length": Check(HERE + "length", gettext_lazy("as long as was asked for"), _of_length, settings.Length),
}
