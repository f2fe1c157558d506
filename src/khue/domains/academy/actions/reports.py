"""How a cohort takes part, as a workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khue.domains.academy.actions.wording import why
from khue.domains.academy.models import Cohort
from khue.domains.academy.models.attendance import PRESENCE_LABELS
from khue.domains.academy.queries.participation import KINDS, Group, Line, Participation
from khue.domains.academy.roster.workbook import Share, Table, workbook
from khue.domains.academy.rules.attendance import Presence
from khue.kernel.clock import now
from khue.ui.formats import day, moment


def participation(cohort: Cohort, found: Participation) -> bytes:
    """XLSX: by place, by province, people, reasons; in the active language."""
    above = [cohort.name, f"{cohort.version.name}, {day(cohort.starts_on)} – {day(cohort.ends_on)}",
             _("As of %(time)s") % {"time": moment(now())}]  # fmt: skip
    return workbook(
        [
            _groups(_("By place"), _("Place"), above, found, [*found.by_place, found.whole], _("No place set")),
            _groups(_("By province"), _("Province"), above, found, found.by_province, _("No province")),
            _people(above, found),
            _reasons(above, found.shown),
        ]
    )


def _kinds() -> list[str]:
    return [_("Pages read"), _("Quizzes"), _("Labs"), _("Surveys")]


def _session_heads(found: Participation) -> list[str]:
    return [f"{session.name}, {moment(session.starts_at)}" for session in found.plan.sessions]


def _groups(
    title: str, label: str, above: Sequence[str], found: Participation, groups: Iterable[Group], none: str
) -> Table:
    sessions = _session_heads(found)
    columns = [label, pgettext("count", "People"), _("Signed in"), *sessions, *_kinds(), _("Behind")]
    rows = [
        [
            _label(group, found, none),
            group.people,
            group.joined,
            *_shares(group.present),
            *_shares(group.counts),
            group.behind,
        ]
        for group in groups
    ]
    return Table(title, above, columns, [28, 9, 11, *[16] * len(sessions), 10, 10, 10, 10, 11], rows)


def _label(group: Group, found: Participation, none: str) -> str:
    return _("All") if group is found.whole else str(group.label or none)


def _shares(pairs: Iterable[tuple[int, int]]) -> list[Share]:
    return [Share(done, of) for done, of in pairs]


def _people(above: Sequence[str], found: Participation) -> Table:
    sessions = _session_heads(found)
    columns = [
        _("Name"),
        _("Unit"),
        _("Position"),
        _("Province"),
        _("Place"),
        _("Team"),
        _("Signed in"),
        *sessions,
        *_kinds(),
        _("Behind, and why"),
    ]
    widths = [26, 26, 18, 18, 20, 12, 11, *[16] * len(sessions), 10, 10, 10, 10, 60]
    return Table(pgettext("heading", "People"), above, columns, widths, [_person(line) for line in found.shown])


def _person(line: Line) -> list[Any]:
    one = line.enrolment
    noted = [_noted(line.presence(session), is_over=session.pk in line.plan.over) for session in line.plan.sessions]
    counts = [f"{done}/{of}" if of else "" for done, of in (line.done(kind) for kind in KINDS)]
    joined = _("Yes") if line.is_joined else _("No")
    whys = "; ".join(why(reason) for reason in line.behind)
    return [
        one.person.full_name,
        one.unit,
        one.job,
        one.province,
        one.place or "",
        one.team or "",
        joined,
        *noted,
        *counts,
        whys,
    ]


def _noted(presence: str | None, *, is_over: bool) -> str:
    if presence:
        return str(PRESENCE_LABELS[Presence(presence)])
    return str(PRESENCE_LABELS[Presence.ABSENT]) if is_over else ""


def _reasons(above: Sequence[str], lines: Iterable[Line]) -> Table:
    columns = [_("Name"), _("Place"), _("Province"), _("Telephone"), _("Why")]
    rows = [
        [
            line.enrolment.person.full_name,
            line.enrolment.place or "",
            line.enrolment.province,
            line.enrolment.phone,
            why(reason),
        ]
        for line in lines
        for reason in line.behind
    ]
    return Table(_("Behind"), above, columns, [26, 22, 18, 16, 70], rows)
