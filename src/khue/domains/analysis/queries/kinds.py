"""The kinds of steps that there are, with their wording."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from khue.domains.analysis.engine import Result
from khue.domains.analysis.queries import forecasts, statistics
from khue.domains.analysis.stepping import Kind


def _rows(result: Result, facts: Mapping[str, Any]) -> str:
    count = len(result.rows)
    return ngettext("%(count)s row.", "%(count)s rows.", count) % {"count": count}


KINDS = (
    Kind(
        name="sql",
        label=gettext_lazy("Question"),
        run="khue.domains.analysis.stepping.sql:run",
        tell=_rows,
    ),
    *statistics.KINDS,
    *forecasts.KINDS,
)
