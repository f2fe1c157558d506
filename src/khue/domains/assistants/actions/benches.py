"""A version answers its test questions, in the background, one after another."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khue.domains.assistants.actions import answering, assistants
from khue.domains.assistants.benching.judging import Expected, Judged, judge, totals
from khue.domains.assistants.models import Assistant, Row, Run, RunState, State, TestQuestion, Version
from khue.domains.assistants.models.bench import Reason
from khue.domains.assistants.permissions import check_can_change
from khue.domains.assistants.queries import knowledge
from khue.domains.people.api import Actor
from khue.kernel import jobs
from khue.kernel.errors import UserError

RUN = "assistants.run"


class NoQuestions(UserError):
    def __init__(self) -> None:
        super().__init__(_("There are no test questions yet. Write some, or have some proposed."))


class RunningAlready(UserError):
    def __init__(self) -> None:
        super().__init__(_("These questions are being asked just now. Wait for the result, or stop it."))


@transaction.atomic
def start(
    *,
    by: Actor | None,
    assistant: Assistant,
    version: Version | None = None,
    reason: str = Reason.ASKED,
    later: bool = True,
) -> Run:
    """Freezes the draft and asks for a run of it. Raises NotAllowed, NoQuestions, RunningAlready."""
    check_can_change(by, assistant)
    if not assistant.questions.filter(accepted=True).exists():
        raise NoQuestions
    version = version or assistants.freeze(by=by, assistant=assistant)
    if version.runs.filter(state__in=[RunState.WAITING, RunState.RUNNING]).exists():
        raise RunningAlready
    reader = answering.reader(assistant.owner_id)
    run = Run.objects.create(
        version=version,
        by_id=by.person_id if by else None,
        reason=reason,
        of=assistant.questions.filter(accepted=True).count(),
        knowledge=knowledge.fingerprint(version.shape, reader),
        model=knowledge.model(),
    )
    if later:
        transaction.on_commit(lambda: jobs.later(RUN, run=str(run.pk)))
    return run


def stop(*, by: Actor | None, run: Run) -> None:
    check_can_change(by, run.version.assistant)
    Run.objects.filter(pk=run.pk, state__in=[RunState.WAITING, RunState.RUNNING]).update(
        state=RunState.STOPPED, ended_at=timezone.now()
    )


def work(run_id: UUID) -> Run:
    """Asks every accepted question; goes on where it was, when its process was killed."""
    run = Run.objects.select_related("version__assistant").get(pk=run_id)
    if run.is_over:
        return run
    Run.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    try:
        reader = answering.reader(run.version.assistant.owner_id)
        for position, question in enumerate(run.version.assistant.questions.filter(accepted=True)):
            if not _is_wanted(run):
                return Run.objects.get(pk=run.pk)
            if not run.rows.filter(position=position).exists():
                _ask(run, position, question, reader)
            Run.objects.filter(pk=run.pk).update(asked=position + 1)
    except UserError as error:
        Run.objects.filter(pk=run.pk).update(state=RunState.FAILED, error=str(error), ended_at=timezone.now())
        return Run.objects.get(pk=run.pk)
    return _finish(run)


def _is_wanted(run: Run) -> bool:
    return Run.objects.filter(pk=run.pk, state=RunState.RUNNING).exists()


def _ask(run: Run, position: int, question: TestQuestion, reader: Actor) -> None:
    answer = answer_of(run.version, question.question, reader)
    expected = Expected(question.kind, question.language, question.source, question.answer)
    judged = judge(expected, answer)
    Row.objects.create(
        run=run,
        position=position,
        question=question.question,
        kind=question.kind,
        judged=judged.as_json(),
        answer=answer,
        passed=judged.passed,
    )


def answer_of(version: Version, question: str, reader: Actor) -> dict[str, object]:
    """As a visitor would be answered, all of it, kept nowhere. What is refused counts as declined."""
    try:
        said = answering.reply(version.shape, by=reader, question=question)
    except answering.Refusal as refusal:
        return answering.blank(answering.Reply(question, "vi", outcome="abstained"), str(refusal)) | {
            "card": None,
            "choices": [],
        }
    if said.outcome == "answering":
        for _event in answering.words(said, version.shape, by=reader):
            pass
    return said.answer | {"card": said.card, "choices": said.choices}


def _finish(run: Run) -> Run:
    rows = list(run.rows.all())
    judged = [(row.kind, Judged(**row.judged)) for row in rows]
    before = _before(run)
    passed_before = {row.question for row in before.rows.filter(passed=True)} if before else set()
    Run.objects.filter(pk=run.pk).update(
        state=RunState.DONE,
        totals=totals(judged).as_json(),
        worse=[row.question for row in rows if not row.passed and row.question in passed_before],
        ended_at=timezone.now(),
    )
    return Run.objects.get(pk=run.pk)


def _before(run: Run) -> Run | None:
    """The last finished run of any version."""
    done = Run.objects.filter(version__assistant=run.version.assistant, state=RunState.DONE).exclude(pk=run.pk)
    return done.order_by("-created_at").first()


def rerun_changed() -> int:
    """Runs again what is published and stands on sources or a model that have changed since → how many."""
    started = 0
    for assistant in Assistant.objects.filter(state=State.PUBLISHED).select_related("published"):
        assert assistant.published
        last = assistant.published.runs.exclude(state=RunState.STOPPED).first()
        reason = _changed(assistant, last)
        if last and reason and last.is_over:
            with suppress(UserError):  # without questions there is nothing to run; the others are still to come
                start(by=None, assistant=assistant, version=assistant.published, reason=reason)
                started += 1
    return started


def _changed(assistant: Assistant, last: Run | None) -> str:
    if last is None or assistant.published is None:
        return ""
    try:
        reader = answering.reader(assistant.owner_id)
    except answering.Closed:
        return ""
    if knowledge.fingerprint(assistant.published.shape, reader) != last.knowledge:
        return str(Reason.KNOWLEDGE)
    return str(Reason.MODEL) if knowledge.model() != last.model else ""
