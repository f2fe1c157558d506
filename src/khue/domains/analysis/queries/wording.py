"""What readers and checks say as codes, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.domains.analysis.reading import Unreadable
from khue.domains.analysis.sql.check import Refused
from khue.gateway.api import DatabaseFault


def unreadable(problem: Unreadable) -> str:
    said = {
        "empty": _("The file is empty."),
        "binary": _("This is no table: it holds bytes that are no text. Save it as XLSX or as CSV (UTF-8)."),
        "nul": _(
            "The file has NUL bytes between its letters, so that values may be damaged. Save it anew from the "
            "program that made it, as CSV (UTF-8). Nothing was taken."
        ),
        "password": _("The file is protected by a password. Save a copy without one, and bring that."),
        "bomb": _(
            "Unpacked, the file would be %(detail)s MB, far more than a sheet of its size holds. It was not opened."
        ),
        "broken": _("The file is damaged and could not be opened. Open it in its own program and save it again."),
        "unknown": _("This kind of file cannot be read as a table. CSV, XLSX, XLS, ODS and Parquet can."),
        "wide": _(
            "The table is too wide (%(detail)s columns; at most 2000). Turn it so that years or places are rows."
        ),
        "no_table": _("No table was found: a heading and rows below it are needed. Nothing was taken."),
        "too_slow": _("Reading took too long and was stopped. Divide the file, or bring it as Parquet."),
        "too_heavy": _("The file needs more memory than one file may take. Bring it as CSV (UTF-8) or Parquet."),
    }
    return said[problem.code] % {"detail": problem.detail}


def unreadable_database(fault: DatabaseFault) -> str:
    said = {
        "unknown": _("There is no database “%(detail)s” here any more. What was copied stays."),
        "not_permitted": _("Your organisation may not read “%(detail)s”. Your steward can say why."),
        "unreachable": _("The database does not answer. Nothing was changed; please try again later."),
        "password": _(
            "The database did not accept the account by which it is read. An administrator has to look at its "
            "password. Nothing was copied."
        ),
        "rights": _("The account may not read this table, or the table wants to write. Nothing was copied."),
        "slow": _("The database took too long and the copy was stopped. Choose a smaller table, or a view of it."),
        "large": _(
            "This table has more rows than may be copied (%(detail)s). Ask whoever looks after the database for a view "
            "of what you need."
        ),
        "gone": _("The table %(detail)s is not there any more, or may no longer be read."),
        "broken": _("The database answered with an error (%(detail)s). Nothing was copied."),
    }
    return said[fault.code] % {"detail": fault.detail}


def remark(one: Mapping[str, Any]) -> str:
    values = one["values"]
    examples = ", ".join(f"“{text}”" for text in values.get("examples", []))
    if one["code"] in {"totals", "mixed", "unread"}:
        return _counted(one["code"], values, examples)
    said = {
        "above": _("Above the table stands: %(text)s"),
        "notes": _("Below the table stands: %(text)s"),
        "vietnamese_numbers": _("“%(column)s” is read with a decimal comma: 1.234,5 is one thousand and so on."),
        "dates_several": _("“%(column)s” holds dates in %(forms)s forms; all were read, day before month."),
        "dates_undecided": _(
            "“%(column)s” holds dates with the day first and with the month first; which is which cannot be told, so "
            "they stay texts."
        ),
        "old_encoding": _("The file was in an old encoding; its letters were converted to Unicode."),
        "external_links": _(
            "Formulas point to other files. Those were not opened: the values that were saved with the formulas stand "
            "here."
        ),
        "empty_sheet": _("The sheet “%(sheet)s” holds no table."),
    }
    return str(said[one["code"]] % values)


def _counted(code: str, values: Mapping[str, Any], examples: str) -> str:
    count = values["count"]
    given = {**values, "examples": examples}
    if code == "totals":
        text = ngettext("%(count)s row of totals was left out", "%(count)s rows of totals were left out", count) % given
        return f"{text}: {examples}." if examples else f"{text}."
    if code == "mixed":
        return ngettext(
            "“%(column)s” stays text: %(count)s value is unlike the others (%(examples)s).",
            "“%(column)s” stays text: %(count)s values are unlike the others (%(examples)s).",
            count,
        ) % given  # fmt: skip
    return ngettext(
        "“%(column)s”: %(count)s value could not be read and is empty now (%(examples)s).",
        "“%(column)s”: %(count)s values could not be read and are empty now (%(examples)s).",
        count,
    ) % given  # fmt: skip


def refused(problem: Refused) -> str:
    said = {
        "empty": _("There is no statement."),
        "long": _("The statement is too long."),
        "signs": _("The statement holds a sign that cannot be seen (%(detail)s). It was not run."),
        "unreadable": _("This is no SQL that can be understood: %(detail)s"),
        "several": _("Only one statement at a time can be run. Nothing was run."),
        "writes": _("Only reading is allowed here (%(detail)s is not). Nothing was changed."),
        "function": _("The function “%(detail)s” is not allowed here. It was not run."),
        "source": _("Only the tables of this worksheet can be read (not %(detail)s). It was not run."),
        "table": _("There is no table “%(detail)s” in this worksheet."),
        "column": _("There is no column “%(detail)s” in these tables."),
        "value": _("No row has this value: %(detail)s."),
        "recursive": _("Statements that call themselves are not allowed here."),
        "person": _(
            "“%(detail)s” holds personal data. Rows of single people are not shown here; ask for counts, shares or "
            "averages over groups."
        ),
    }
    return said[problem.code] % {"detail": problem.detail}
