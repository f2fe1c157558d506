"""The sovereignty report on paper."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from khue.domains.stewardship.queries.report import Report
from khue.domains.stewardship.reporting.figures import Bar
from khue.domains.stewardship.templatetags import stewardship as words
from khue.ui.formats import day, moment, number
from khue.ui.typesetting import pdf

TEMPLATE = Path(__file__).resolve().parent / "typst" / "report.typ"


def report_pdf(report: Report, *, note: str, key: str) -> bytes:
    """A4, in the active language. `note` is a checkpoint signed now, `key` what it is checked with."""
    return pdf(TEMPLATE, _data(report) | _check(note, key), at=report.made_at)


def _data(report: Report) -> dict[str, Any]:
    figures = report.figures
    span = {"first": day(report.period.first), "last": day(report.period.last)}
    return {
        "language": get_language() or "vi",
        "title": _("Sovereignty report"),
        "organisation": report.organisation,
        "period": _("%(first)s to %(last)s") % span,
        "made": _("Made on %(time)s by Khuê") % {"time": moment(report.made_at)},
        "page": _("Page"),
        "left": figures.left > 0,
        "headline": _headline(report),
        "keys": [
            [_("Calls of models"), number(figures.calls), _people(report.people) if report.people else ""],
            [_("Left the institution"), number(figures.left), _hidden(figures.hidden_first)],
            [pgettext("calls", "Refused"), number(figures.refused), _("nothing of them was sent")],
            [_("Identifiers hidden"), number(report.hidden_total), _("before anything was sent")],
        ],
        "classes": {
            "title": _("Of which class, and where it went"),
            "columns": [_("Class"), *(words.zone_name(str(place)) for place in report.kinds_of_places), _("Calls")],
            "rows": [
                [words.class_name(bar.key), *map(number, counts), number(bar.total)]  # type: ignore[arg-type]
                for bar, (_one, counts) in zip(report.class_bars, report.class_table, strict=True)
            ],
            "bars": [[[name, share] for name, _count, share in bar.parts] for bar in report.class_bars],
            "legend": [[str(place), words.zone_name(str(place))] for place in report.kinds_of_places],
        },
        "days": {
            "title": _("Day by day"),
            "ceiling": number(report.ceiling),
            "columns": [[column.made / report.ceiling, column.refused / report.ceiling] for column in report.columns],
            "ends": list(span.values()),
        },
        "hidden": _bars(_("What was hidden"), report.hidden_bars, words.type_name, _("Nothing had to be hidden.")),
        "refused": {
            "title": _("What was refused"),
            "none": _("No call was refused."),
            "columns": [_("Class"), _("Reason"), _("Times")],
            "rows": [[*said, number(count)] for said, count in _refusals(report).most_common()],
        },
        "tools": _bars(_("What it was used for"), report.tool_bars, words.tool_name, ""),
        "decided": {
            "title": _("Decisions and energy"),
            "rows": [
                [_("Decisions about classes"), number(report.decisions)],
                [_("Changes of policy"), number(report.policy_changes)],
                [_("Connections refused on this server"), number(report.connections)],
                [_("Tokens"), number(figures.tokens)],
                [_("Energy (estimate)"), words.energy(figures.energy_mj)],
                [_("CO₂ (estimate)"), words.grams(figures.co2_ug)],
            ],
            "note": _("What the estimates stand on"),
            "sources": report.energy_sources,
        },
    }


def _headline(report: Report) -> str:
    figures = report.figures
    if not figures.calls:
        return _("No model was used in this period.")
    if figures.left:
        said = ngettext(
            "Of %(made)s calls, %(count)s went beyond the institution.",
            "Of %(made)s calls, %(count)s went beyond the institution.",
            figures.left,
        )
        return said % {"made": number(figures.made), "count": number(figures.left)}
    said = ngettext(
        "One call of a model was made, and it did not leave the institution.",
        "%(count)s calls of models were made, and none of them left the institution.",
        figures.made,
    )
    return said % {"count": number(figures.made)}


def _refusals(report: Report) -> Counter[tuple[str, str]]:
    """By class and reason; which rule it was stands on the page."""
    found: Counter[tuple[str, str]] = Counter()
    for one in report.refusals:
        name = words.class_name(one.data_class) if one.data_class is not None else "–"
        found[name, words.reason_name(one.error)] += one.number
    return found


def _people(count: int) -> str:
    return ngettext("by %(count)s person", "by %(count)s people", count) % {"count": number(count)}


def _hidden(count: int) -> str:
    return _("%(count)s with identifiers hidden") % {"count": number(count)}


def _bars(title: str, bars: list[Bar], name: Any, none: str) -> dict[str, Any]:
    rows = [[name(str(bar.key)), bar.parts[0][2], number(bar.total)] for bar in bars]
    return {"title": title, "none": none, "rows": rows}


def _check(note: str, key: str) -> dict[str, Any]:
    return {
        "check": {
            "title": _("How to check this report"),
            "text": _(
                "Every figure is counted from the ledger of this installation, in which each entry carries the "
                "fingerprint of the one before. Below stands a checkpoint signed when this report was made. Whoever "
                "holds it can show at any later time, with “khue ledger verify --checkpoint FILE”, whether an entry "
                "before it was changed, removed, inserted or moved. No text, no question and no name stands in this "
                "report."
            ),
            "note": note,
            "key_label": _("Public key of this installation"),
            "key": key,
            "signed": [_("Data steward"), _("Head of the institution")],
        }
    }
