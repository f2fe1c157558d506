"""Tables of the gateway."""

from khue.gateway.models.content import Content
from khue.gateway.models.entries import LedgerCheckpoint, LedgerEntry, LedgerSubtree
from khue.gateway.models.pseudonyms import Pseudonyms
from khue.gateway.models.tightenings import Tightening

__all__ = ["Content", "LedgerCheckpoint", "LedgerEntry", "LedgerSubtree", "Pseudonyms", "Tightening"]
