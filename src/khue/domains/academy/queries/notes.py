"""The note that goes with every submission, as a kind of artefact: nothing to choose, but something to check."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import BaseModel, ConfigDict, Field

from khue.gateway import api as gateway
from khue.kernel.artefacts import ANY_TOOL, Check, Frozen, Made


class Length(BaseModel):
    model_config = ConfigDict(extra="forbid")

    least: Annotated[int, Field(ge=1, le=5000)] = 1
    # 0: as many as one likes
    most: Annotated[int, Field(ge=0, le=20000)] = 0


class Notes:
    """kernel.artefacts.Kind."""

    name = "note"
    tool = ANY_TOOL
    label = gettext_lazy("Note")
    template = ""

    @property
    def checks(self) -> Mapping[str, Check]:
        return CHECKS

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        return ()

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        return {}


def _of_words(facts: Mapping[str, Any]) -> str:
    found = ngettext("The note has %(count)s word.", "The note has %(count)s words.", facts["count"]) % facts
    if facts["passed"]:
        return found
    if facts["count"] < facts["least"]:
        return f"{found} " + _("At least %(least)s are wanted.") % facts
    return f"{found} " + _("At most %(most)s are wanted.") % facts


def _of_identifiers(facts: Mapping[str, Any]) -> str:
    if facts["passed"]:
        return _("The note names nobody.")
    return _("Found in the note: %(kinds)s.") % {"kinds": ", ".join(str(gateway.type_name(k)) for k in facts["kinds"])}


HERE = "khue.domains.academy.checking.notes:"
CHECKS: Mapping[str, Check] = {
    "note-words": Check(HERE + "words", gettext_lazy("the note is as long as asked"), _of_words, Length),
    "note-names-nobody": Check(HERE + "identifiers", gettext_lazy("the note names nobody"), _of_identifiers),
}
