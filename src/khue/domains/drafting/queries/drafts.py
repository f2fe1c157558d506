"""Drafts that a person may see, and what changed from hand to hand."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet

from khue.domains.drafting.models import Comment, Draft, Handing, State, Version
from khue.domains.drafting.nd30.composing import compose
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.nd30.sheet import Table
from khue.domains.people.api import Actor


def own(by: Actor) -> QuerySet[Draft]:
    return Draft.objects.visible_to(by).select_related("owner", "holder", "organisation")


def waiting_for(by: Actor) -> QuerySet[Draft]:
    """Handed to this person and not yet handed on."""
    return own(by).filter(holder_id=by.person_id).exclude(state__in=[State.DRAFTING, State.SIGNED])


HEAD = ("superior", "agency", "agency_code", "unit", "place", "signature", "organ_id")


def head(by: Actor) -> dict[str, Any]:
    """Agency, place and signature as in the person's latest draft: they rarely change."""
    last = Draft.objects.filter(owner_id=by.person_id, organisation_id=by.organisation_id).first()
    return {name: last.content[name] for name in HEAD if last.content.get(name)} if last else {}


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
    # lines that who had it before has changed since it came, and the versions between which they lie
    changed: int
    old: int = 0
    new: int = 0


@dataclass(frozen=True)
class Note:
    """A comment beside the sheet: `place` where its words stand now, "" where they are gone or it is about all."""

    number: int
    comment: Comment
    place: str
    is_gone: bool = False


def notes(draft: Draft) -> list[Note]:
    """Open ones first, numbered in the order they were said."""
    lines = [(each.field, each.text) for each in compose(draft.document).body if not isinstance(each, Table)]
    found = [
        _note(number, one, lines) for number, one in enumerate(draft.comments.select_related("by", "settled_by"), 1)
    ]
    return sorted(found, key=lambda note: note.comment.settled_at is not None)


def _note(number: int, comment: Comment, lines: list[tuple[str, str]]) -> Note:
    """By its words first: paragraphs move."""
    if not comment.quote:
        return Note(number, comment, comment.field)
    held = [place for place, text in lines if comment.quote in text]
    place = comment.field if comment.field in held else next(iter(held), "")
    return Note(number, comment, place, is_gone=not place)


def by_place(found: list[Note]) -> dict[str, list[int]]:
    """The numbers of the open ones."""
    out: dict[str, list[int]] = {}
    for note in found:
        if note.place and note.comment.settled_at is None:
            out.setdefault(note.place, []).append(note.number)
    return out


def places(document: Document) -> list[tuple[str, str]]:
    """Lines of the text that a comment can be about."""
    found: dict[str, str] = {}
    for each in compose(document).body:
        if not isinstance(each, Table) and each.field and each.text.strip():
            found.setdefault(each.field, " ".join(each.text.split())[:70])
    return list(found.items())


def route(draft: Draft) -> list[Step]:
    """Its way so far, with how much each changed."""
    steps: list[Step] = []
    before: Version | None = None
    for handing in draft.handings.select_related("by", "to", "version"):
        changed = len(differences(before, handing.version)) if before else 0
        steps.append(Step(handing, changed, before.number if before else 0, handing.version.number))
        before = handing.version
    return steps
