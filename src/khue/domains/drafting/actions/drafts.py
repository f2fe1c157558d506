"""Making and changing drafts: kept as they are typed, versions, comments, from hand to hand."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from khue.domains.drafting.actions import register
from khue.domains.drafting.models import Comment, Draft, Entry, Handing, Series, Version
from khue.domains.drafting.nd30 import body, composing
from khue.domains.drafting.nd30.kinds import kind
from khue.domains.drafting.nd30.shape import Document
from khue.domains.drafting.permissions import can_create, can_delete, check_can_change
from khue.domains.drafting.queries import drafts as queries
from khue.domains.drafting.rules import Stage, after, before
from khue.domains.people import api as people
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.gateway.classes import DataClass
from khue.kernel import clock
from khue.kernel.errors import NotAllowed, UserError


class Overtaken(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("The draft was changed in another window. Nothing of this page was kept: copy what you need, "
                         "then open it anew.")
        )  # fmt: skip


class NotValid(UserError):
    """`faults`: place in the document → what is wrong."""

    def __init__(self, error: ValidationError) -> None:
        self.faults = {".".join(map(str, one["loc"])): str(one["msg"]) for one in error.errors()}
        super().__init__("; ".join(f"{place}: {fault}" for place, fault in self.faults.items()))


class Marked(UserError):
    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("The text bears a marking of secrecy. State secrets are not drafted here: nothing was kept.")
        )


class NobodyThere(UserError):
    def __init__(self, name: str) -> None:
        text = gettext_lazy("Nobody here signs in as “%(name)s”. Ask for the user name or the e-mail address.")
        super().__init__(text % {"name": name})


def create(
    *, by: Actor, content: Mapping[str, Any], data_class: DataClass = DataClass.INTERNAL, brief: str = ""
) -> Draft:
    """Raises NotAllowed, NotValid, Marked."""
    if not can_create(by):
        raise NotAllowed(_("Your account has no role here, so it can draft nothing."))
    document = valid(content)
    demanded = max(_demanded(document), inspected(brief))
    return Draft.objects.create(
        organisation_id=by.organisation_id,
        owner_id=by.person_id,
        holder_id=by.person_id,
        content=document.model_dump(mode="json"),
        data_class=max(data_class, demanded),
        brief=brief,
    )


def begin(*, by: Actor, content: Mapping[str, Any], **facts: Any) -> Draft:
    """As `create`, with the head of the person's latest draft where nothing is said."""
    fields = kind(content["type"]).fields
    given = {name: value for name, value in queries.head(by).items() if name in fields}
    return create(by=by, content=given | {name: value for name, value in content.items() if value}, **facts)


def copy(*, by: Actor, draft: Draft) -> Draft:
    """One's own, to begin from: without number, date and what others said. Raises NotAllowed."""
    content = draft.content | {"number": None, "date": None}
    return create(by=by, content=content, data_class=DataClass(draft.data_class))


def valid(content: Mapping[str, Any]) -> Document:
    """Raises NotValid."""
    try:
        return Document.model_validate(content)
    except ValidationError as error:
        raise NotValid(error) from None


def text_of(document: Document) -> str:
    """All that the sheet says."""
    sheet = composing.compose(document)
    cells = [line.text for row in (*sheet.head, *sheet.end.rows) for cell in row for line in cell]
    told = [
        each.text if hasattr(each, "text") else "\n".join(" ".join(row) for row in each.rows)
        for part in (sheet.body, *sheet.annexes)
        for each in part
    ]
    return "\n".join([*cells, *told])


def _demanded(document: Document) -> DataClass:
    """What the words themselves demand. Raises Marked."""
    return inspected("\n".join([document.subject, body.text_of(document.body), *document.to]))


def inspected(text: str) -> DataClass:
    found = gateway.inspect(text)
    if found.marking:
        raise Marked
    return found.data_class


def keep(*, by: Actor, draft: Draft, content: Mapping[str, Any], revision: int) -> Draft:
    """As it is typed. The class rises by what is written and never falls by itself. Raises NotAllowed, Overtaken,
    NotValid, Marked."""
    document = valid(content)
    demanded = _demanded(document)
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        check_can_change(by, held)
        if held.revision != revision:
            raise Overtaken
        held.content = document.model_dump(mode="json")
        held.data_class = max(held.data_class, demanded)
        held.revision += 1
        held.save(update_fields=["content", "data_class", "revision", "updated_at"])
    return held


