"""The demonstration's tools: made from patterns, by code alone."""

from pathlib import Path

import yaml
from django.utils import timezone

from khue.domains.people import api as people
from khue.domains.prototypes.actions import tools
from khue.domains.prototypes.models import Review, State, Tool, Verdict
from khue.domains.prototypes.patterns import faults, pattern

# of the demonstration's people: a lecturer, whose programme has the lab, and who reviews
OWNER, REVIEWER = "binh", "dung"


def load(folder: Path) -> int:
    """Those whose title is free → how many."""
    by, reviewer = people.operator(OWNER), people.operator(REVIEWER)
    added = 0
    for path in sorted(folder.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        one = pattern(told["pattern"])
        if Tool.objects.filter(owner_id=by.person_id, title=told["parameters"]["title"]).exists():
            continue
        if wrong := faults(one, told["parameters"]):
            raise ValueError(f"{path}: {wrong}")
        tool = tools.create(
            by=by, idea=told["idea"], language=told["language"], examples=told.get("examples", ""),
            title=told["parameters"]["title"],
        )  # fmt: skip
        source = {"pattern": one.key, "parameters": told["parameters"]}
        made = tools.keep(tool=tool, source=source, reason=told["idea"][:280], by_id=by.person_id)
        if told.get("published"):
            Review.objects.create(
                version=made, asked_by_id=by.person_id, by_id=reviewer.person_id, verdict=Verdict.ACCEPTED,
                decided_at=timezone.now(), note=told["published"],
            )  # fmt: skip
            tool.published, tool.state = made, State.PUBLISHED
            tool.save(update_fields=["published", "state"])
        added += 1
    return added
