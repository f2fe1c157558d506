"""Drafts of the demonstration."""

from pathlib import Path

import yaml

from khue.domains.drafting.actions import drafts
from khue.domains.drafting.models import Draft
from khue.domains.people import api as people


def load(path: Path) -> int:
    """→ how many were added; one of the same type and subject of the same person is left alone."""
    added = 0
    for given in yaml.safe_load(path.read_text(encoding="utf-8"))["drafts"]:
        person, content = people.person_called(given["owner"]), given["content"]
        if person is None:
            continue
        same = {"owner_id": person, "content__type": content["type"], "content__subject": content["subject"]}
        if not Draft.objects.filter(**same).exists():
            drafts.create(by=people.actor_of(person), content=content)
            added += 1
    return added
