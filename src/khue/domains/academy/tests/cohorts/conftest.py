"""A cohort of the academy, and who runs it."""

import pytest
from django.test import Client

from khue.domains.academy.tests.session import cohort, english, place, seat_of_an, session

__all__ = ["chi", "cohort", "english", "place", "seat_of_an", "session"]


@pytest.fixture
def chi(cast) -> Client:
    client = Client()
    client.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    return client
