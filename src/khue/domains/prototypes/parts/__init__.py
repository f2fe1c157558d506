"""The design system in a box: custom elements and their style, versioned, read to be put into a tool's file."""

from khue.domains.prototypes.parts.sources import LATEST, UnknownVersion, elements, script, style

__all__ = ["LATEST", "UnknownVersion", "elements", "script", "style"]
