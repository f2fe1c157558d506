"""A cohort in which An takes part, and its lab."""

import pytest

from khue.domains.academy.tests.labs.work import lab_of
from khue.domains.academy.tests.session import cohort, english

__all__ = ["cohort", "english", "lab"]


@pytest.fixture
def lab(cast):
    return lab_of(cast)
