"""Tools that people make by describing them: their versions, what was said about them, who uses them."""

from khue.domains.prototypes.models.handing import Feedback, Review, Use, Verdict
from khue.domains.prototypes.models.tool import State, Tool, Version
from khue.domains.prototypes.models.turn import Turn, TurnKind, TurnState

__all__ = ["Feedback", "Review", "State", "Tool", "Turn", "TurnKind", "TurnState", "Use", "Verdict", "Version"]
