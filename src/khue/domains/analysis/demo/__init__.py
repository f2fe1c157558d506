"""Data to try things on, by a seeded generator: none of these figures is real, and every page says so."""

from khue.domains.analysis.demo.generated import DEMO, SEED, Generated, write

__all__ = ["DEMO", "SEED", "Generated", "write"]
