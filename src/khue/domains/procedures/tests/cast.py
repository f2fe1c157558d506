"""A procedure for tests that only need one."""

from typing import Any

from khue.domains.knowledge import api as knowledge
from khue.domains.procedures.models import Procedure


def stored_procedure(people: Any) -> Procedure:
    """Of the academy of the named cast, shared with all below it."""
    place = knowledge.create_collection("Thủ tục", by=None, organisation_id=people.academy.pk, access="below")
    block = knowledge.Block.heading("Đăng ký thử")
    added = knowledge.add_document(place.id, knowledge.NewDocument("Đăng ký thử", (block,), kind="procedure"), by=None)
    return Procedure.objects.create(
        document_id=added.document_id, code="9.000001", name="Đăng ký thử", plain="9.000001 dang ky thu", structure={}
    )
