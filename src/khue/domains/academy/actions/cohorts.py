"""Opening a cohort of a programme's version, with the sessions that its timetable gives."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from khue.domains.academy.models import Cohort, ProgrammeVersion, Session
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.rules.cohorts import begins, date_of


@transaction.atomic
def create(
    *,
    by: By,
    version: ProgrammeVersion,
    organisation_id: UUID,
    slug: str,
    names: dict[str, str],
    starts_on: date,
    time_zone: str = "Asia/Ho_Chi_Minh",
) -> Cohort:
    """Planned, with its sessions; it ends on the day of the last one. Raises NotAllowed."""
    check_can_run_cohorts(by, organisation_id)
    cohort = Cohort(
        version=version,
        organisation_id=organisation_id,
        slug=slug,
        names=names,
        starts_on=starts_on,
        ends_on=starts_on,
        time_zone=time_zone,
        created_by_id=by.person_id if by else None,
    )
    sessions = list(_sessions(cohort))
    cohort.ends_on = max((session.ends_at.astimezone(session.starts_at.tzinfo).date() for session in sessions),
                         default=starts_on)  # fmt: skip
    cohort.save()
    Session.objects.bulk_create(sessions)
    return cohort


def _sessions(cohort: Cohort) -> Iterator[Session]:
    definition = cohort.version.definition
    topics = {topic.key: topic for topic in cohort.version.topics.all()}
    for slot in definition.get("timetable", []):
        on = date_of(cohort.starts_on, slot["day"], skip_weekends=definition.get("skip_weekends", True))
        starts_at = begins(on, slot["start"], cohort.time_zone)
        yield Session(
            cohort=cohort,
            key=slot["key"],
            topic=topics.get(slot.get("topic", "")),
            names=slot["names"],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=slot["minutes"]),
        )
