"""Fixtures of several nouns: a session of a cohort that runs now; An sits in Hồ Chí Minh City."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from khue.domains.academy.models import Cohort, Enrolment, Place, Session
from khue.domains.academy.tests.cast import opened_cohort
from khue.kernel.clock import now


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cohort(cast) -> Cohort:
    """Head office, three campuses, online; nobody is in it yet."""
    return opened_cohort(cast)


@pytest.fixture
def place(cohort) -> Place:
    return cohort.places.get(key="khue-van-hcm")


@pytest.fixture
def session(cohort) -> Session:
    """Began ten minutes ago, ends in fifty."""
    found = cohort.sessions.get()
    found.starts_at, found.ends_at = now() - timedelta(minutes=10), now() + timedelta(minutes=50)
    found.save()
    return found


@pytest.fixture
def seat_of_an(cast, cohort, place) -> Enrolment:
    return Enrolment.objects.create(cohort=cohort, person=cast.an, place=place)
