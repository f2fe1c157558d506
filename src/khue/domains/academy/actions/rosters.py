"""Lists that wait between looking and taking."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from khue.domains.academy.actions import enrolments
from khue.domains.academy.actions.enrolments import Report
from khue.domains.academy.models import Cohort, RosterFile
from khue.domains.people.api import Actor

KEPT = timedelta(days=1)


def put_aside(*, by: Actor, cohort: Cohort, octets: bytes, name: str) -> RosterFile:
    """After a look, so that a file that cannot be read is never kept. Raises ListUnreadable, NotAllowed."""
    enrolments.look(by=by, cohort=cohort, octets=octets, name=name)
    RosterFile.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return RosterFile.objects.create(cohort=cohort, name=name[:200], octets=octets, uploaded_by_id=by.person_id)


def waiting(*, by: Actor, cohort: Cohort, roster_id: UUID) -> RosterFile | None:
    return RosterFile.objects.filter(pk=roster_id, cohort=cohort, uploaded_by=by.person_id).first()


@transaction.atomic
def take(*, by: Actor, roster: RosterFile) -> Report:
    """Enrols and throws the file away."""
    report = enrolments.take(by=by, cohort=roster.cohort, octets=bytes(roster.octets), name=roster.name)
    roster.delete()
    return report
