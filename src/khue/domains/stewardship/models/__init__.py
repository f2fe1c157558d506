"""What stewards decided, and what they look after."""

from khue.domains.stewardship.models.decision import ClassDecision
from khue.domains.stewardship.models.key import Key

__all__ = ["ClassDecision", "Key"]
