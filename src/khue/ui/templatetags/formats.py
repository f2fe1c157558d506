"""khue.ui.formats as filters; an empty value stays empty."""

from collections.abc import Callable
from typing import Any

from django import template

from khue.ui import formats

register = template.Library()


def _unless_empty(write: Callable[..., str]) -> Callable[..., str]:
    def filter_(value: Any, *args: Any) -> str:
        return "" if value in (None, "") else write(value, *args)

    return filter_


for _name in ("number", "percent", "dong", "day", "moment", "size", "duration"):
    register.filter(_name, _unless_empty(getattr(formats, _name)))
