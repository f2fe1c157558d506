"""Tested kinds of tools of public work: a few parameters, which a small model can fill, make a whole tool."""

from khue.domains.prototypes.patterns.catalogue import UnknownPattern, catalogue, pattern
from khue.domains.prototypes.patterns.faults import faults
from khue.domains.prototypes.patterns.shape import Built, Language, Pattern, Texts

__all__ = ["Built", "Language", "Pattern", "Texts", "UnknownPattern", "catalogue", "faults", "pattern"]
