"""A cohort to act on, of the small programme, run by the academy of the cast; nobody is in it yet."""

from datetime import date
from uuid import UUID

from khue.domains.academy.actions import cohorts
from khue.domains.academy.models import Cohort, Enrolment
from khue.domains.academy.tests.small import running, small_programme
from khue.domains.people.tests.cast import Cast


def opened_cohort(cast: Cast) -> Cohort:
    found = Cohort.objects.filter(slug="khoa-1").first()
    return found or running(
        cohorts.create(
            by=None,
            version=small_programme(cast),
            organisation_id=cast.academy.pk,
            slug="khoa-1",
            names={"vi": "Khóa 1", "en": "Cohort 1"},
            starts_on=date(2026, 3, 2),
        )
    )


def seat_of_an(cast: Cast) -> Enrolment:
    """An in that cohort, at Hồ Chí Minh City."""
    cohort = opened_cohort(cast)
    place = cohort.places.get(key="khue-van-hcm")
    return Enrolment.objects.get_or_create(cohort=cohort, person=cast.an, defaults={"place": place})[0]


def at_the_place_of_an(cast: Cast) -> tuple[UUID | None, ...]:
    """The session, and the place where An sits."""
    seat = seat_of_an(cast)
    return seat.cohort.sessions.get().pk, seat.place_id


def double_of_an(cast: Cast) -> tuple[UUID, UUID, UUID]:
    """The cohort, a walk-in who was An, and An of the list."""
    seat = seat_of_an(cast)
    double = Enrolment.objects.get_or_create(cohort=seat.cohort, person=cast.giang, defaults={"is_walk_in": True})[0]
    return seat.cohort_id, double.pk, seat.pk
