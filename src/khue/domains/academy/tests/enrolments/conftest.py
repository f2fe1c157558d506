"""A cohort of the academy: head office, three campuses, online."""

from khue.domains.academy.tests.session import cohort, english, place

__all__ = ["cohort", "english", "place"]
