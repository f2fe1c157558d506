"""Tables of the gateway."""

from khue.gateway.models.budgets import Budget, Spending
from khue.gateway.models.content import Content
from khue.gateway.models.entries import LedgerCheckpoint, LedgerEntry, LedgerSubtree
from khue.gateway.models.pseudonyms import Pseudonyms
from khue.gateway.models.tightenings import Tightening

__all__ = [
    "Budget",
    "Content",
    "LedgerCheckpoint",
    "LedgerEntry",
    "LedgerSubtree",
    "Pseudonyms",
    "Spending",
    "Tightening",
]
