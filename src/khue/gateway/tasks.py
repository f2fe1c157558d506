"""What the gateway does by itself."""

import logging

from khue.gateway.egress import kept
from khue.gateway.ledger import checkpoints, content
from khue.gateway.ledger.tree import LedgerDamaged
from khue.gateway.privacy import vault
from khue.kernel import jobs

log = logging.getLogger(__name__)


@jobs.regularly("gateway.checkpoint", cron="*/5 * * * *")
def checkpoint() -> None:
    """Where nothing was added there is nothing to sign."""
    try:
        checkpoints.make()
    except LedgerDamaged as damage:
        log.critical("The ledger is not what was written: %s. khue ledger verify says more.", damage)


@jobs.regularly("gateway.prune", cron="47 2 * * *")
def prune() -> None:
    """Texts of calls, once their time is over."""
    content.prune()


@jobs.regularly("gateway.forget_pseudonyms", cron="41 2 * * *")
def forget_pseudonyms() -> None:
    """What hidden values stood for, once it has expired."""
    vault.forget_expired()


@jobs.regularly("gateway.refused", cron="* * * * *")
def keep_refused_connections() -> None:
    kept.keep()
