"""Words for what the gateway counts and decides."""

from collections.abc import Mapping

from django import template

from khue.domains.stewardship import words
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass
from khue.ui.formats import NBSP, number

register = template.Library()


@register.filter
def kinds(found: Mapping[str, int]) -> str:
    """{"cccd": 2, "email": 1} → "2 × citizen identity number, 1 × e-mail address"; the most frequent first."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{number(count)} × {gateway.type_name(name)}" for name, count in ordered)


@register.filter
def total(found: Mapping[str, int]) -> int:
    return sum(found.values())


@register.filter
def type_name(name: str) -> str:
    return str(gateway.type_name(name))


@register.filter
def class_name(value: int) -> str:
    return str(words.CLASS_NAMES[DataClass(value)])


def _named(names: Mapping[str, object], name: str) -> str:
    return str(names.get(name, name or "–"))


@register.filter
def zone_name(zone: str) -> str:
    return _named(words.ZONE_NAMES, zone)


@register.filter
def tool_name(tool: str) -> str:
    return _named(words.TOOL_NAMES, tool)


@register.filter
def decision_name(decision: str) -> str:
    return _named(words.DECISION_NAMES, decision)


@register.filter
def reason_name(code: str) -> str:
    return _named(words.REASON_NAMES, code)


@register.filter
def energy(millijoules: int) -> str:
    """In watt hours, or kilowatt hours from a thousand on."""
    hours = millijoules / 3_600_000
    return f"{number(hours / 1000, 2)}{NBSP}kWh" if hours >= 1000 else f"{number(hours, 2)}{NBSP}Wh"


@register.filter
def grams(micrograms: int) -> str:
    found = micrograms / 1_000_000
    return f"{number(found / 1000, 2)}{NBSP}kg" if found >= 1000 else f"{number(found, 2)}{NBSP}g"


@register.filter
def kind_name(kind: str) -> str:
    return _named(words.KIND_NAMES, kind)


@register.filter
def code(value: int) -> str:
    """A class as an address names it."""
    return str(int(value))


@register.filter
def short(digest: str) -> str:
    """The head and the tail of a digest, enough to compare by eye."""
    return f"{digest[:8]}…{digest[-8:]}" if len(digest) > 20 else digest
