"""What stewards decided, and what they look after."""

from khue.domains.stewardship.models.decision import ClassDecision
from khue.domains.stewardship.models.key import Key
from khue.domains.stewardship.models.use_case import UseCase, UseCaseState

__all__ = ["ClassDecision", "Key", "UseCase", "UseCaseState"]
