"""Formulas that do what the examples say, found by trying: figures of the description, fields, a few functions."""

from khue.domains.prototypes.fitting.fit import Fit, fit

__all__ = ["Fit", "fit"]
