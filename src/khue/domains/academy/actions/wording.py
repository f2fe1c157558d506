"""What is said of a row of a list, of somebody who is behind, of a letter that was not sent."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from khue.domains.academy.models import InvitationLetter
from khue.domains.academy.roster.check import Code, Problem
from khue.domains.academy.roster.columns import Column
from khue.domains.academy.rules.participation import Behind, Reason
from khue.gateway.mail import Why


def reason(problem: Problem) -> str:
    """In the active language: what is wrong, and what to do where that is not plain."""
    values = {"value": problem.value, "hint": problem.hint, "column": column(problem.column) if problem.column else ""}
    return _WORDS[problem.code]() % values


def column(name: Column) -> str:
    return {
        Column.NAME: pgettext("column of a list", "name"),
        Column.FAMILY_NAME: pgettext("column of a list", "family name"),
        Column.GIVEN_NAME: pgettext("column of a list", "given name"),
        Column.EMAIL: pgettext("column of a list", "e-mail"),
        Column.PHONE: pgettext("column of a list", "telephone"),
        Column.PROVINCE: pgettext("column of a list", "province"),
        Column.UNIT: pgettext("column of a list", "unit"),
        Column.POSITION: pgettext("column of a list", "position"),
        Column.EXPERIENCE: pgettext("column of a list", "experience"),
        Column.PLACE: pgettext("column of a list", "place"),
        Column.CODE: pgettext("column of a list", "code"),
    }[name]


_WORDS = {
    Code.NAME_MISSING: lambda: _("There is no name. Write the full name."),
    Code.NAME_TOO_LONG: lambda: _("The name “%(value)s” is too long. Is it the right column?"),
    Code.EMAIL_BAD: lambda: _("“%(value)s” is not an e-mail address. Correct it, or leave the cell empty."),
    Code.TWICE: lambda: _("The same person stands in row %(hint)s already."),
    Code.PROVINCE_UNKNOWN: lambda: _("The province “%(value)s” is not known, today or before July 2025. Correct it."),
    Code.PROVINCE_BEFORE: lambda: _("%(value)s is part of %(hint)s since July 2025 and is counted there."),
    Code.PLACE_UNKNOWN: lambda: _("“%(value)s” is none of this cohort’s places."),
    Code.NO_EMAIL: lambda: _("No e-mail address: the invitation is a printed slip."),
    Code.PHONE_BAD: lambda: _("“%(value)s” is not a telephone number and is left out."),
    Code.EXPERIENCE_BAD: lambda: _("“%(value)s” is not a number of years and is left out."),
    Code.FORMULA: lambda: _("The %(column)s is a formula; its last result “%(value)s” is taken."),
    Code.FORMULA_EMPTY: lambda: _(
        "The %(column)s is a formula without a result. Open the file in a spreadsheet, save it, or write the value."
    ),
}


_BEHIND: dict[Reason, Promise] = {
    Reason.NOT_JOINED: gettext_lazy("Never signed in"),
    Reason.MISSED: gettext_lazy("Session missed"),
    Reason.UNREAD: gettext_lazy("Page not read to the end"),
    Reason.QUIZ_MISSING: gettext_lazy("Quiz not handed in"),
    Reason.QUIZ_FAILED: gettext_lazy("Quiz not passed"),
    Reason.LAB_MISSING: gettext_lazy("Lab not handed in"),
    Reason.LAB_FAILED: gettext_lazy("Lab sent back or not passed"),
    Reason.SURVEY_MISSING: gettext_lazy("Survey without a reply"),
    Reason.SPRINT_MISSING: gettext_lazy("Mini sprint not presented"),
}


def behind(reason: Reason) -> str:
    return str(_BEHIND[reason])


def why(one: Behind) -> str:
    """Lab not handed in: Ask with sources."""
    words = behind(one.reason)
    return f"{words}: {one.thing.name}" if one.thing else words


NOT_SENT: dict[Why, Callable[[], str]] = {
    Why.NOT_SET_UP: lambda: _("No mail server is set up (KHUE_EMAIL_HOST). Print the invitation."),
    Why.UNREACHABLE: lambda: _("The mail server cannot be reached. Check KHUE_EMAIL_HOST, or try again later."),
    Why.SIGN_IN: lambda: _("The mail server does not accept KHUE_EMAIL_USER and KHUE_EMAIL_PASSWORD."),
    Why.BUSY: lambda: _("The mail server was busy for more than half an hour. Try again later."),
    Why.REFUSED: lambda: _("The mail server refuses the letter. Is the address right?"),
    Why.UNKNOWN: lambda: _(
        "The line dropped: nobody knows whether the letter arrived. Ask the person, or send it again."
    ),
}


def not_sent(letter: InvitationLetter) -> str:
    """Why a letter was not sent, with the server's own words."""
    said = f" ({letter.said})" if letter.said else ""
    return f"{NOT_SENT[Why(letter.why)]()}{said}" if letter.why else ""
