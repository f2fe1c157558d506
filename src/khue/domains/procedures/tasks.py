"""Jobs of the procedures."""

import logging

from khue.domains.procedures.actions import names
from khue.gateway.api import GatewayError
from khue.kernel import jobs

# until the embedding server is asked again
PATIENCE_S = 20
log = logging.getLogger(__name__)


# asked for when procedures come in; the clock takes up what a power cut left over
@jobs.regularly(names.EMBED, cron="*/5 * * * *")
def embed_names() -> None:
    try:
        names.embed_waiting()
    except GatewayError as error:
        log.warning("Vectors of names wait %s s: %s", PATIENCE_S, error)
        names.embed_later(in_seconds=PATIENCE_S)
