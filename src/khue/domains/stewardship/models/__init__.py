"""What stewards decided."""

from khue.domains.stewardship.models.decision import ClassDecision

__all__ = ["ClassDecision"]