def keep_version(*, by: Actor | None, draft: Draft, reason: str = "kept") -> Version:
    """The same content is not kept twice."""
    with transaction.atomic():
        Draft.objects.select_for_update().get(pk=draft.pk)
        last = draft.versions.first()
        if last is not None and last.content == draft.content and reason != "handed":
            return last
        number = (draft.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        return draft.versions.create(
            number=number, content=draft.content, made_by_id=by.person_id if by else None, reason=reason
        )


def restore(*, by: Actor, draft: Draft, version: Version) -> None:
    """What is there now is kept first. Raises NotAllowed."""
    check_can_change(by, draft)
    keep_version(by=by, draft=draft, reason="before restoring")
    keep(by=by, draft=draft, content=version.content, revision=draft.revision)


def change_type(*, by: Actor, draft: Draft, type_: str) -> None:
    """What the other type does not have is left out; a version keeps it. Raises NotAllowed, KeyError."""
    wanted = kind(type_)
    keep_version(by=by, draft=draft, reason="before restoring")
    content = {name: value for name, value in draft.content.items() if name in wanted.fields} | {"type": type_}
    content["particulars"] = {}
    keep(by=by, draft=draft, content=content, revision=draft.revision)


def delete(*, by: Actor, draft: Draft) -> None:
    """Raises NotAllowed."""
    if not can_delete(by, draft):
        raise NotAllowed(_("A draft that went to others, or that has a number, is kept."))
    with transaction.atomic():
        draft.handings.all().delete()
        draft.delete()


def forget(organisation_ids: Collection[UUID]) -> None:
    """Drafts and books of these organisations, for good: a rehearsal ends."""
    with transaction.atomic():
        Entry.objects.filter(series__organisation__in=organisation_ids).delete()
        Series.objects.filter(organisation__in=organisation_ids).delete()
        Handing.objects.filter(draft__organisation__in=organisation_ids).delete()
        Draft.objects.filter(organisation__in=organisation_ids).delete()


# Comments --------------------------------------------------------------------------------------


def comment(*, by: Actor, draft: Draft, text: str, field: str = "", quote: str = "") -> Comment:
    """`field` and `quote`: the place and the words that it is about; without them it is about all of it."""
    inspected(text)
    facts = {"field": field[:60], "quote": " ".join(quote.split())[:300]}
    return draft.comments.create(by_id=by.person_id, text=text.strip()[:4000], **facts)


def settle(*, by: Actor, comment: Comment, again: bool = False) -> None:
    """`again`: it is open once more."""
    comment.settled_at = None if again else clock.now()
    comment.settled_by_id = None if again else by.person_id
    comment.save(update_fields=["settled_at", "settled_by", "updated_at"])


def stand_for(*, by: Actor, draft: Draft, text: str) -> None:
    """A person answers for a sentence of the writer that nothing backed. Raises NotAllowed."""
    check_can_change(by, draft)
    draft.marks = [mark for mark in draft.marks if mark["text"] != text]
    draft.save(update_fields=["marks", "updated_at"])


def keep_terms(*, by: Actor, draft: Draft, terms: str) -> None:
    """Words that stay as they are when the text is translated. Raises NotAllowed."""
    check_can_change(by, draft)
    draft.terms = terms.strip()[:4000]
    draft.save(update_fields=["terms", "updated_at"])


# From hand to hand -------------------------------------------------------------------------------


def hand_on(*, by: Actor, draft: Draft, to: str, note: str = "") -> Handing:
    """To the next stage, with the version as it is now. `to`: a user name or e-mail address. Raises NotAllowed,
    NobodyThere."""
    check_can_change(by, draft)
    stage = after(draft.state)
    if stage is None:
        raise NotAllowed(_("It is signed: there is nowhere further."))
    person = by.person_id if stage == Stage.SIGNED else people.person_called(to.strip())
    if person is None:
        raise NobodyThere(to)
    return _handed(by, draft, person, str(stage), note, returned=False)


def give_back(*, by: Actor, draft: Draft, note: str) -> Handing:
    """To whom it came from. Raises NotAllowed."""
    check_can_change(by, draft)
    stage = before(draft.state)
    last = draft.handings.filter(stage=draft.state, returned=False).order_by("created_at").last()
    if stage is None or last is None or last.by_id is None:
        raise NotAllowed(_("There is nobody to give it back to."))
    return _handed(by, draft, last.by_id, str(stage), note, returned=True)


def _handed(by: Actor, draft: Draft, person: Any, stage: str, note: str, *, returned: bool) -> Handing:
    with transaction.atomic():
        version = keep_version(by=by, draft=draft, reason="handed")
        draft.state, draft.holder_id = stage, person
        draft.save(update_fields=["state", "holder", "updated_at"])
        if stage == Stage.SIGNED:
            register.follow(draft)
        return draft.handings.create(
            by_id=by.person_id, to_id=person, stage=stage, note=note.strip(), version=version, returned=returned
        )
