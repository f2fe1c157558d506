"""Running the checks of a submission: one after another, each on its own, each result stored as it comes."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from khue.domains.academy.actions.submissions import ask_for_checks
from khue.domains.academy.checking.runner import Done, Runner
from khue.domains.academy.models import CheckOutcome, CheckResult, Submission
from khue.domains.academy.permissions.labs import check_can_grade
from khue.domains.people.api import Actor
from khue.gateway import api as gateway
from khue.kernel import artefacts, clock

SECONDS = 10.0
log = logging.getLogger(__name__)


def run(submission_id: UUID, *, seconds: float = SECONDS) -> int:
    """Those that have no result yet; returns how many were run. Nothing that a check does ends this."""
    submission = Submission.objects.select_related("activity").filter(pk=submission_id).first()
    if submission is None or submission.checked_at:
        return 0
    known = set(submission.checks.values_list("key", flat=True))
    waiting = [one for one in submission.activity.definition.get("checks", ()) if one["key"] not in known]
    if waiting:
        evidence, note = _bodies(submission), _note(submission.note)
        with Runner(seconds=seconds) as runner:
            for check in waiting:
                _store(submission, check["key"], _tried(runner, submission, check, evidence, note))
    submission.checked_at = clock.now()
    submission.save(update_fields=["checked_at", "updated_at"])
    return len(waiting)


def _tried(runner: Runner, submission: Submission, check: Mapping[str, Any], *given: Any) -> Done | str:
    """Also where the tool's own part of a check, which runs here, goes wrong."""
    try:
        return _run(runner, submission, check, *given)
    except Exception:
        log.exception("Check %s of submission %s", check["key"], submission.pk)
        return "crashed"


def _run(
    runner: Runner,
    submission: Submission,
    check: Mapping[str, Any],
    evidence: Mapping[str, list[Any]],
    note: Mapping[str, Any],
) -> Done | str:
    """What came of it, or why it was not even begun."""
    lab = submission.activity.definition
    found = artefacts.check(lab.get("tool", ""), check["kind"], also=lab.get("evidence", ()))
    if found is None:
        return "missing"
    kind, how = found
    try:
        settings = how.settings.model_validate(check.get("settings", {})).model_dump(mode="json")
    except ValidationError:
        return "settings"
    return runner.run(how.run, {"note": note, "things": evidence.get(kind.name, [])}, settings)


def _bodies(submission: Submission) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in submission.evidence.all():
        found.setdefault(one.kind, []).append(one.body)
    return found


def _note(text: str) -> dict[str, Any]:
    try:
        return {"text": text, "identifiers": gateway.inspect(text).found}
    except gateway.DetectorFailed:
        return {"text": text, "identifiers": None}


def _store(submission: Submission, key: str, done: Done | str) -> None:
    if isinstance(done, str):
        done = Done(facts={"why": done})
        outcome = CheckOutcome.UNKNOWN
    elif done.why:
        outcome = CheckOutcome.UNKNOWN
    else:
        outcome = CheckOutcome.PASSED if done.passed else CheckOutcome.FAILED
    facts = {**done.facts, "why": done.why} if done.why else done.facts
    CheckResult.objects.update_or_create(
        submission=submission, key=key, defaults={"outcome": outcome, "facts": facts, "took_ms": done.took_ms}
    )


def again(*, by: Actor, submission: Submission) -> int:
    """Asks once more for those that could not be checked; returns how many. Raises NotAllowed."""
    check_can_grade(by, submission)
    count, _each = submission.checks.filter(outcome=CheckOutcome.UNKNOWN).delete()
    if count:
        Submission.objects.filter(pk=submission.pk).update(checked_at=None)
        ask_for_checks(submission)
    return count
