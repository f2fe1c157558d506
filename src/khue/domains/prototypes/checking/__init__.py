"""Static checks of a tool's HTML, without running it: each finding in plain words, with a remedy."""

from khue.domains.prototypes.checking.finding import Finding, Level
from khue.domains.prototypes.checking.static import static

__all__ = ["Finding", "Level", "static"]
