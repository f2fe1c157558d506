"""Tables of the gateway."""

from khue.gateway.models.content import Content
from khue.gateway.models.entries import LedgerEntry, LedgerSubtree
from khue.gateway.models.pseudonyms import Pseudonyms

__all__ = ["Content", "LedgerEntry", "LedgerSubtree", "Pseudonyms"]
