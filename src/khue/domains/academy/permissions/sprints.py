"""Who works in a team's entry, who decides at its gates, who runs the sprint, and who sees a result."""

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Entry, Sprint
from khue.domains.academy.permissions.cohorts import can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.kernel.errors import NotAllowed


def can_run(by: By, sprint: Sprint) -> bool:
    return can_run_cohorts(by, sprint.cohort.organisation_id)


def check_can_run(by: By, sprint: Sprint) -> None:
    if not can_run(by, sprint):
        raise NotAllowed(_("Only those who run the cohort do this."))


def is_member(by: By, entry: Entry) -> bool:
    return by is not None and entry.team.enrolments.taking_part().filter(person=by.person_id).exists()


def check_is_member(by: By, entry: Entry) -> None:
    if not is_member(by, entry):
        raise NotAllowed(_("Only the people of this team do this."))


def can_mentor(by: By, entry: Entry) -> bool:
    """Its mentors, and those who run the cohort; nobody at the gates of their own team."""
    if by is None or is_member(by, entry):
        return False
    return entry.mentors.filter(pk=by.person_id).exists() or can_run(by, entry.sprint)


def check_can_mentor(by: By, entry: Entry) -> None:
    if not can_mentor(by, entry):
        raise NotAllowed(_("Only a mentor of this team decides at its gates."))


def can_read(by: By, entry: Entry) -> bool:
    """The team, its mentors, those who run the cohort; judges from the demo day on."""
    if by is None or is_member(by, entry) or can_mentor(by, entry) or can_run(by, entry.sprint):
        return True
    judges = entry.sprint.opened_at is not None and entry.sprint.judges.filter(person=by.person_id).exists()
    return judges or entry.sprint.chair_id == by.person_id


def is_chair(by: By, sprint: Sprint) -> bool:
    return by is not None and sprint.chair_id == by.person_id


def check_is_chair(by: By, sprint: Sprint) -> None:
    if not is_chair(by, sprint):
        raise NotAllowed(_("Only the chair of the demo day does this."))


def can_see_result(by: By, sprint: Sprint) -> bool:
    """Before it is revealed the chair alone, whatever role others have and also at the console."""
    return sprint.revealed_at is not None or is_chair(by, sprint)


def check_can_see_result(by: By, sprint: Sprint) -> None:
    if not can_see_result(by, sprint):
        raise NotAllowed(_("The result is shown when the chair reveals it."))
