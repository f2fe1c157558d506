"""Replying to a survey: once, whole or not at all.

An anonymous survey is one of which not even the database's administrator can say who said what. So a reply has no
person, no time and an identifier without order; that somebody has replied is kept apart, without a time too. Both
tables of the survey are written anew in an order of chance with every reply, because the order of rows on the disk and
the number of the transaction that PostgreSQL keeps with each would else put the two side by side. What remains possible
is to watch the database while people reply one by one; results are therefore not shown below FEWEST replies.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.models import Activity, Cohort, SurveyDone, SurveyReply
from khue.domains.academy.rules import surveys as rules
from khue.domains.people.api import Actor
from khue.kernel.errors import UserError


class RepliedAlready(UserError):
    """One reply a person."""


class Incomplete(UserError):
    """A question that is not optional has no answer; `missing` are their keys."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(_("Some questions have no answer yet."))
        self.missing = missing


def reply(
    *, by: Actor, activity: Activity, cohort: Cohort | None, form: Mapping[str, Sequence[str]], pair_code: str = ""
) -> str:
    """Stores the reply; returns the code by which a reply to the survey after finds this one, "" when none is needed.

    Raises RepliedAlready (the same form sent twice), Incomplete, CohortClosed.
    """
    if cohort:
        check_is_open(cohort)
    described = activity.definition
    answers, missing = rules.read(described["questions"], form)
    if missing:
        raise Incomplete(missing)
    anonymous = described.get("anonymous", True)
    code = rules.tidy_code(pair_code)
    if anonymous and described.get("when") == "before":
        code = new_code()
    try:
        with transaction.atomic():
            _store(by, activity, cohort, answers, code, anonymous=anonymous)
    except IntegrityError:
        raise RepliedAlready(_("You have replied to this survey already. Thank you.")) from None
    return code if anonymous and described.get("when") == "before" else ""


def new_code() -> str:
    """Two syllables and two digits, easy to copy: about 400,000 of them."""
    syllables = [secrets.choice("bcdghklmnpqrstvx") + secrets.choice("aeiou") for _ in range(2)]
    return f"{''.join(syllables)}{secrets.randbelow(90) + 10}"


def _store(
    by: Actor, activity: Activity, cohort: Cohort | None, answers: dict[str, Any], code: str, *, anonymous: bool
) -> None:
    # one at a time for each survey: the rows are written anew
    Activity.objects.select_for_update().get(pk=activity.pk)
    SurveyDone.objects.create(activity=activity, cohort=cohort, person_id=by.person_id)
    person_id = None if anonymous else by.person_id
    SurveyReply.objects.create(
        activity=activity, cohort=cohort, person_id=person_id, answers=answers, pair_code=code if anonymous else ""
    )
    if anonymous:
        _shuffle(SurveyDone, activity, cohort)
        _shuffle(SurveyReply, activity, cohort)


def _shuffle(table: "type[SurveyDone] | type[SurveyReply]", activity: Activity, cohort: Cohort | None) -> None:
    """Writes all rows of a survey anew, in an order of chance, under new identifiers, in one transaction."""
    rows: list[Any] = list(table.objects.filter(activity=activity, cohort=cohort))
    table.objects.filter(activity=activity, cohort=cohort).delete()
    secrets.SystemRandom().shuffle(rows)
    for row in rows:
        row.pk = uuid4()
    table.objects.bulk_create(rows)
