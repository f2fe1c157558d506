"""How a synthesis moves on."""

from enum import StrEnum


class Stage(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    # figures, contradictions, silences and quotations are there
    GROUPING = "grouping"
    MERGING = "merging"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


OVER = frozenset({Stage.DONE, Stage.STOPPED, Stage.FAILED})
MOST_REPORTS = 200
MOST_PAGES = 5000
# groups of a point that are merged: the embedded model writes some ten words a second, and it is one machine
GROUPS, MERGED = 10, 5
# sentences that the model sees of a group, and the fewest units that make one
SHOWN, FEWEST = 3, 3
# sentences without a point that must be left for themes of their own
MOST_THEMES = 8
