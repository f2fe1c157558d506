"""Checks run apart: what one of them does is its own, and never the batch's."""

import pytest

from khue.domains.academy.actions import checks
from khue.domains.academy.checking.runner import Runner
from khue.domains.academy.models import CheckOutcome
from khue.domains.academy.tests.labs.work import NOTE, QUESTIONS, TERM, handed_in, lab_of
from khue.domains.people.api import actor_of
from khue.kernel import artefacts, jobs

FAULTY = "khue.domains.academy.tests.labs.faulty:"
GIVEN = {"note": {"text": "sixty days", "identifiers": {}}, "things": []}


@pytest.mark.parametrize(
    ("name", "why"),
    [("hangs", "slow"), ("spins", "slow"), ("crashes", "crashed"), ("dies", "crashed"), ("eats", "crashed"),
     ("writes", "crashed"), ("calls", "crashed"), ("answers_nonsense", "crashed"), ("says_nothing", "crashed"),
     ("floods", "crashed"), ("is_not_there", "crashed")],
)  # fmt: skip
def test_one_that_goes_wrong_says_so_and_the_next_one_is_well(name, why):
    with Runner(seconds=2, memory=512 * 1024**2) as runner:
        assert runner.run(FAULTY + name, GIVEN, {}).why == why
        after = runner.run(FAULTY + "is_well", GIVEN, {"want": "sixty"})
    assert (after.passed, after.why) == (True, "")


def test_what_a_check_prints_is_not_its_answer():
    with Runner(seconds=5) as runner:
        done = runner.run(FAULTY + "babbles", GIVEN, {})
    assert (done.passed, done.why) == (False, "")


def test_the_child_knows_no_secrets():
    with Runner(seconds=5) as runner:
        known = runner.run(FAULTY + "is_well", GIVEN, {"want": "x"}).facts["secret"]
    assert set(known) <= {"PYTHONPATH", "PATH", "LANG", "HOME", "LC_CTYPE"}


@pytest.fixture
def faulty_kinds(monkeypatch):
    """Checks that go wrong, offered by the note beside the real ones."""
    notes = artefacts.kind("note")
    bad = {name: artefacts.Check(FAULTY + name, "", str) for name in ("hangs", "dies", "crashes")}
    monkeypatch.setattr("khue.domains.academy.queries.notes.CHECKS", {**notes.checks, **bad})


def test_a_batch_goes_on_past_what_hangs_and_crashes(cast, cohort, faulty_kinds):
    bad = [{"key": kind, "kind": kind, "names": {"vi": kind}} for kind in ("hangs", "dies", "crashes", "nobody-knows")]
    wrong = {**QUESTIONS, "key": "wrong", "settings": {"most": 2}}
    lab = lab_of(cast, checks=[bad[0], TERM, bad[1], bad[2], bad[3], wrong, QUESTIONS, NOTE])
    submission = handed_in(cast.an, lab, cohort)
    assert checks.run(submission.pk, seconds=2) == 8
    found = {one.key: (one.outcome, one.facts.get("why", "")) for one in submission.checks.all()}
    assert found == {
        "hangs": ("unknown", "slow"),
        "dies": ("unknown", "crashed"),
        "crashes": ("unknown", "crashed"),
        "nobody-knows": ("unknown", "missing"),
        "wrong": ("unknown", "settings"),
        "term": ("passed", ""),
        "two": ("passed", ""),
        "note": ("passed", ""),
    }
    submission.refresh_from_db()
    assert submission.checked_at


def test_a_worker_that_was_killed_half_way_goes_on_where_it_was(cast, cohort, monkeypatch):
    lab = lab_of(cast, checks=[TERM, QUESTIONS, NOTE])
    submission = handed_in(cast.an, lab, cohort)
    real, seen = checks._store, []

    def killed_after_one(*args):
        if seen:
            raise KeyboardInterrupt
        seen.append(args)
        real(*args)

    monkeypatch.setattr(checks, "_store", killed_after_one)
    with pytest.raises(KeyboardInterrupt):
        checks.run(submission.pk)
    monkeypatch.setattr(checks, "_store", real)
    assert checks.run(submission.pk) == 2
    assert submission.checks.count() == 3


def test_done_once_they_are_not_run_again(cast, cohort):
    lab = lab_of(cast, checks=[TERM])
    submission = handed_in(cast.an, lab, cohort)
    assert (checks.run(submission.pk), checks.run(submission.pk)) == (1, 0)


def test_what_could_not_be_checked_may_be_asked_for_again(cast, cohort, faulty_kinds):
    lab = lab_of(cast, checks=[{"key": "dies", "kind": "dies", "names": {"vi": "x"}}, TERM])
    submission = handed_in(cast.an, lab, cohort)
    checks.run(submission.pk)
    assert checks.again(by=actor_of(cast.chi.pk), submission=submission) == 1
    assert checks.run(submission.pk) == 1
    assert submission.checks.filter(outcome=CheckOutcome.PASSED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_queue_runs_them(cast, cohort):
    lab = lab_of(cast, checks=[TERM, NOTE])
    submission = handed_in(cast.an, lab, cohort)
    jobs.work(at_once=1, until_empty=True)
    submission.refresh_from_db()
    assert submission.checked_at and submission.checks.filter(outcome="passed").count() == 2
