"""Tools as labs take them: how they were described, what they do, how they came to be."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khue.domains.prototypes.handing import settings
from khue.domains.prototypes.models import Tool
from khue.gateway import api as gateway
from khue.kernel.artefacts import Check, Frozen, Made

HERE = "khue.domains.prototypes.handing.checks:"
Facts = Mapping[str, Any]


class Tools:
    """kernel.artefacts.Kind."""

    name = "prototype"
    tool = "prototypes"
    label = gettext_lazy("Small tool")
    template = "prototypes/_frozen.html"

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        own = Tool.objects.filter(owner_id=person_id, head__isnull=False).select_related("head").order_by("-updated_at")
        return [_made(tool) for tool in own[:limit]]

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        own = Tool.objects.filter(pk__in=ids, owner_id=person_id, head__isnull=False).select_related("head")
        return {one.pk: _frozen(one) for one in own}


def _made(tool: Tool) -> Made:
    assert tool.head
    about = ngettext("%(count)s version", "%(count)s versions", tool.head.number) % {"count": tool.head.number}
    return Made(tool.pk, tool.title, about, tool.updated_at, reverse("prototypes:studio", args=[tool.pk]))


def _frozen(tool: Tool) -> Frozen:
    head = tool.head
    assert head
    turns = list(tool.turns.select_related("version"))
    ledgers = tool.versions.order_by("number").values_list("ledger", flat=True)
    made_by = [call["id"] for ledger in ledgers for call in ledger]
    calls = [gateway.entry(UUID(call)) for call in made_by]
    return Frozen(
        title=tool.title,
        made_at=tool.created_at,
        changed_at=tool.updated_at,
        body={
            "idea": tool.idea,
            "examples": tool.examples.splitlines(),
            "language": tool.language,
            "versions": head.number,
            "pattern": head.pattern,
            "source": head.source,
            "picture": head.picture,
            "picture_by": head.picture_by,
            "outcomes": head.outcomes,
            "findings": head.findings,
            "turns": [
                {
                    "kind": turn.kind,
                    "asked": turn.asked,
                    "said": turn.said,
                    "version": turn.version.number if turn.version else None,
                }
                for turn in turns
            ],
        },
        data_class=tool.data_class,
        ledger=tuple(_entry(call) for call in calls if call),
    )


def _entry(call: gateway.Recorded) -> dict[str, Any]:
    """What the ledger says of a call; it stands there for good, and is proved by its number."""
    names = ("seq", "purpose", "model", "provider", "zone", "decision", "outcome", "prompt_tokens", "completion_tokens")
    facts = {name: getattr(call, name) for name in (*names, "input_digest", "output_digest")}
    return {"call": str(call.id), "at": call.at.isoformat(), "data_class": int(call.data_class), **facts}


# What checks saw, in words -----------------------------------------------------------------------


def _of_description(facts: Facts) -> str:
    return ngettext("%(count)s word in all.", "%(count)s words in all.", facts["words"]) % {"count": facts["words"]}


def _of_examples(facts: Facts) -> str:
    if not facts["ran"]:
        return _("No example has been run.")
    said = ngettext("%(good)s of %(ran)s example works.", "%(good)s of %(ran)s examples work.", facts["ran"])
    return said % {"good": facts["good"], "ran": facts["ran"]}


def _of_changes(facts: Facts) -> str:
    said = ngettext(
        "%(count)s change after the first version.", "%(count)s changes after the first version.", facts["count"]
    )
    return said % {"count": facts["count"]}


def _of_findings(facts: Facts) -> str:
    return (
        _("Nothing that must be changed.")
        if facts["passed"]
        else " ".join(facts["grave"]) or _("No tool was handed in.")
    )


CHECKS: Mapping[str, Check] = {
    "prototype-described": Check(
        HERE + "described", gettext_lazy("described in words enough"), _of_description, settings.Described
    ),
    "prototype-works": Check(HERE + "works", gettext_lazy("its examples work"), _of_examples, settings.Works),
    "prototype-changed": Check(
        HERE + "changed", gettext_lazy("changed after it was tried"), _of_changes, settings.Changed
    ),
    "prototype-safe": Check(HERE + "safe", gettext_lazy("nothing in it must be changed"), _of_findings),
}
