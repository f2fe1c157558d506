"""Making assistants: drafts, versions, copies, files."""

import copy
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from khue.domains.assistants.definition import file
from khue.domains.assistants.definition.faults import Fault
from khue.domains.assistants.definition.shape import Definition, Texts
from khue.domains.assistants.models import Assistant, Origin, State, TestQuestion, Version
from khue.domains.assistants.permissions import can_create, check_can_change
from khue.domains.assistants.rules import slug_of
from khue.domains.people.api import Actor
from khue.kernel.errors import NotAllowed, UserError


class NotValid(UserError):
    """`faults`: path of the field → what is wrong, ready for the person."""

    def __init__(self, error: ValidationError) -> None:
        self.faults = {".".join(map(str, one["loc"])): _words(one) for one in error.errors()}
        super().__init__("; ".join(f"{place}: {fault}" for place, fault in self.faults.items()))


def _words(error: Any) -> str:
    fault = error.get("ctx", {}).get("error")
    known = {
        "site": _("“%(value)s” is no address of a web site; write it as https://xa.gov.vn"),
        "hours": _("“%(value)s”: write hours as 7:30-11:30, several with commas between"),
        "hours-order": _("“%(value)s” ends before it begins"),
    }
    if isinstance(fault, Fault):
        return known[fault.code] % {"value": fault.value}
    if error["type"] in {"too_long", "string_too_long"}:
        return _("This is too much or too long; shorten it, please.")
    return _("This is not what is expected here.")


class StillPublished(UserError):
    def __init__(self) -> None:
        super().__init__(gettext_lazy("It is published. Withdraw it first; then it can be deleted."))


def create(*, by: Actor, name: str, language: str = "vi", definition: Definition | None = None) -> Assistant:
    """Raises NotAllowed."""
    if not can_create(by):
        raise NotAllowed(_("Your account has no role here, so it can build nothing."))
    made = definition or Definition(name=Texts.model_validate({language: name.strip()}), languages=[language])  # type: ignore[list-item]
    return Assistant.objects.create(
        organisation_id=by.organisation_id,
        owner_id=by.person_id,
        slug=_free(slug_of(name)),
        draft=made.model_dump(mode="json"),
    )


def _free(slug: str) -> str:
    taken = set(Assistant.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)


@transaction.atomic
def change(*, by: Actor | None, assistant: Assistant, changes: Mapping[str, Any]) -> Definition:
    """Puts parts of the definition ("knowledge", "voice" …) in the place of those of the draft. Raises NotAllowed,
    NotValid; then nothing has changed."""
    check_can_change(by, assistant)
    kept = Assistant.objects.select_for_update().get(pk=assistant.pk)
    try:
        definition = Definition.model_validate({**kept.draft, **changes})
    except ValidationError as error:
        raise NotValid(error) from error
    assistant.draft = definition.model_dump(mode="json")
    assistant.save(update_fields=["draft", "updated_at"])
    return definition


@transaction.atomic
def freeze(*, by: Actor | None, assistant: Assistant) -> Version:
    """The draft as a version; the same one while it has not changed."""
    Assistant.objects.select_for_update().get(pk=assistant.pk)
    definition = assistant.definition
    if found := assistant.versions.filter(digest=definition.digest).first():
        return found
    last = assistant.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        assistant=assistant,
        number=last + 1,
        definition=definition.model_dump(mode="json"),
        digest=definition.digest,
        made_by_id=by.person_id if by else None,
    )


def roll_back(*, by: Actor | None, assistant: Assistant, version: Version) -> None:
    """The draft is again what the version was; the version itself stays. Raises NotAllowed."""
    check_can_change(by, assistant)
    freeze(by=by, assistant=assistant)
    assistant.draft = version.definition
    assistant.save(update_fields=["draft", "updated_at"])


@transaction.atomic
def clone(*, by: Actor, assistant: Assistant) -> Assistant:
    """A copy of one's own, with the test questions that were accepted. What the new owner may not read stays out."""
    shape = assistant.definition
    names = {language: _("%(name)s (copy)") % {"name": text} for language, text in shape.name if text}
    made = create(
        by=by, name=assistant.slug, definition=shape.model_copy(update={"name": Texts.model_validate(names)}, deep=True)
    )
    kept = assistant.questions.filter(accepted=True)
    TestQuestion.objects.bulk_create([_again(one, made) for one in kept])
    return made


def _again(question: TestQuestion, assistant: Assistant) -> TestQuestion:
    again = copy.copy(question)
    again.pk, again.assistant = TestQuestion._meta.pk.get_default(), assistant
    again._state.adding = True
    return again


@transaction.atomic
def bring(*, by: Actor, shared: file.Shared, replace: bool = False) -> Assistant:
    """An assistant from a file. With `replace`, an own one of the same short name gets the definition and those of the
    questions that it does not have; otherwise a new one is made under a free name."""
    found = Assistant.objects.visible_to(by).filter(slug=shared.slug).first() if replace else None
    if found:
        check_can_change(by, found)
        change(by=by, assistant=found, changes=shared.definition.model_dump(mode="json"))
    made = found or create(by=by, name=shared.slug, definition=shared.definition)
    there = set(made.questions.values_list("question", flat=True))
    new = {one.question: one for one in shared.questions if one.question not in there}
    TestQuestion.objects.bulk_create(
        [TestQuestion(assistant=made, origin=Origin.SHEET, **one.model_dump()) for one in new.values()]
    )
    return made


def as_file(assistant: Assistant, version: Version | None = None) -> str:
    """YAML: a version or the draft, and the accepted test questions."""
    kept = assistant.questions.filter(accepted=True)
    questions = [
        file.Question.model_validate(
            {name: getattr(one, name) for name in ("question", "kind", "language", "source", "answer")}
        )
        for one in kept
    ]
    shape = version.shape if version else assistant.definition
    shared = file.Shared(format="khue-assistant/1", slug=assistant.slug, definition=shape, questions=questions)
    return file.write(shared)


def delete(*, by: Actor | None, assistant: Assistant) -> None:
    """With versions, questions, runs and conversations. Raises NotAllowed, StillPublished."""
    check_can_change(by, assistant)
    if assistant.state == State.PUBLISHED:
        raise StillPublished
    _remove(assistant)


def forget(organisation_ids: Collection[UUID]) -> None:
    """All of these organisations, published or not, for good."""
    for assistant in Assistant.objects.filter(organisation__in=organisation_ids):
        _remove(assistant)


@transaction.atomic
def _remove(assistant: Assistant) -> None:
    assistant.published = None
    assistant.save(update_fields=["published"])
    assistant.publications.all().delete()
    assistant.delete()


def owned(slug: str, *, by: Actor | None) -> Assistant:
    """By short name or id. Raises Assistant.DoesNotExist for what is not there or not to be seen."""
    visible = Assistant.objects.visible_to(by) if by else Assistant.objects.all()
    try:
        return visible.get(pk=UUID(slug))
    except ValueError:
        return visible.get(slug=slug)
