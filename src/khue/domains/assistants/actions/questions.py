"""Test questions: by hand, from a sheet, proposed and looked at one by one."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import answering
from khue.domains.assistants.definition.file import Question
from khue.domains.assistants.models import Assistant, Kind, Origin, TestQuestion
from khue.domains.assistants.permissions import check_can_change
from khue.domains.assistants.queries import proposals
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.kernel.errors import UserError

PROPOSED_AT_ONCE = 12


class ThereAlready(UserError):
    def __init__(self) -> None:
        super().__init__(_("This question is among the test questions already."))


def add(*, by: Actor | None, assistant: Assistant, question: Question, origin: str = Origin.HAND) -> TestQuestion:
    """Raises NotAllowed, ThereAlready."""
    check_can_change(by, assistant)
    try:
        with transaction.atomic():
            return TestQuestion.objects.create(assistant=assistant, origin=origin, **question.model_dump())
    except IntegrityError:
        raise ThereAlready from None


@transaction.atomic
def take(*, by: Actor | None, assistant: Assistant, questions: Sequence[Question]) -> int:
    """Those of a sheet; what is there already is passed over → how many are new."""
    check_can_change(by, assistant)
    there = set(assistant.questions.values_list("question", flat=True))
    new = [one for one in questions if one.question not in there]
    TestQuestion.objects.bulk_create(
        [TestQuestion(assistant=assistant, origin=Origin.SHEET, **one.model_dump()) for one in new]
    )
    return len(new)


def accept(*, by: Actor | None, question: TestQuestion, says: Question) -> None:
    """With what the person makes of it. Raises NotAllowed, ThereAlready."""
    check_can_change(by, question.assistant)
    question.accepted = True
    for name, value in says.model_dump().items():
        setattr(question, name, value)
    try:
        with transaction.atomic():
            question.save()
    except IntegrityError:
        raise ThereAlready from None


def delete(*, by: Actor | None, question: TestQuestion) -> None:
    check_can_change(by, question.assistant)
    question.delete()


def propose(*, by: Actor, assistant: Assistant) -> int:
    """Questions from the sources, and those that are always needed; a person looks at each before it counts."""
    check_can_change(by, assistant)
    there = set(assistant.questions.values_list("question", flat=True))
    reader = answering.reader(assistant.owner_id)
    found = [one for one in proposals.of(assistant, reader) if one.question not in there][:PROPOSED_AT_ONCE]
    TestQuestion.objects.bulk_create(
        [TestQuestion(assistant=assistant, origin=Origin.PROPOSED, accepted=None, **one.model_dump()) for one in found],
        ignore_conflicts=True,
    )
    return len(found)


def from_correction(
    *, by: Actor | None, assistant: Assistant, question: str, language: str, answer: str
) -> TestQuestion:
    """An answer that a person gave becomes what is expected; the question comes without its identifiers."""
    check_can_change(by, assistant)
    found, made = TestQuestion.objects.get_or_create(
        assistant=assistant,
        question=gateway.hidden(question),
        defaults={"kind": Kind.ANSWERABLE, "language": language, "answer": answer, "origin": Origin.CORRECTION},
    )
    if not made:
        found.kind, found.answer = Kind.ANSWERABLE, answer
        found.accepted, found.origin = True, Origin.CORRECTION
        found.save()
    return found
