"""Drafts that a person may see, and what changed from hand to hand."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet

from khue.domains.drafting.models import Draft, Handing, State, Version
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.nd30.sheet import Table
from khue.domains.people.api import Actor


def own(by: Actor) -> QuerySet[Draft]:
    return Draft.objects.visible_to(by).select_related("owner", "holder", "organisation")


def waiting_for(by: Actor) -> QuerySet[Draft]:
    """Handed to this person and not yet handed on."""
    return own(by).filter(holder_id=by.person_id).exclude(state__in=[State.DRAFTING, State.SIGNED])


@dataclass(frozen=True)
class Part:
    """`kind`: "same", "old", "new"."""

    kind: str
    text: str


def lines_of(document: Document) -> list[str]:
    sheet = compose(document)
    head = [line.text for row in sheet.head for cell in row for line in cell]
    told = [
        " | ".join(cell for row in each.rows for cell in row) if isinstance(each, Table) else each.text
        for part in (sheet.body, *sheet.annexes)
        for each in part
    ]
    end = [line.text for row in sheet.end.rows for cell in row for line in cell]
    return [*head, *told, *end]


def differences(first: Version, second: Version) -> list[list[Part]]:
    """Line by line what differs, word by word; lines that are the same are left out."""
    old, new = lines_of(first.document), lines_of(second.document)
    found: list[list[Part]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if tag == "replace" and b - a == d - c:
            found += [_words(*pair) for pair in zip(old[a:b], new[c:d], strict=True)]
        else:
            found += [[Part("old", line)] for line in old[a:b]] + [[Part("new", line)] for line in new[c:d]]
    return found


def _words(old: str, new: str) -> list[Part]:
    one, other = old.split(), new.split()
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", " ".join(one[a:b])))
            continue
        if b > a:
            parts.append(Part("old", " ".join(one[a:b])))
        if d > c:
            parts.append(Part("new", " ".join(other[c:d])))
    return parts


@dataclass(frozen=True)
class Step:
    handing: Handing
    # lines that who had it before has changed since it came
    changed: int


def route(draft: Draft) -> list[Step]:
    """Its way so far, with how much each changed."""
    steps: list[Step] = []
    before: Version | None = None
    for handing in draft.handings.select_related("by", "to", "version"):
        changed = len(differences(before, handing.version)) if before else 0
        steps.append(Step(handing, changed))
        before = handing.version
    return steps
