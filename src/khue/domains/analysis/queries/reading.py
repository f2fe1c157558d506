"""One sentence on what a result shows, by rules: a figure in words is never the model's."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.analysis.charts import Choice
from khue.domains.analysis.engine import Result
from khue.ui.formats import number


def sentence(result: Result, choice: Choice | None, titles: Mapping[str, str] | None = None) -> str:
    called = dict(titles or {})
    if not result.rows:
        return _("No row fits. Nothing is wrong with the question; the data hold none.")
    if len(result.rows) == 1:
        return _one_row(result, called)
    if choice is None:
        return _counted(result)
    if choice.kind in {"line", "multiples"}:
        return _over_time(result, choice, called) if not choice.by else _over_times(result, choice, called)
    if choice.kind in {"ranking", "map", "part"}:
        return _highest(result, choice, called)
    return _counted(result)


def shown(value: Any) -> str:
    if value is None:
        return _("missing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and 1900 <= value <= 2100:
        return str(value)
    if isinstance(value, int | float):
        return number(round(value, 2)) if abs(value) >= 0.1 or value == 0 else number(round(value, 4))
    return str(value)


def _one_row(result: Result, called: Mapping[str, str]) -> str:
    values = list(zip(result.names, result.rows[0], strict=True))
    if len(values) == 1:
        return _("The answer is %(value)s.") % {"value": shown(values[0][1])}
    return "; ".join(f"{called.get(name, name)}: {shown(value)}" for name, value in values[:6]) + "."


def _counted(result: Result) -> str:
    count = len(result.rows)
    text = ngettext("%(count)s row.", "%(count)s rows.", count) % {"count": number(count)}
    return f"{text} {_('There are more; these are the first.')}" if result.is_cut else text


def _pairs(result: Result, choice: Choice) -> list[tuple[Any, float]]:
    pairs = zip(result.column(choice.x), result.column(choice.y), strict=True)
    return [(name, value) for name, value in pairs if name is not None and value is not None]


def _highest(result: Result, choice: Choice, called: Mapping[str, str]) -> str:
    pairs = sorted(_pairs(result, choice), key=lambda pair: -pair[1])
    if len(pairs) < 2:
        return _counted(result)
    return _("%(title)s: highest for %(first)s (%(high)s), lowest for %(last)s (%(low)s).") % {
        "title": called.get(choice.y, choice.y),
        "first": shown(pairs[0][0]), "high": shown(pairs[0][1]),
        "last": shown(pairs[-1][0]), "low": shown(pairs[-1][1]),
    }  # fmt: skip


def _over_time(result: Result, choice: Choice, called: Mapping[str, str]) -> str:
    pairs = sorted(_pairs(result, choice), key=lambda pair: str(pair[0]) if isinstance(pair[0], str) else pair[0])
    if len(pairs) < 2:
        return _counted(result)
    (since, before), (until, now) = pairs[0], pairs[-1]
    facts = {
        "title": called.get(choice.y, choice.y), "since": shown(since), "until": shown(until), "before": shown(before),
        "now": shown(now), "change": number(round(abs(now - before) / abs(before) * 100, 1)) if before else "–",
    }  # fmt: skip
    if now > before:
        return _("%(title)s rose from %(before)s (%(since)s) to %(now)s (%(until)s), by %(change)s%%.") % facts
    if now < before:
        return _("%(title)s fell from %(before)s (%(since)s) to %(now)s (%(until)s), by %(change)s%%.") % facts
    return _("%(title)s was the same in %(since)s and %(until)s: %(now)s.") % facts


def _over_times(result: Result, choice: Choice, called: Mapping[str, str]) -> str:
    last = max((value for value in result.column(choice.x) if value is not None), default=None)
    at = {name: place for place, name in enumerate(result.names)}
    ends = [(row[at[choice.by]], row[at[choice.y]]) for row in result.rows if row[at[choice.x]] == last]
    ends = sorted([pair for pair in ends if pair[1] is not None], key=lambda pair: -pair[1])
    if len(ends) < 2:
        return _counted(result)
    return _("In %(until)s %(title)s was highest for %(first)s (%(high)s) and lowest for %(last)s (%(low)s).") % {
        "until": shown(last), "title": called.get(choice.y, choice.y), "first": shown(ends[0][0]),
        "high": shown(ends[0][1]), "last": shown(ends[-1][0]), "low": shown(ends[-1][1]),
    }  # fmt: skip
