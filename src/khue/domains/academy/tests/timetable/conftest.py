"""A session that runs now (began ten minutes ago, ends in fifty); An sits in Hồ Chí Minh City."""

from khue.domains.academy.tests.session import cohort, english, place, seat_of_an, session

__all__ = ["cohort", "english", "place", "seat_of_an", "session"]
