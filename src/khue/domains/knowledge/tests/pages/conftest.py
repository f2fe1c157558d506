"""The pages are tried on the library that answering is tested with."""

from khue.domains.knowledge.tests.answering.conftest import books

__all__ = ["books"]
