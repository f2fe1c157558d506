"""Opening a cohort of a programme's version, with the sessions that its timetable gives and the places it can use."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.academy.models import Cohort, Place, PlaceKind, ProgrammeVersion, Session
from khue.domains.academy.permissions.cohorts import check_can_run_cohorts
from khue.domains.academy.permissions.programmes import By
from khue.domains.academy.rules.cohorts import CohortState, begins, date_of
from khue.domains.people import api as people
from khue.kernel import clock
from khue.kernel.errors import UserError

ONLINE = {"vi": "Trực tuyến", "en": "Online", "fr": "En ligne"}


class CohortClosed(UserError):
    """Nothing is written to a closed cohort any more."""


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
    Place.objects.bulk_create(_places(cohort))
    return cohort


def _places(cohort: Cohort) -> Iterator[Place]:
    """The organisation itself, each campus below it, and online."""
    for position, site in enumerate(people.sites(cohort.organisation_id)):
        yield Place(
            cohort=cohort, key=site.slug, names=site.names, organisation_id=site.organisation_id, position=position
        )
    yield Place(cohort=cohort, key="online", kind=PlaceKind.ONLINE, names=ONLINE, position=1000)


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


def check_is_open(cohort: Cohort) -> None:
    """What would write to it asks first. Raises CohortClosed."""
    if cohort.state is CohortState.CLOSED:
        raise CohortClosed(
            _("This cohort is closed: what is there is kept and can be read. Whoever runs it can open it again.")
        )


@transaction.atomic
def decide(*, by: By, cohort: Cohort, state: CohortState) -> Cohort:
    """Begins it before its first day, closes it, or opens it again. What it is already stays as it was. Raises
    NotAllowed."""
    check_can_run_cohorts(by, cohort.organisation_id)
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("version").get(pk=cohort.pk)
    if cohort.state is not state:
        cohort.decided, cohort.decided_at = state, clock.now()
        cohort.decided_by_id = by.person_id if by else None
        cohort.save(update_fields=["decided", "decided_at", "decided_by", "updated_at"])
    return cohort


def free_slug(organisation_id: UUID, wanted: str) -> str:
    """`wanted`, or with a number after it where another cohort of the organisation has it."""
    wanted = wanted[:70] or "cohort"
    taken = set(Cohort.objects.filter(organisation_id=organisation_id).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
