"""Texts to begin from: the gallery that comes with Khuê, and those of the organisation."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language

from khue.domains.drafting.models import Template
from khue.domains.drafting.nd30 import wording
from khue.domains.drafting.nd30.kinds import kind
from khue.domains.people import api as people
from khue.domains.people.api import Actor


@dataclass(frozen=True)
class Shown:
    """`key`: of the gallery, or the id of a template of the organisation."""

    key: str
    name: str
    type_name: str
    gaps: int
    content: dict[str, Any]
    own: bool = False
    by: str = ""


@cache
def _given() -> tuple[dict[str, Any], ...]:
    files = sorted((Path(settings.CONTENT) / "templates").glob("*.yaml"))
    return tuple(one for path in files for one in yaml.safe_load(path.read_text(encoding="utf-8"))["templates"])


def gallery() -> list[Shown]:
    """By type, in the order of the files."""
    language = get_language() or "vi"
    return [_shown(one["key"], one["names"].get(language, one["names"]["en"]), one["content"]) for one in _given()]


def own(by: Actor) -> list[Shown]:
    """Those that the person may begin from."""
    return [_own(one) for one in visible(by).select_related("by")]


def visible(by: Actor) -> QuerySet[Template]:
    """Of the organisation and those above it; a coordinator sees those below, too."""
    return Template.objects.filter(organisation_id__in=[*people.organisation_lineage(by.organisation_id), *by.branch])


def one(key: str, by: Actor) -> Shown | None:
    """Raises nothing: None for what is not there or not theirs."""
    found = next((each for each in gallery() if each.key == key), None)
    return found or next((each for each in own(by) if each.key == key), None)


def _own(template: Template) -> Shown:
    return _shown(str(template.pk), template.name, template.content, own=True, by=str(template.by or ""))


def _shown(key: str, name: str, content: dict[str, Any], *, own: bool = False, by: str = "") -> Shown:
    type_name = kind(content["type"]).called(get_language() or "vi")
    return Shown(key, name, type_name, len(wording.gaps_of(content)), content, own, by)
