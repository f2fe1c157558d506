"""A picture of a tool: taken of the running one where there is a browser on this machine, else drawn from its parts."""

from khue.domains.prototypes.picturing.drawing import drawn
from khue.domains.prototypes.picturing.taking import taken

__all__ = ["drawn", "taken"]
