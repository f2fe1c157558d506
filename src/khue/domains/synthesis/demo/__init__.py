"""Invented reports of provinces by a seeded generator, with what was planted in them: for demonstrations, benchmarks
and tests. Two wordings: one to tune with, one to measure on."""

from khue.domains.synthesis.demo.reports import Made, Planted, made

__all__ = ["Made", "Planted", "made"]
