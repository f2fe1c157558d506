"""Who may make quizzes, see what came of them and mark essays."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from khue.domains.academy.permissions.programmes import By, can_teach
from khue.kernel.errors import NotAllowed


def can_keep_quizzes(by: By, organisation_id: UUID) -> bool:
    """Those who teach, in their organisation and below it."""
    return can_teach(by) and (by is None or organisation_id in by.branch)


def check_can_keep_quizzes(by: By, organisation_id: UUID) -> None:
    if not can_keep_quizzes(by, organisation_id):
        raise NotAllowed(_("Only lecturers, coordinators and administrators of this organisation see and change this."))
