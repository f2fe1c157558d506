"""The design system in a box: custom elements and their style, versioned, read to be put into a tool's file."""

from khue.domains.prototypes.parts.sources import LATEST, UnknownVersion, elements, script, style
from khue.domains.prototypes.parts.telling import guide, meanings

__all__ = ["LATEST", "UnknownVersion", "elements", "guide", "meanings", "script", "style"]
