"""Evidence as it was handed in."""

from datetime import datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from khue.domains.academy.models import Evidence
from khue.kernel import artefacts
from khue.ui.formats import moment

register = template.Library()


@register.filter
def kind_name(evidence: Evidence) -> str:
    if evidence.kind == "file":
        return _("File")
    if evidence.kind == "link":
        return _("Link")
    kind = artefacts.kind(evidence.kind)
    return str(kind.label) if kind else evidence.kind


@register.simple_tag
def frozen(evidence: Evidence) -> SafeString:
    """Shown by the tool that made it; without the tool only its title is left to show."""
    kind = artefacts.kind(evidence.kind)
    if kind is None or not kind.template:
        return SafeString("")
    context = {"body": evidence.body, "ledger": evidence.ledger, "title": evidence.title}
    return SafeString(render_to_string(kind.template, context))


@register.filter
def at_moment(entry: dict[str, Any]) -> str:
    return moment(datetime.fromisoformat(entry["at"]))


@register.filter
def level_of(levels: dict[str, Any], key: str) -> Any:
    """{{ grade.levels|level_of:criterion.key }}"""
    return levels.get(key)
