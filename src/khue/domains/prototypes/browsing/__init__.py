"""A Chromium of this machine, where there is one: runs a tool without any network, tries it, takes its picture."""

from khue.domains.prototypes.browsing.chromium import Chromium, NoBrowser, program
from khue.domains.prototypes.browsing.pipe import Hung
from khue.domains.prototypes.browsing.tab import Tab

__all__ = ["Chromium", "Hung", "NoBrowser", "Tab", "program"]
