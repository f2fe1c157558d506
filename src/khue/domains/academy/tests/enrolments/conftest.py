"""A cohort of the academy: head office, three campuses, online."""

from khue.domains.academy.tests.session import cohort, english

__all__ = ["cohort", "english"]
