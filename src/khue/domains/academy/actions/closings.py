"""The closing report to take along: a PDF and a spreadsheet with charts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from khue.domains.academy.models import Outcome
from khue.domains.academy.queries.closing import Closing, Group
from khue.domains.academy.quizzing.effects import Change
from khue.domains.academy.rules.texts import in_language
from khue.ui.formats import day, moment, number, percent
from khue.ui.typesetting import pdf

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "closing.typ"
Row = Sequence[str | float | int | datetime | None]
SHARE = "0%"


def paper(report: Closing) -> bytes:
    """A4, in the active language."""
    return pdf(TEMPLATE, _data(report), at=report.made_at)


def _data(report: Closing) -> dict[str, Any]:
    cohort = report.cohort
    return {
        "language": get_language() or "vi",
        "title": _("Closing report"),
        "cohort": cohort.name,
        "programme": cohort.version.name,
        "span": f"{day(cohort.starts_on)} – {day(cohort.ends_on)}",
        "made": _("Made on %(time)s by Khuê") % {"time": moment(report.made_at)},
        "page": _("page"),
        "keys": keys(report),
        "groups": [
            {
                "title": title,
                "columns": [
                    title,
                    pgettext("of a report", "People"),
                    pgettext("of a report", "Attendance"),
                    _("Have completed"),
                ],
                "rows": [_in_words(group) for group in groups],
                "shares": [group.attendance or 0 for group in groups],
            }
            for title, groups in ((_("Campus"), report.places), (_("Province"), report.provinces))
        ],
        "sessions": {
            "title": _("Attendance by session"),
            "rows": [[one.name, moment(one.starts_at), f"{one.present} / {one.of}"] for one in report.sessions],
            "shares": [one.share for one in report.sessions],
        },
        "scores": {
            "title": _("Quizzes, labs, sprint"),
            "columns": ["", _("Handed in"), pgettext("of a report", "Passed"), _("Mean score")],
            "rows": [
                [one.activity.name, f"{one.done} / {one.of}", str(one.passed), _percent(one.mean)]
                for one in report.scores
            ],
        },
        "survey": {
            "title": _("What changed from the survey before to the one after"),
            "columns": [_("Question"), _("Before"), _("After"), _("Difference and interval"), _("Effect")],
            "rows": list(changes(report)),
        },
        "satisfaction": {
            "title": _("How it was found"),
            "columns": [_("Question"), _("Mean"), _("Replies")],
            "rows": list(satisfied(report)),
        },
        "sprint": {
            "title": _("Mini sprint"),
            "columns": [_("Teams"), _("How many")],
            "rows": [[name, number(count)] for name, count in of_the_sprint(report)],
        },
    }


def keys(report: Closing) -> list[list[str]]:
    """Label, figure, what it is of."""
    done = "–" if report.completed is None else number(report.completed)
    return [
        [
            pgettext("of a report", "People"),
            number(report.people),
            _("%(count)s provinces") % {"count": number(len(report.provinces))},
        ],
        [pgettext("of a report", "Attendance"), _percent(report.attendance), _("of all sessions and people")],
        [_("Have completed"), done, _("%(count)s certificates issued") % {"count": number(report.certified)}],
        [
            _("Hours of a person"),
            number(report.hours_in_sessions, 1),
            _("in sessions; %(hours)s at quizzes") % {"hours": number(report.hours_at_quizzes, 1)},
        ],
    ]


def _in_words(group: Group) -> list[str]:
    return [group.name, number(group.people), _percent(group.attendance), number(group.completed)]


def _percent(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _compared(report: Closing) -> Iterable[tuple[str, Change]]:
    """Only where enough replied to be shown."""
    language = get_language() or "vi"
    for row in report.comparison.rows if report.comparison else ():
        if row.change is not None:
            yield in_language(row.text, language), row.change


def changes(report: Closing) -> Iterable[list[str]]:
    """Question, means, difference with its interval, effect."""
    for text, change in _compared(report):
        within = change.difference_within
        yield [
            text,
            number(change.before, 2),
            number(change.after, 2),
            f"{_signed(change.difference)} ({_signed(within.low)} … {_signed(within.high)})",
            "–" if change.effect is None else _signed(change.effect),
        ]


def _signed(value: float) -> str:
    return ("−" if value < 0 else "+") + number(abs(value), 2)


def _found(report: Closing) -> Iterable[tuple[str, float, int]]:
    language = get_language() or "vi"
    for one in report.satisfaction:
        if one.mean is not None:
            yield in_language(one.text, language), one.mean, one.replies


def satisfied(report: Closing) -> Iterable[list[str]]:
    """Question, mean, replies."""
    for text, mean, replies in _found(report):
        yield [text, number(mean, 2), number(replies)]


def of_the_sprint(report: Closing) -> list[tuple[str, int]]:
    """Teams that presented, and what became of their work; empty without a mini sprint."""
    if not report.teams:
        return []
    asked = [(str(outcome.label), report.outcomes.get(outcome.value, 0)) for outcome in Outcome]
    rest = report.teams - sum(report.outcomes.values())
    return [
        (_("In all"), report.teams),
        (_("Have presented"), report.teams_presented),
        *asked,
        (_("No answer yet about what became of it"), rest),
    ]


def spreadsheet(report: Closing) -> bytes:
    """XLSX: a sheet for each part, its figures as numbers, a chart beside those that compare."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Summary")
    _fill(sheet, [_("Closing report"), report.cohort.name], [[one[0], one[1], one[2]] for one in keys(report)])
    for title, groups in ((_("Campuses"), report.places), (_("Provinces"), report.provinces)):
        rows: list[Row] = [[one.name, one.people, one.attendance, one.completed] for one in groups]
        head = [title, pgettext("of a report", "People"), pgettext("of a report", "Attendance"), _("Have completed")]
        made = _fill(book.create_sheet(title), head, rows, formats={3: SHARE})
        _chart(made, column=3, rows=len(rows))
    made = _fill(
        book.create_sheet(_("Sessions")),
        [_("Session"), _("Begins"), _("Present"), _("Of"), pgettext("of a report", "Attendance")],
        [[one.name, _wall_clock(one.starts_at), one.present, one.of, one.share] for one in report.sessions],
        formats={2: "dd/mm/yyyy hh:mm", 5: SHARE},
    )
    _chart(made, column=5, rows=len(report.sessions))
    made = _fill(
        book.create_sheet(_("Scores")),
        [_("What"), _("Handed in"), pgettext("of a report", "Passed"), _("Of"), _("Mean score")],
        [[one.activity.name, one.done, one.passed, one.of, one.mean] for one in report.scores],
        formats={5: SHARE},
    )
    _chart(made, column=5, rows=len(report.scores))
    _surveyed(book, report)
    if teams := of_the_sprint(report):
        _fill(book.create_sheet(_("Mini sprint")), [_("Teams"), _("How many")], teams)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _surveyed(book: Workbook, report: Closing) -> None:
    head = [_("Question"), _("Before"), _("After"), _("Difference"), _("Interval from"), _("Interval to"), _("Effect")]
    rows: list[Row] = [
        [text, one.before, one.after, one.difference, one.difference_within.low, one.difference_within.high, one.effect]
        for text, one in _compared(report)
    ]
    if rows:
        _fill(book.create_sheet(_("Survey")), head, rows, formats=dict.fromkeys(range(2, 8), "0.00"))
    found: list[Row] = [[text, mean, replies] for text, mean, replies in _found(report)]
    if found:
        title, head = _("How it was found"), [_("Question"), _("Mean"), _("Replies")]
        _fill(book.create_sheet(title), head, found, formats={2: "0.00"})


