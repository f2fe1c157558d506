"""Jobs of the library."""

import logging
from uuid import UUID

from khue.domains.knowledge.actions import classes, documents, indexing
from khue.domains.knowledge.actions.adding import EMBED, embed_later
from khue.domains.knowledge.queries import lexical
from khue.gateway.api import GatewayError
from khue.kernel import jobs

# until the embedding server is asked again
PATIENCE_S = 20
log = logging.getLogger(__name__)


@jobs.task(name=documents.READ)
def read(document: str) -> None:
    documents.read(UUID(document))


# asked for when passages are added; the clock takes up what a power cut left over
@jobs.regularly(EMBED, cron="*/5 * * * *")
def embed() -> None:
    lexical.follow(wait=False)
    try:
        indexing.embed_waiting()
    except GatewayError as error:
        log.warning("Vectors wait %s s: %s", PATIENCE_S, error)
        embed_later(in_seconds=PATIENCE_S)


@jobs.regularly("knowledge.look", cron="*/5 * * * *")
def look() -> None:
    classes.look_at_waiting()


@jobs.regularly("knowledge.sweep", cron="23 2 * * *")
def sweep() -> None:
    lexical.sweep()
