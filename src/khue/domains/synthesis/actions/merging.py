"""The model merges a few sentences at a time; what no report states is not kept, and the reports speak themselves."""

from typing import Any

import numpy as np

from khue.domains.knowledge import api as knowledge
from khue.domains.synthesis.actions import embedding
from khue.domains.synthesis.figures.quantities import quantities
from khue.domains.synthesis.merging import asking
from khue.domains.synthesis.models import Section, Synthesis
from khue.domains.synthesis.queries.passages import Said, said_in
from khue.domains.synthesis.rules import MERGED, SHOWN
from khue.gateway import api as gateway
from khue.gateway.api import ClassNotAllowed, DataClass, NoModel, Options, Turn


def mergeable(section: Section) -> list[int]:
    """Groups that several units speak in and that nobody has merged yet; where each has a figure of its own, there is
    nothing to merge."""
    if section.is_merged:
        return []
    shared = [at for at, group in enumerate(section.groups) if group["units"] > 1 and not _counts(group)][:MERGED]
    return [at for at in shared if section.groups[at]["state"] == "quoted"]


def _counts(group: dict[str, Any]) -> bool:
    quotes = [one["quote"] for one in group.get("quotes", group["citations"])]
    return group["state"] == "counted" or 2 * sum(any(quantities(text)) for text in quotes) > len(quotes)


class Writer:
    def __init__(self, synthesis: Synthesis) -> None:
        self.synthesis = synthesis
        reports = synthesis.reports.exclude(passages=[])
        self.said = {(one.report, one.n): one for one in said_in(list(reports), vectors=True)}

    def merge(self, section: Section, at: int) -> bool:
        """False where no model may be asked: then none of the others is, either."""
        group = section.groups[at]
        members = [
            self.said[one["report"], one["n"]] for one in group["members"] if (one["report"], one["n"]) in self.said
        ]
        shown = [self.said[one["report"], one["n"]] for one in group["citations"]][:SHOWN]
        try:
            text = self._asked([one.text for one in shown])
        except (NoModel, ClassNotAllowed) as refusal:
            Synthesis.objects.filter(pk=self.synthesis.pk).update(error=str(refusal))
            return False
        section.groups[at] = judged(self.synthesis, group, text, members)
        # it may have gone meanwhile: somebody brought another report
        Section.objects.filter(pk=section.pk).update(groups=section.groups)
        return True

    def _asked(self, sentences: list[str]) -> str:
        plain = [asking.without_place(text) for text in sentences]
        turns = [Turn(role, text) for role, text in asking.turns(plain, self.synthesis.language)]  # type: ignore[arg-type]
        with gateway.chat(
            turns,
            caller=embedding.caller(self.synthesis, "merge"),
            data_class=DataClass(self.synthesis.data_class),
            options=Options(max_tokens=asking.TOKENS, schema=asking.SCHEMA),
        ) as stream:
            reply = stream.text()
        kept = Synthesis.objects.values_list("ledger", flat=True).get(pk=self.synthesis.pk)
        Synthesis.objects.filter(pk=self.synthesis.pk).update(
            ledger=[*kept, str(reply.ledger_id)], model=reply.model[:100]
        )
        return asking.read(reply.text)


def judged(synthesis: Synthesis, group: dict[str, Any], text: str, members: list[Said]) -> dict[str, Any]:
    """Merged where sentences of at least two units state it, each of which is then cited; else the quotation stays,
    with why."""
    if not text:
        return group | {"state": "kept", "reason": "empty"}
    vector = embedding.of_sentence(synthesis, text)
    cosines = None
    if vector is not None and all(one.vector is not None for one in members):
        cosines = [float(np.dot(one.vector, vector)) for one in members]  # type: ignore[arg-type]
    found = knowledge.check_sentence(
        text, [one.text for one in members], language=synthesis.language, similarities=cosines
    )
    stating = list({members[at].place: members[at] for at in reversed(found.by)}.values())[::-1]
    if len(stating) < 2:
        return group | {"state": "kept", "reason": found.reason, "tried": text}
    return group | {
        "state": "merged",
        "text": text,
        "reason": "",
        "units": len(stating),
        "citations": [one.citation for one in stating],
        "quotes": group["citations"],
    }
