"""The append-only record of what the gateway did and refused. A call that cannot be recorded is not made."""

from khue.gateway.ledger.entries import Entry, Outcome, Task, begin, digest, record, refuse
from khue.gateway.ledger.reading import calls

__all__ = ["Entry", "Outcome", "Task", "begin", "calls", "digest", "record", "refuse"]
