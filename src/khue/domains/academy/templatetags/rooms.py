"""How long ago, steps of a scale, what was chosen."""

from datetime import datetime
from typing import Any

from django import template

from khue.domains.academy.templatetags.academy import lasting
from khue.kernel.clock import now

register = template.Library()


@register.filter
def ago(moment: datetime | None) -> str:
    """Whole minutes since: 7 min."""
    return lasting(max(0, int((now() - moment).total_seconds() // 60))) if moment else ""


@register.filter
def wide(share: float) -> str:
    """For a bar's length: 0.5 → 50.0, whatever the language."""
    return f"{share * 100:.1f}"


@register.filter
def levels(steps: int) -> list[int]:
    return list(range(1, steps + 1))


@register.filter
def chosen_in(number: int, mine: Any) -> bool:
    return isinstance(mine, list) and number in mine
