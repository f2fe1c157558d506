"""Drafts, handing in, once more."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from khue.domains.academy.actions import cohorts, grading, submissions
from khue.domains.academy.actions.submissions import CannotHandIn, Draft, Gone, NothingThere, is_unbroken
from khue.domains.academy.models import Enrolment, Evidence, Submission
from khue.domains.academy.rules.cohorts import CohortState
from khue.domains.academy.rules.labs import SubmissionState as State
from khue.domains.academy.tests.labs.work import conversation, gives, handed_in, lab_of
from khue.domains.people.api import actor_of


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def begun(cast, cohort, lab):
    return submissions.begin(by=actor_of(cast.an.pk), cohort=cohort, activity=lab)


def graded(cast, submission, points, **more):
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    grading.save(by=chi, submission_id=submission.pk, marks=gives(points, **more), revision=0)
    submission.refresh_from_db()
    return submission


def test_a_lab_is_begun_once(cast, cohort, lab):
    assert begun(cast, cohort, lab) == begun(cast, cohort, lab)


def test_a_draft_keeps_note_choice_link_and_file(cast, cohort, lab):
    made = conversation(cast.an, "Hỏi gì?")
    draft = begun(cast, cohort, lab)
    file = SimpleUploadedFile("bang.csv", b"a,b\n1,2\n", "text/csv")
    kept = Draft(note=" Ba dòng ", chosen=[("conversation", made.pk)], link="https://example.org/a", file=file)
    submissions.save(by=actor_of(cast.an.pk), submission_id=draft.pk, draft=kept)
    draft.refresh_from_db()
    assert draft.note == "Ba dòng"
    assert [(one.kind, one.title) for one in draft.evidence.all()] == [
        ("conversation", "Hỏi gì?"), ("file", "bang.csv"), ("link", "https://example.org/a")
    ]  # fmt: skip
    submissions.save(by=actor_of(cast.an.pk), submission_id=draft.pk, draft=Draft(drop=[draft.evidence.last().pk]))
    assert [one.kind for one in draft.evidence.all()] == ["file"]


def test_only_ones_own_things_are_taken(cast, cohort, lab):
    foreign = conversation(cast.binh, "Của Bình?")
    draft = begun(cast, cohort, lab)
    chosen = Draft(chosen=[("conversation", foreign.pk), ("conversation", uuid4())])
    submissions.save(by=actor_of(cast.an.pk), submission_id=draft.pk, draft=chosen)
    assert not draft.evidence.exists()


def test_what_is_handed_in_stays_as_it_was(cast, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    frozen = submission.evidence.get()
    assert [one["question"] for one in frozen.body["exchanges"]][1] == "Lệ phí bao nhiêu?"
    live = conversation(cast.an, "x")
    live.__class__.objects.get(pk=frozen.thing_id).exchanges.update(question="Đổi rồi")
    live.__class__.objects.filter(pk=frozen.thing_id).delete()
    submission.refresh_from_db()
    assert submission.evidence.get().body == frozen.body and is_unbroken(submission)


def test_a_change_behind_the_back_is_seen(cast, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    Evidence.objects.update(title="Khác")
    assert not is_unbroken(submission)
    Evidence.objects.update(title=submission.evidence.get().body["exchanges"][0]["question"])
    Submission.objects.update(note="Khác")
    submission.refresh_from_db()
    assert not is_unbroken(submission)


def test_the_same_form_sent_twice_hands_in_once(cast, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    again = submissions.hand_in(by=actor_of(cast.an.pk), submission_id=submission.pk)
    assert again.submitted_at == submission.submitted_at and Submission.objects.count() == 1


def test_an_empty_draft_is_not_handed_in(cast, cohort, lab):
    draft = begun(cast, cohort, lab)
    with pytest.raises(NothingThere):
        submissions.hand_in(by=actor_of(cast.an.pk), submission_id=draft.pk)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_link_alone_is_not_what_a_lab_with_its_tool_asks_for(cast, cohort, lab):
    draft = begun(cast, cohort, lab)
    submissions.save(by=actor_of(cast.an.pk), submission_id=draft.pk, draft=Draft(link="https://example.org/"))
    with pytest.raises(NothingThere):
        submissions.hand_in(by=actor_of(cast.an.pk), submission_id=draft.pk)


def test_where_the_tool_is_not_installed_a_link_or_file_is_taken(cast, cohort):
    lab = lab_of(cast, tool="services")
    assert submissions.accepted(lab) == ["file", "link"]
    draft = begun(cast, cohort, lab)
    submissions.save(by=actor_of(cast.an.pk), submission_id=draft.pk, draft=Draft(link="https://example.org/"))
    assert submissions.hand_in(by=actor_of(cast.an.pk), submission_id=draft.pk).state == State.HANDED_IN


def test_something_deleted_before_it_is_handed_in_is_named(cast, cohort, lab):
    made = conversation(cast.an, "Hỏi gì?")
    draft, by = begun(cast, cohort, lab), actor_of(cast.an.pk)
    submissions.save(by=by, submission_id=draft.pk, draft=Draft(chosen=[("conversation", made.pk)]))
    made.delete()
    with pytest.raises(Gone, match="Hỏi gì"):
        submissions.hand_in(by=by, submission_id=draft.pk)


def test_nobody_hands_in_for_another_or_without_taking_part(cast, cohort, lab):
    draft = begun(cast, cohort, lab)
    with pytest.raises(Submission.DoesNotExist):
        submissions.save(by=actor_of(cast.binh.pk), submission_id=draft.pk, draft=Draft(note="x"))
    with pytest.raises(CannotHandIn):
        submissions.begin(by=actor_of(cast.binh.pk), cohort=cohort, activity=lab)
    Enrolment.objects.filter(person=cast.an).update(state="withdrawn")
    with pytest.raises(CannotHandIn):
        submissions.hand_in(by=actor_of(cast.an.pk), submission_id=draft.pk)


def test_a_closed_cohort_takes_nothing_more(cast, cohort, lab):
    cohorts.decide(by=None, cohort=cohort, state=CohortState.CLOSED)
    cohort.refresh_from_db()
    with pytest.raises(CannotHandIn):
        begun(cast, cohort, lab)


def test_what_nobody_has_begun_to_grade_is_replaced(cast, cohort, lab):
    first = handed_in(cast.an, lab, cohort)
    second = handed_in(cast.an, lab, cohort, note="Bản sau")
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == (State.SUPERSEDED, State.HANDED_IN, 2)


def test_what_somebody_has_begun_to_grade_is_not_replaced(cast, cohort, lab):
    submission = handed_in(cast.an, lab, cohort)
    chi = actor_of(cast.chi.pk)
    grading.hold(by=chi, submission_id=submission.pk)
    grading.save(by=chi, submission_id=submission.pk, marks=grading.Marks(words="Đang đọc"), revision=0)
    with pytest.raises(CannotHandIn):
        begun(cast, cohort, lab)


def test_what_is_sent_back_or_not_passed_may_come_again_until_it_is_too_often(cast, cohort):
    lab = lab_of(cast, hand_ins=2)
    first = graded(cast, handed_in(cast.an, lab, cohort), 2, again=True)
    assert first.state == State.RETURNED
    second = graded(cast, handed_in(cast.an, lab, cohort), 0)
    assert (second.state, second.is_passed) == (State.GRADED, False)
    with pytest.raises(CannotHandIn):
        begun(cast, cohort, lab)


def test_what_is_passed_is_settled(cast, cohort, lab):
    graded(cast, handed_in(cast.an, lab, cohort), 2)
    with pytest.raises(CannotHandIn):
        begun(cast, cohort, lab)
