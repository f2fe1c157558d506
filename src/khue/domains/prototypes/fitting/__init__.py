"""What code finds in a description and its examples: formulas by trying, guides, conditions. No model."""

from khue.domains.prototypes.fitting.conditions import conditions
from khue.domains.prototypes.fitting.fit import Fit, fit
from khue.domains.prototypes.fitting.guides import guide

__all__ = ["Fit", "conditions", "fit", "guide"]
