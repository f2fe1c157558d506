"""Vectors of what reports say in sentences."""

from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from khue.domains.synthesis.models import Owned, Report, Synthesis
from khue.domains.synthesis.queries.passages import is_prose
from khue.domains.synthesis.reading.report import Passage
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass
from khue.kernel.errors import UserError

Vectors = NDArray[np.float32]


def caller(thing: Owned, purpose: str) -> Caller:
    return Caller(thing.owner_id, thing.organisation_id, "synthesis", purpose, conversation_id=thing.pk)


def embed(synthesis: Synthesis, report: Report) -> bool:
    """False where no server gives vectors to this class of data."""
    passages = [Passage(**one) for one in report.passages]
    chosen = [at for at, one in enumerate(passages) if is_prose(one)]
    try:
        made = gateway.embed(
            [passages[at].text[:600] for at in chosen], kind="passage", caller=caller(synthesis, "group"),
            data_class=DataClass(synthesis.data_class), priority="background",
        )  # fmt: skip
    except UserError:
        return False
    report.embedded, report.vectors = chosen, made.astype(np.float16).tobytes()
    report.save(update_fields=["embedded", "vectors", "updated_at"])
    return True


def points(synthesis: Synthesis) -> Vectors | None:
    if not synthesis.outline:
        return None
    words = [f"{one['title']}. {one['looks_for']}".strip(" .") for one in synthesis.outline]
    with suppress(UserError):
        return gateway.embed(
            words, kind="passage", caller=caller(synthesis, "outline"), data_class=DataClass(synthesis.data_class)
        )
    return None


def of_sentence(synthesis: Synthesis, text: str) -> Vectors | None:
    with suppress(UserError):
        made = gateway.embed(
            [text], kind="passage", caller=caller(synthesis, "check"), data_class=DataClass(synthesis.data_class)
        )
        return np.asarray(made[0])
    return None
