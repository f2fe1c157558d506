"""Teams of a cohort."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from khue.domains.academy.actions import sprints
from khue.domains.academy.actions.cohorts import check_is_open
from khue.domains.academy.actions.sprints import AtWork
from khue.domains.academy.models import Cohort, Enrolment, Team
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.rules.teams import Member, balanced

SIZES = range(2, 16)
__all__ = ["AtWork", "SIZES", "form"]


@transaction.atomic
def form(*, by: By, cohort: Cohort, size: int) -> list[Team]:
    """Teams of about `size` for all who take part, alike in province, unit and experience, each at one place. The teams
    of before are replaced. Raises NotAllowed, CohortClosed, AtWork."""
    check_can_run_cohorts(by, cohort.organisation_id)
    check_is_open(cohort)
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    enrolments = list(cohort.enrolments.taking_part().order_by("created_at", "pk"))
    divided = balanced([_member(enrolment) for enrolment in enrolments], size)
    sprints.clear_for_new_teams(cohort)
    cohort.teams.all().delete()
    teams = Team.objects.bulk_create(_named(cohort, len(divided)))
    by_id = {enrolment.pk: enrolment for enrolment in enrolments}
    for team, members in zip(teams, divided, strict=True):
        _put(team, [by_id[member] for member in members])
    Enrolment.objects.bulk_update(enrolments, ["team"])
    return teams


def _member(enrolment: Enrolment) -> Member[UUID]:
    return Member(enrolment.pk, enrolment.place_id, enrolment.province, enrolment.unit, enrolment.experience)


def _put(team: Team, enrolments: Sequence[Enrolment]) -> None:
    for enrolment in enrolments:
        enrolment.team = team


def _named(cohort: Cohort, count: int) -> list[Team]:
    with override(cohort.version.languages[0] if cohort.version.languages else "vi"):
        return [
            Team(cohort=cohort, name=_("Team %(number)s") % {"number": number}, position=number)
            for number in range(1, count + 1)
        ]
