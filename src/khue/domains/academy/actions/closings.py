"""The closing report to take along: a PDF and a spreadsheet with charts."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from khue.domains.academy.queries.closing import Closing, Group
from khue.domains.academy.rules.texts import in_language
from khue.ui.formats import day, moment, number, percent
from khue.ui.typesetting import pdf

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "closing.typ"
Row = Sequence[str | float | int | None]


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
        "satisfaction": {"title": _("How it was found"), "rows": list(satisfied(report))},
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


def changes(report: Closing) -> Iterable[list[str]]:
    """Question, means, difference with its interval, effect; only where enough replied to be shown."""
    found = report.comparison
    language = get_language() or "vi"
    for row in found.rows if found else ():
        if (change := row.change) is None:
            continue
        within = change.difference_within
        yield [
            in_language(row.text, language),
            number(change.before, 2),
            number(change.after, 2),
            f"{change.difference:+.2f} ({within.low:+.2f} … {within.high:+.2f})",
            "–" if change.effect is None else f"{change.effect:+.2f}",
        ]


def satisfied(report: Closing) -> Iterable[list[str]]:
    """Question, mean, replies."""
    language = get_language() or "vi"
    for one in report.satisfaction:
        if one.mean is not None:
            yield [in_language(one.text, language), number(one.mean, 2), number(one.replies)]


def spreadsheet(report: Closing) -> bytes:
    """XLSX: a sheet for each part, its figures as numbers, a chart beside those that compare."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Summary")
    _fill(sheet, [_("Closing report"), report.cohort.name], [[one[0], one[1], one[2]] for one in keys(report)])
    for title, groups in ((_("Campuses"), report.places), (_("Provinces"), report.provinces)):
        rows: list[Row] = [[one.name, one.people, one.attendance, one.completed] for one in groups]
        head = [title, pgettext("of a report", "People"), pgettext("of a report", "Attendance"), _("Have completed")]
        made = _fill(book.create_sheet(title), head, rows, shares=(3,))
        _chart(made, column=3, rows=len(rows))
    made = _fill(
        book.create_sheet(_("Sessions")),
        [_("Session"), _("Begins"), _("Present"), _("Of"), pgettext("of a report", "Attendance")],
        [[one.name, moment(one.starts_at), one.present, one.of, one.share] for one in report.sessions],
        shares=(5,),
    )
    _chart(made, column=5, rows=len(report.sessions))
    made = _fill(
        book.create_sheet(_("Scores")),
        [_("What"), _("Handed in"), pgettext("of a report", "Passed"), _("Of"), _("Mean score")],
        [[one.activity.name, one.done, one.passed, one.of, one.mean] for one in report.scores],
        shares=(5,),
    )
    _chart(made, column=5, rows=len(report.scores))
    head = [_("Question"), _("Before"), _("After"), _("Difference and interval"), _("Effect")]
    _fill(book.create_sheet(_("Survey")), head, [*changes(report), *satisfied(report)])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(sheet: Any, head: Sequence[str], rows: Sequence[Row], *, shares: tuple[int, ...] = ()) -> Any:
    sheet.append([_text(cell) for cell in head])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([_text(cell) for cell in row])
    for column in shares:
        for at in range(2, len(rows) + 2):
            sheet.cell(at, column).number_format = "0%"
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
