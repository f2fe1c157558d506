"""A lab of the small programme that An takes, and conversations to hand in for it."""

from khue.domains.academy.actions import checks, grading, peers, submissions
from khue.domains.academy.actions.grading import Marks
from khue.domains.academy.actions.submissions import Draft
from khue.domains.academy.models import Activity, Cohort, Enrolment, Grade, Submission
from khue.domains.academy.tests.cast import opened_cohort
from khue.domains.knowledge.models import Conversation, Exchange
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person
from khue.domains.people.tests.cast import Cast

QUESTIONS = {"key": "two", "kind": "questions", "names": {"vi": "Hai câu", "en": "Two"}, "settings": {"least": 2}}
TERM = {"key": "term", "kind": "states", "names": {"vi": "Thời hạn", "en": "Term"}, "settings": {"values": ["60 days"]}}
NOTE = {"key": "note", "kind": "note-words", "names": {"vi": "Lời", "en": "Words"}, "settings": {"least": 3}}


DOCUMENT = "01900000-0000-7000-8000-000000000001"


def lab_of(cast: Cast, **changes: object) -> Activity:
    """The lab, with some of its definition changed."""
    cohort = opened_cohort(cast)
    # An learns in this cohort alone
    Enrolment.objects.filter(person=cast.an).exclude(cohort=cohort).delete()
    Enrolment.objects.get_or_create(cohort=cohort, person=cast.an)
    lab = cohort.version.activities.select_related("version").get(kind="lab")
    if changes:
        lab.definition = {**lab.definition, **changes}
        lab.save()
    return lab


def conversation(person: Person, *questions: str) -> Conversation:
    """Answered from one document, as knowledge stores it."""
    organisation = actor_of(person.pk).organisation_id
    made = Conversation.objects.create(owner=person, organisation_id=organisation, title=questions[0])
    for position, question in enumerate(questions):
        Exchange.objects.create(
            conversation=made,
            position=position,
            question=question,
            language="vi",
            status="answered",
            answer="Thời hạn là 60 ngày.",
            sentences=[sentence("Thời hạn đăng ký khai sinh là 60 ngày.")],
        )
    return made


def sentence(text: str, *, supported: bool = True) -> dict:
    cited = {
        "document": DOCUMENT,
        "title": "Đăng ký khai sinh",
        "page": None,
        "quote": text,
        "start": 0,
        "end": 9,
        "n": 1,
    }
    return {
        "text": text, "supported": supported, "reason": "", "quoted": False, "citations": [cited] if supported else [],
    }  # fmt: skip


def handed_in(person: Person, lab: Activity, cohort: Cohort, *, note: str = "Trong 60 ngày.") -> Submission:
    Enrolment.objects.get_or_create(cohort=cohort, person=person)
    by = actor_of(person.pk)
    draft = submissions.begin(by=by, cohort=cohort, activity=lab)
    made = conversation(person, "Đăng ký khai sinh trong bao lâu?", "Lệ phí bao nhiêu?")
    submissions.save(by=by, submission_id=draft.pk, draft=Draft(note=note, chosen=[("conversation", made.pk)]))
    return submissions.hand_in(by=by, submission_id=draft.pk)


def gives(points: int, **more: object) -> Marks:
    """A whole grade for the small programme's rubric, whose one criterion has 0 and 2 points."""
    return Marks(levels={"dung": points}, is_done=True, **more)


PEERS = {"reviews": 1, "days": 3, "percent": 0}
WORDS = "Ba dòng rõ, đúng.\n\nLần sau hỏi thêm một câu ngoài tài liệu."


def begun(cast: Cast) -> Activity:
    """An has a draft with a conversation in it, and another to choose."""
    lab = lab_of(cast, checks=[TWO_CHECKS[0], NOTE], peers=PEERS)
    by = actor_of(cast.an.pk)
    draft = submissions.begin(by=by, cohort=opened_cohort(cast), activity=lab)
    if not draft.evidence.exists():
        chosen = conversation(cast.an, "Đăng ký khai sinh trong bao lâu?")
        conversation(cast.an, "Lệ phí bao nhiêu?")
        submissions.save(by=by, submission_id=draft.pk, draft=Draft(note=WORDS, chosen=[("conversation", chosen.pk)]))
    return lab


def waiting(cast: Cast) -> Submission:
    """Of An, seen by programs: one thing is met, one is not, one could not be looked at."""
    lab = lab_of(cast, checks=TWO_CHECKS)
    there = Submission.objects.filter(person=cast.an, activity=lab).first()
    if there is None:
        there = handed_in(cast.an, lab, opened_cohort(cast))
        checks.run(there.pk)
    return there


TWO_CHECKS = [QUESTIONS, TERM, {"key": "none", "kind": "no-such", "names": {"vi": "Khác", "en": "Other"}}]


def graded(cast: Cast) -> Submission:
    """Of An, by Chi, who says a word to it."""
    found = waiting(cast)
    by = actor_of(cast.chi.pk)
    if not found.is_settled:
        grading.hold(by=by, submission_id=found.pk)
        marks = gives(2, words=WORDS, notes={"dung": "Đúng thời hạn."})
        grading.save(by=by, submission_id=found.pk, marks=marks, revision=0)
    return Submission.objects.get(pk=found.pk)


def taken(cast: Cast) -> Grade:
    """The work of Giang, which An looks at as a fellow participant."""
    lab = lab_of(cast, peers=PEERS)
    for person in (cast.an, cast.giang):
        if not Submission.objects.filter(person=person, activity=lab).exists():
            handed_in(person, lab, opened_cohort(cast))
    found = peers.take(by=actor_of(cast.an.pk), cohort=opened_cohort(cast), activity=lab)
    assert found
    return found