def _wall_clock(at: datetime) -> datetime:
    """Spreadsheets know no time zones."""
    return timezone.localtime(at).replace(tzinfo=None)


def _fill(sheet: Any, head: Sequence[str], rows: Sequence[Row], *, formats: Mapping[int, str] | None = None) -> Any:
    """`formats`: column → how its figures are shown."""
    sheet.append([_text(cell) for cell in head])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row in rows:
        sheet.append([_text(cell) for cell in row])
    for column, form in (formats or {}).items():
        for at in range(2, len(rows) + 2):
            sheet.cell(at, column).number_format = form
    for at in range(2, len(rows) + 2):
        sheet.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
    for at in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 44 if at == 1 else 18
    sheet.freeze_panes = "A2"
    return sheet


def _text(cell: Any) -> Any:
    """A text that looks like a formula stays a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "@"} else cell


def _chart(sheet: Any, *, column: int, rows: int) -> None:
    if not rows:
        return
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = str(sheet.cell(1, column).value)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.number_format = 0, 1, "0%"
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(Reference(sheet, min_col=column, min_row=1, max_row=rows + 1), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows + 1))
    chart.series[0].graphicalProperties.solidFill = "1F6F63"
    chart.height, chart.width = max(6, 0.7 * rows + 3), 20
    sheet.add_chart(chart, f"{get_column_letter(sheet.max_column + 2)}2")
