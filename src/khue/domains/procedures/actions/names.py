"""Vectors of the names of procedures, made in the background: what a question is compared with by meaning."""

from collections.abc import Callable

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from khue.domains.procedures.models import Procedure
from khue.gateway import api as gateway
from khue.gateway.api import Caller, ClassNotAllowed, DataClass, Priority
from khue.kernel import jobs

EMBED = "procedures.embed_names"
# small, so that a question waits a second at most for the processor
BATCH = 16
LONGEST = 400


def embed_later(*, in_seconds: int | None = None) -> None:
    """After the commit, so that a job which waits already and starts at once finds the new names."""
    try:
        with transaction.atomic():
            jobs.later(EMBED, one_at_a_time=EMBED, once_waiting=EMBED, in_seconds=in_seconds)
    except AlreadyEnqueued:
        return


def embed_waiting(*, priority: Priority = "background", progress: Callable[[int], None] = lambda done: None) -> int:
    """Gives a vector to names that have none → how many. Raises GatewayError; resumable by nature. Names of a class
    that no model of meaning may have stay without: they are found by words."""
    done, kept = 0, DataClass.SECRET
    while batch := _waiting(below=kept):
        data_class = DataClass(batch[0].document.data_class)
        try:
            vectors = gateway.embed(
                [" ".join(one.name.split())[:LONGEST] for one in batch],
                kind="passage",
                caller=Caller(None, batch[0].document.collection.organisation_id, tool="ingest"),
                data_class=data_class,
                priority=priority,
            )
        except ClassNotAllowed:
            kept = data_class
            continue
        for one, vector in zip(batch, vectors, strict=True):
            one.vector = vector
        Procedure.objects.bulk_update(batch, ["vector"])
        done += len(batch)
        progress(done)
    return done


def _waiting(*, below: DataClass) -> list[Procedure]:
    """The next batch, of one collection and so on one organisation's account, and of one class."""
    waiting = Procedure.objects.filter(vector__isnull=True, document__data_class__lt=below).defer("structure")
    batch = list(waiting.select_related("document__collection").order_by("pk")[:BATCH])
    return [one for one in batch if _account(one) == _account(batch[0])]


def _account(one: Procedure) -> tuple[object, int]:
    return one.document.collection_id, one.document.data_class
