"""A cohort whose only session is over; An sits in Hồ Chí Minh City and has signed in."""

from datetime import timedelta

import pytest

from khue.domains.academy.models import Session
from khue.domains.academy.tests.session import cohort, english, place, seat_of_an
from khue.kernel.clock import now

__all__ = ["cohort", "english", "place", "seat_of_an", "session"]


@pytest.fixture
def session(cohort) -> Session:
    found = cohort.sessions.get()
    found.starts_at, found.ends_at = now() - timedelta(hours=3), now() - timedelta(hours=2)
    found.save()
    return found
