"""Every address × role in one table. A new address fails here until it has a row; so does a row without an address.

Outcomes: a status, IN (sent to sign-in), CONFIRM (asked for the password once more) or GO (sent on, so it was done).
Order: visitor, participant, lecturer, coordinator, steward, administrator (all of one academy), and outsider, the
administrator of another organisation. Addresses about a thing are tried with a thing of the academy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from khue.domains.academy.tests.cast import seat_of_an
from khue.domains.academy.tests.certified import certificate_of_an
from khue.domains.academy.tests.quizzing.quiz import cohort_of, open_attempt, quiz_activity, sitting_of
from khue.domains.academy.tests.small import small_programme
from khue.domains.academy.tests.sprints.sprint import entry_of as sprint_entry
from khue.domains.academy.tests.sprints.sprint import published, sprint_of, stored_artefact
from khue.domains.academy.tests.surveys.survey import survey
from khue.domains.academy.views.sprints import token as proposals
from khue.domains.analysis.tests.cast import (
    stored_analysis,
    stored_asked,
    stored_brief,
    stored_dataset,
    stored_forecast,
    stored_release,
    stored_step,
)
from khue.domains.assistants.tests.cast import (
    stored_assistant,
    stored_hand_over,
    stored_message,
    stored_question,
    stored_run,
    stored_trial,
    stored_use_case,
)
from khue.domains.drafting.tests.cast import (
    stored_comment,
    stored_draft,
    stored_rewrite,
    stored_template,
    stored_version,
)
from khue.domains.people.tests.cast import Cast
from khue.domains.procedures.tests.cast import stored_procedure
from khue.domains.prototypes.tests.cast import (
    linked_tool,
    stored_feedback,
    stored_review,
    stored_tool,
    stored_turn,
    tool_version,
)
from khue.domains.synthesis.tests.cast import (
    stored_consultation,
    stored_meeting,
    stored_opinion,
    stored_report,
    stored_synthesis,
    stored_theme,
)

WHO = {
    "visitor": None,
    "participant": "an",
    "lecturer": "binh",
    "coordinator": "chi",
    "steward": "dung",
    "administrator": "giang",
    "outsider": "hai",
}
IN, CONFIRM, GO = "sign-in", "confirm", "go"
Arguments = Callable[[Cast], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    outcomes: tuple[int | str, ...]
    arguments: Arguments = lambda cast: {}
    method: str = "get"
    data: Arguments = lambda cast: {}


def everyone(outcome: int | str) -> tuple[int | str, ...]:
    return (outcome,) * 7


def signed_in(outcome: int | str) -> tuple[int | str, ...]:
    return (IN, *(outcome,) * 6)


def an(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.an.pk}


def role_of_an(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.an.pk, "membership_pk": cast.an.memberships.get().pk}


def campus(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.hcm.pk}


def procedure(cast: Cast) -> dict[str, Any]:
    """One that the academy shares with its campuses."""
    return {"pk": stored_procedure(cast).pk}


def document_of_procedure(cast: Cast) -> dict[str, Any]:
    return {"document_id": stored_procedure(cast).document_id}


def collection(cast: Cast) -> dict[str, Any]:
    return {"collection_id": _collection(cast).pk}


def dataset_of_binh(cast: Cast) -> dict[str, Any]:
    return {"dataset_id": stored_dataset(cast).pk}


def no_database(cast: Cast) -> dict[str, Any]:
    return {"name": "so-goc"}


def no_table(cast: Cast) -> dict[str, Any]:
    return dataset_of_binh(cast) | {"table_id": cast.binh.pk}


def worksheet_of_binh(cast: Cast) -> dict[str, Any]:
    return {"analysis_id": stored_analysis(cast).pk}


def step_of_binh(cast: Cast) -> dict[str, Any]:
    return worksheet_of_binh(cast) | {"step_id": stored_step(cast).pk}


def question_of_binh(cast: Cast) -> dict[str, Any]:
    return worksheet_of_binh(cast) | {"question_id": stored_asked(cast).pk}


def file_of_step(cast: Cast) -> dict[str, Any]:
    return step_of_binh(cast) | {"form": "csv"}


def method_of_worksheet(cast: Cast) -> dict[str, Any]:
    return worksheet_of_binh(cast) | {"name": "trend"}


def forecast_of_worksheet(cast: Cast) -> dict[str, Any]:
    return worksheet_of_binh(cast) | {"run_id": stored_forecast(cast).pk}


def release_of_binh(cast: Cast) -> dict[str, Any]:
    return {"release_id": stored_release(cast).pk}


def brief_of_binh(cast: Cast) -> dict[str, Any]:
    return {"brief_id": stored_brief(cast).pk}


def file_of_brief(cast: Cast) -> dict[str, Any]:
    return brief_of_binh(cast) | {"form": "docx"}


def synthesis_of_binh(cast: Cast) -> dict[str, Any]:
    return {"synthesis_id": stored_synthesis(cast).pk}


def report_of_binh(cast: Cast) -> dict[str, Any]:
    return synthesis_of_binh(cast) | {"report_id": stored_report(cast).pk}


def consultation_of_binh(cast: Cast) -> dict[str, Any]:
    return {"consultation_id": stored_consultation(cast).pk}


def theme_of_binh(cast: Cast) -> dict[str, Any]:
    return consultation_of_binh(cast) | {"theme_id": stored_theme(cast).pk}


def opinion_of_binh(cast: Cast) -> dict[str, Any]:
    return consultation_of_binh(cast) | {"opinion_id": stored_opinion(cast).pk}


def meeting_of_binh(cast: Cast) -> dict[str, Any]:
    return {"meeting_id": stored_meeting(cast).pk}


def assistant_of_binh(cast: Cast) -> dict[str, Any]:
    return {"assistant_id": stored_assistant(cast).pk}


def step_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"step": "purpose"}


def question_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"question_id": stored_question(cast).pk}


def run_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"run_id": stored_run(cast).pk}


def version_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"number": 1}


def message_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"message_id": stored_message(cast).pk}


def draft_of_binh(cast: Cast) -> dict[str, Any]:
    return {"draft_id": stored_draft(cast).pk}


def version_of_draft(cast: Cast) -> dict[str, Any]:
    return {"draft_id": stored_version(cast).draft_id, "number": 1}


def comment_on_draft(cast: Cast) -> dict[str, Any]:
    return draft_of_binh(cast) | {"comment_id": stored_comment(cast).pk}


def template_of_binh(cast: Cast) -> dict[str, Any]:
    return {"template_id": stored_template(cast).pk}


def rewrite_of_draft(cast: Cast) -> dict[str, Any]:
    return draft_of_binh(cast) | {"rewrite_id": stored_rewrite(cast).pk}


def trial_of_assistant(cast: Cast) -> dict[str, Any]:
    return assistant_of_binh(cast) | {"message_id": stored_trial(cast).pk}


def hand_over(cast: Cast) -> dict[str, Any]:
    return {"hand_over_id": stored_hand_over(cast).pk}


def use_case(cast: Cast) -> dict[str, Any]:
    return {"use_case_id": stored_use_case(cast).pk}


def tool_of_binh(cast: Cast) -> dict[str, Any]:
    return {"tool_id": stored_tool(cast).pk}


def version_of_tool(cast: Cast) -> dict[str, Any]:
    return {"tool_id": stored_tool(cast).pk, "number": tool_version(cast).number}


def turn_of_tool(cast: Cast) -> dict[str, Any]:
    return {"tool_id": stored_tool(cast).pk, "turn_id": stored_turn(cast).pk}


def review_of_tool(cast: Cast) -> dict[str, Any]:
    return {"tool_id": stored_tool(cast).pk, "review_id": stored_review(cast).pk}


def feedback_of_tool(cast: Cast) -> dict[str, Any]:
    return {"tool_id": stored_tool(cast).pk, "feedback_id": stored_feedback(cast).pk}


def tool_by_link(cast: Cast) -> dict[str, Any]:
    return {"link": linked_tool(cast).link}


def open_assistant(cast: Cast) -> dict[str, Any]:
    return {"slug": stored_assistant(cast).slug}


def open_visit(cast: Cast) -> dict[str, Any]:
    return open_assistant(cast) | {"visit_id": stored_message(cast).visit_id}


def open_message(cast: Cast) -> dict[str, Any]:
    return open_assistant(cast) | {"message_id": stored_message(cast).pk}


def greeting(cast: Cast) -> dict[str, Any]:
    return {"question": "Xin chào"}


def cohort(cast: Cast) -> dict[str, Any]:
    """Of the academy itself: those of its branch run it."""
    from khue.domains.academy.tests.cast import opened_cohort

    return {"cohort_id": opened_cohort(cast).pk}


def session_of_an(cast: Cast) -> dict[str, Any]:
    return {"session_id": seat_of_an(cast).cohort.sessions.get().pk}


def own_seat_of_an(cast: Cast) -> dict[str, Any]:
    return session_of_an(cast) | {"enrolment_id": seat_of_an(cast).pk}


def place_of_an(cast: Cast) -> dict[str, Any]:
    return session_of_an(cast) | {"place_id": seat_of_an(cast).place_id}


def enrolment_of_an(cast: Cast) -> dict[str, Any]:
    return cohort(cast) | {"enrolment_id": seat_of_an(cast).pk}


def double_of_an(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.tests.cast import double_of_an as double

    return dict(zip(("cohort_id", "enrolment_id", "into_id"), double(cast), strict=True))


def place_of_cohort(cast: Cast) -> dict[str, Any]:
    return cohort(cast) | {"place_id": seat_of_an(cast).place_id}


def shifted(cast: Cast) -> dict[str, Any]:
    return {"shift-session": seat_of_an(cast).cohort.sessions.get().pk, "shift-to": "2026-03-04"}


def added() -> dict[str, Any]:
    return {"new-name": "Ôn tập", "new-on": "2026-03-04", "new-begins": "08:30", "new-ends": "10:00"}


def attendance_of_an(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import Attendance
    from khue.kernel.clock import now

    seat = seat_of_an(cast)
    noted = {"presence": "present", "way": "qr", "at": now()}
    session = seat.cohort.sessions.get()
    return {"attendance_id": Attendance.objects.get_or_create(session=session, enrolment=seat, defaults=noted)[0].pk}


def cohort_of_an(cast: Cast) -> dict[str, Any]:
    return {"cohort_id": seat_of_an(cast).cohort_id}


def hand_of_an(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import Hand

    seat = seat_of_an(cast)
    line = {"line": "Kẹt ở đây", "session": seat.cohort.sessions.get()}
    return {"hand_id": Hand.objects.get_or_create(enrolment=seat, defaults=line)[0].pk}


def question_of_session(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import Question

    made = {"text": "Ai trả lời?"}
    return {"question_id": Question.objects.get_or_create(position=1, defaults=made, **session_of_an(cast))[0].pk}


def poll_of_session(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import Poll

    asked = {"kind": "word", "text": "Một từ?"}
    return {"poll_id": Poll.objects.get_or_create(defaults=asked, **session_of_an(cast))[0].pk}


def topic_of_an(cast: Cast) -> dict[str, Any]:
    return {"at": f"topic:{seat_of_an(cast).cohort.version.topics.get().pk}"}


def calendar_of_an(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.actions import calendars

    return {"token": calendars.token(cast.an.pk)}


def certificate(cast: Cast) -> dict[str, Any]:
    return {"certificate_id": certificate_of_an(cast).pk}


def issuer(cast: Cast) -> dict[str, Any]:
    return {"issuer_id": certificate_of_an(cast).key.issuer_id}


def issuer_key(cast: Cast) -> dict[str, Any]:
    return {"key_id": certificate_of_an(cast).key_id}


def certificate_token(cast: Cast) -> dict[str, Any]:
    """An's, who has not agreed to show anything."""
    return {"token": certificate_of_an(cast).token}


def roster(cast: Cast) -> dict[str, Any]:
    """A list that nobody of them brought."""
    return cohort(cast) | {"roster_id": cast.academy.pk}


def _collection(cast: Cast) -> Any:
    """Of the lecturer Bình, readable in the academy and all below it."""
    from khue.domains.knowledge.models import Collection

    return Collection.objects.get_or_create(
        name="Bảng quyền", organisation=cast.academy, defaults={"owner": cast.binh, "access": "below"}
    )[0]


def document(cast: Cast) -> dict[str, Any]:
    from khue.domains.knowledge.models import Document, DocumentText

    found, made = Document.objects.get_or_create(
        collection=_collection(cast), sha256="0" * 64, defaults={"title": "Quy chế", "data_class": 1, "status": "ready"}
    )
    if made:
        DocumentText.objects.create(document=found, text="Thời hạn là 60 ngày.")
    return {"document_id": found.pk}


def raised_document(cast: Cast) -> dict[str, Any]:
    """One whose text demands more than its collection."""
    from khue.domains.knowledge.models import Document

    found = document(cast)["document_id"]
    Document.objects.filter(pk=found).update(found={"cccd": 1}, found_class=2, data_class=2, looked=1)
    return {"kind": "document", "thing_id": found}


def decision(cast: Cast) -> dict[str, Any]:
    return raised_document(cast) | {"decision_id": cast.an.pk}


def stricter(cast: Cast) -> dict[str, Any]:
    return {
        "organisation": cast.hcm.pk,
        "data_class": 1,
        "zone": "country",
        "decision": "deny",
        "reason": "Chưa có hợp đồng.",
    }


def own_rule(cast: Cast) -> dict[str, Any]:
    return {"tightening_id": cast.an.pk}


def entry(cast: Cast) -> dict[str, Any]:
    """Of the ledger: a decision in the academy."""
    from khue.gateway import api as gateway

    return {"seq": gateway.record("class", organisation=cast.academy.pk, person=cast.dung.pk)}


def conversation(cast: Cast) -> dict[str, Any]:
    return {"conversation_id": _exchange(cast).conversation_id}


def exported(cast: Cast) -> dict[str, Any]:
    return conversation(cast) | {"form": "md"}


def exchange(cast: Cast) -> dict[str, Any]:
    return {"exchange_id": _exchange(cast).pk}


def _exchange(cast: Cast) -> Any:
    """A question of the participant An, answered."""
    from khue.domains.knowledge.models import Conversation, Exchange

    held = Conversation.objects.get_or_create(owner=cast.an, organisation=cast.hcm, defaults={"title": "Hỏi"})[0]
    return Exchange.objects.get_or_create(
        conversation=held, position=0, defaults={"question": "Hỏi?", "language": "vi", "status": "answered"}
    )[0]


def programme(cast: Cast) -> dict[str, Any]:
    """Of the academy; the participant An takes part in a cohort of it."""
    return {"version_id": small_programme(cast).pk}


def programme_topic(cast: Cast) -> dict[str, Any]:
    return programme(cast) | {"key": "mo-dau"}


def programme_file(cast: Cast) -> dict[str, Any]:
    return programme(cast) | {"path": "images/mot.svg"}


def quiz(cast: Cast) -> dict[str, Any]:
    """Of the academy; An takes part in the cohort that Bình's campus runs."""
    sitting_of(cast)
    return {"activity_id": quiz_activity(cast).pk}


def quiz_kept(cast: Cast) -> dict[str, Any]:
    """Belongs to the academy: Bình of a campus takes part in running it, and does not change it."""
    return {"quiz_id": sitting_of(cast).quiz_id}


def sitting(cast: Cast) -> dict[str, Any]:
    return {"sitting_id": sitting_of(cast).pk}


def cohort_surveyed(cast: Cast) -> dict[str, Any]:
    survey(cast)
    return {"cohort_id": cohort_of(cast).pk}


def attempt_of_an(cast: Cast) -> dict[str, Any]:
    return {"attempt_id": open_attempt(cast).pk}


def programme_lab(cast: Cast) -> dict[str, Any]:
    return programme(cast) | {"key": "hoi"}


def lab(cast: Cast) -> dict[str, Any]:
    """One with reviews, of the cohort where An sits."""
    from khue.domains.academy.tests.labs.work import lab_of

    return {"activity_id": lab_of(cast, peers={"reviews": 1, "days": 3, "percent": 0}).pk}


def submission_of_an(cast: Cast) -> dict[str, Any]:
    """Handed in by An in a cohort that the academy runs, and begun to be graded by those who may."""
    from khue.domains.academy.models import Submission
    from khue.domains.academy.tests.cast import opened_cohort
    from khue.domains.academy.tests.labs.work import handed_in, lab_of

    there = Submission.objects.filter(person=cast.an, state="handed-in").first()
    return {"submission_id": (there or handed_in(cast.an, lab_of(cast), opened_cohort(cast))).pk}


def file_of_an(cast: Cast) -> dict[str, Any]:
    """Evidence that is no file."""
    return submission_of_an(cast) | {"evidence_id": cast.an.pk}


def review_of_an(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import Grade

    found = submission_of_an(cast)["submission_id"]
    return {"grade_id": Grade.objects.get_or_create(submission_id=found, grader=cast.an, kind="peer")[0].pk}


def sprint(cast: Cast) -> dict[str, Any]:
    """Of a cohort that the academy runs; An is in the first team."""
    return {"sprint_id": sprint_of(cast).pk}


def sprint_problem(cast: Cast) -> dict[str, Any]:
    return sprint(cast) | {"problem_id": sprint_of(cast).problems.get(key="hai").pk}


def entry_of_an(cast: Cast) -> dict[str, Any]:
    return {"entry_id": sprint_entry(cast).pk}


def stage_of_an(cast: Cast) -> dict[str, Any]:
    return entry_of_an(cast) | {"key": "hieu"}


def artefact_of_an(cast: Cast) -> dict[str, Any]:
    return entry_of_an(cast) | {"artefact_id": stored_artefact(cast).pk}


def judged_by_chi(cast: Cast) -> dict[str, Any]:
    sprint_of(cast).judges.get_or_create(person=cast.chi)
    return sprint(cast)


def publication_of_an(cast: Cast) -> dict[str, Any]:
    return {"entry_id": published(cast).entry_id}


def gallery_file(cast: Cast) -> dict[str, Any]:
    return {"publication_id": published(cast).pk, "artefact_id": stored_artefact(cast).pk}


def asked(cast: Cast) -> dict[str, Any]:
    from khue.domains.academy.models import FollowUp

    due = {"due_on": sprint_of(cast).cohort.ends_on}
    return {"follow_up_id": FollowUp.objects.get_or_create(entry=sprint_entry(cast), months=3, defaults=due)[0].pk}


OWN_OF_AN = (IN, 200, 404, 404, 404, 404, 404)
DOES_TO_OWN_OF_AN = (IN, GO, 404, 404, 404, 404, 404)
READS = (IN, 200, 200, 200, 200, 200, 404)
CHANGES = (IN, 403, GO, 403, GO, GO, 404)
LOOKS_AFTER = (IN, 403, 403, 200, 403, 200, 200)
OF_AN = (IN, 403, 403, 200, 403, 200, 404)
DOES_TO_AN = (IN, 403, 403, GO, 403, GO, 404)
ARRANGES = (IN, 403, 403, 403, 403, 200, 200)
OF_CAMPUS = (IN, 403, 403, 403, 403, 200, 404)
DOES_TO_CAMPUS = (IN, 403, 403, 403, 403, GO, 404)

HOLDS = (IN, 403, 404, 200, 403, 200, 404)
DOES_AS_HOLDER = (IN, 403, 404, GO, 403, GO, 404)
TAKES_PART_OR_TEACHES = (IN, 200, 200, 200, 403, 200, 404)
TEACHES = (IN, 403, 200, 200, 403, 200, 200)
TEACHES_OWN = (IN, 403, 404, 200, 403, 200, 404)
ADMINISTERS = (IN, 403, 403, 403, 403, 200, 200)
DOES_AS_TEACHER = (IN, 403, 404, GO, 403, GO, 404)
# the team of An, and those who run the cohort; who teaches at another campus does not know of it
IN_SPRINT = (IN, 200, 404, 200, 404, 200, 404)
LEADS_SPRINT = (IN, 403, 404, 200, 404, 200, 404)
DOES_AS_TEAM = (IN, GO, 404, 403, 404, 403, 404)
JUDGES = (IN, 404, 404, GO, 404, 404, 404)
# data are their owner's until shared
SEES_OWN = (IN, 404, 200, 404, 404, 404, 404)
DOES_TO_OWN = (IN, 404, GO, 404, 404, 404, 404)
# a tool of Bình's, the lecturer; others of the branch look on
SEES_TOOL = (IN, 404, 200, 200, 200, 200, 404)
CHANGES_TOOL = (IN, 404, GO, 404, 404, 404, 404)
SEES_ASSISTANT = (IN, 404, 200, 200, 200, 200, 404)
DOES_TO_ASSISTANT = (IN, 404, GO, GO, GO, GO, 404)
# only who has the draft in hand changes it
HOLDS_DRAFT = (IN, 404, GO, 404, 404, 404, 404)
TYPES_IN_DRAFT = (IN, 404, 200, 404, 404, 404, 404)
GOVERNS = (IN, 403, 403, 403, 200, 200, 200)
KEEPS = (IN, 403, 403, 200, 403, 200, 404)
DOES_TO_KEPT = (IN, 403, 403, GO, 403, GO, 404)
FOLLOWS = (IN, 403, 200, 200, 403, 200, 404)


def spender(cast: Cast) -> dict[str, Any]:
    """The participant An, who has used a model at the campus."""
    from khue.gateway.budgets import spend
    from khue.gateway.contract import Caller
    from khue.gateway.energy import Energy

    spend(Caller(cast.an.pk, cast.hcm.pk, tool="ask"), tokens=10, energy=Energy())
    return {"pk": cast.an.pk}


def key(cast: Cast) -> dict[str, Any]:
    """Of the participant An, made at the campus."""
    from khue.domains.stewardship.models import Key

    made = Key.objects.get_or_create(
        digest=b"0" * 32, defaults={"owner": cast.an, "organisation": cast.hcm, "name": "Bảng tính", "highest_class": 1}
    )[0]
    return {"pk": made.pk}


TABLE = {
    # asked by supervisors and load balancers
    "health": Row(everyone(200)),
    # the shell
    "ui:home": Row(signed_in(200)),
    "ui:guides": Row(signed_in(200)),
    "ui:guide": Row(signed_in(404), lambda cast: {"slug": "no-such-guide"}),
    "ui:components": Row(signed_in(200)),
    "ui:display": Row(everyone(GO), method="post", data=lambda cast: {"theme": "dark"}),
    "ui:language": Row(everyone(GO), method="post", data=lambda cast: {"language": "fr"}),
    # people
    "people:account": Row(signed_in(200)),
    "people:join": Row(everyone(200)),
    "people:preferences": Row(signed_in(GO), method="post", data=lambda cast: {"theme": "dark"}),
    "people:work-in": Row(
        (IN, GO, 404, GO, GO, GO, 404), method="post", data=lambda cast: {"organisation": cast.hcm.pk}
    ),
    "people:list": Row(LOOKS_AFTER),
    "people:create": Row(LOOKS_AFTER),
    "people:detail": Row(OF_AN, an),
    "people:grant": Row(DOES_TO_AN, an, "post", lambda cast: {"organisation": cast.hcm.pk, "role": "lecturer"}),
    "people:revoke": Row(DOES_TO_AN, role_of_an, "post"),
    "people:reset-password": Row(OF_AN, an, "post"),
    "people:remove-second-step": Row(DOES_TO_AN, an, "post"),
    "people:deactivate": Row(DOES_TO_AN, an, "post"),
    "people:reactivate": Row(DOES_TO_AN, an, "post"),
    "people:organisations": Row(LOOKS_AFTER),
    "people:organisation-create": Row(ARRANGES),
    "people:organisation": Row(OF_CAMPUS, campus),
    "people:organisation-move": Row(DOES_TO_CAMPUS, campus, "post", lambda cast: {"parent": cast.ha_noi.pk}),
    "people:organisation-archive": Row(DOES_TO_CAMPUS, campus, "post"),
    "people:organisation-restore": Row(DOES_TO_CAMPUS, campus, "post"),
    # procedures
    "procedures:list": Row(signed_in(200)),
    "procedures:detail": Row((IN, 200, 200, 200, 200, 200, 404), procedure),
    "procedures:of-document": Row((IN, GO, GO, GO, GO, GO, 404), document_of_procedure),
    # knowledge
    "knowledge:ask": Row(signed_in(200)),
    "knowledge:history": Row(signed_in(200)),
    "knowledge:conversation": Row(OWN_OF_AN, conversation),
    "knowledge:conversation-rename": Row(DOES_TO_OWN_OF_AN, conversation, "post", lambda cast: {"title": "Tên"}),
    "knowledge:conversation-delete": Row(DOES_TO_OWN_OF_AN, conversation, "post"),
    "knowledge:conversation-export": Row(OWN_OF_AN, exported),
    "knowledge:exchange": Row(OWN_OF_AN, exchange),
    "knowledge:exchange-stream": Row(OWN_OF_AN, exchange),
    "knowledge:exchange-retry": Row(DOES_TO_OWN_OF_AN, exchange, "post"),
    "knowledge:exchange-rate": Row(DOES_TO_OWN_OF_AN, exchange, "post", lambda cast: {"rating": "1"}),
    "knowledge:library": Row(signed_in(200)),
    "knowledge:search": Row(signed_in(200)),
    "knowledge:collection": Row(READS, collection),
    "knowledge:collection-edit": Row((IN, 403, 200, 403, 200, 200, 404), collection),
    "knowledge:collection-delete": Row(CHANGES, collection, "post"),
    "knowledge:upload": Row(CHANGES, collection, "post"),
    "knowledge:document": Row(READS, document),
    "knowledge:document-file": Row((IN, *(404,) * 6), document),
    "knowledge:document-delete": Row(CHANGES, document, "post"),
    # academy
    # a session of a cohort where An sits, held by those who run it
    "academy:session": Row((IN, 403, 404, 200, 403, 200, 404), session_of_an),
    "academy:session-seat": Row((IN, 403, 404, 200, 403, 200, 404), own_seat_of_an),
    "academy:session-pulse": Row((IN, 200, 404, 400, 400, 400, 404), session_of_an, method="post"),
    "academy:session-screen": Row((IN, 403, 404, 200, 403, 200, 404), place_of_an),
    "academy:session-sheet": Row((IN, 403, 404, 200, 403, 200, 404), place_of_an),
    "academy:participation": Row(HOLDS, cohort_of_an),
    "academy:participation-xlsx": Row(HOLDS, cohort_of_an),
    "academy:participant": Row(HOLDS, lambda cast: cohort_of_an(cast) | {"enrolment_id": seat_of_an(cast).pk}),
    "academy:room": Row(HOLDS, session_of_an),
    "academy:room-wall": Row(HOLDS, session_of_an),
    "academy:room-seal": Row(DOES_AS_HOLDER, session_of_an, "post"),
    "academy:part": Row(OWN_OF_AN, session_of_an),
    "academy:question-ask": Row(DOES_TO_OWN_OF_AN, session_of_an, "post"),
    "academy:question-vote": Row(DOES_TO_OWN_OF_AN, question_of_session, "post"),
    "academy:question-judge": Row(DOES_AS_HOLDER, question_of_session, "post", lambda cast: {"judgement": "answered"}),
    "academy:poll-open": Row(DOES_AS_HOLDER, session_of_an, "post"),
    "academy:poll-answer": Row(DOES_TO_OWN_OF_AN, poll_of_session, "post"),
    "academy:poll-step": Row(DOES_AS_HOLDER, poll_of_session, "post", lambda cast: {"act": "close"}),
    "academy:hand-raise": Row(DOES_TO_OWN_OF_AN, method="post", data=topic_of_an),
    "academy:hand-down": Row(DOES_TO_OWN_OF_AN, hand_of_an, "post"),
    "academy:hand-answer": Row(DOES_AS_HOLDER, hand_of_an, "post"),
    "academy:now": Row(signed_in(200)),
    "academy:here": Row(signed_in(200)),
    "academy:here-done": Row((IN, 200, 404, 404, 404, 404, 404), attendance_of_an),
    "academy:scan": Row(everyone(410), lambda cast: place_of_an(cast) | {"code": "AAAAAA"}),
    "academy:days": Row(signed_in(200)),
    "academy:news-read": Row(signed_in(GO), method="post"),
    "academy:calendar": Row(everyone(200), calendar_of_an),
    "academy:cohorts": Row(TEACHES),
    "academy:cohort-create": Row(TEACHES),
    "academy:cohort": Row(TEACHES_OWN, cohort),
    "academy:cohort-decide": Row(DOES_AS_TEACHER, cohort, method="post", data=lambda cast: {"state": "closed"}),
    "academy:cohort-list": Row(TEACHES_OWN, cohort),
    "academy:cohort-list-look": Row(DOES_AS_TEACHER, roster),
    "academy:cohort-list-take": Row(DOES_AS_TEACHER, roster, method="post"),
    "academy:cohort-teams": Row(DOES_AS_TEACHER, cohort, method="post"),
    "academy:cohort-invite": Row(TEACHES_OWN, cohort, method="post"),
    "academy:cohort-letters": Row(DOES_AS_TEACHER, cohort, method="post"),
    "academy:cohort-letter": Row(DOES_AS_TEACHER, enrolment_of_an, method="post"),
    "academy:cohort-door": Row(TEACHES_OWN, cohort),
    "academy:merge-choose": Row(TEACHES_OWN, enrolment_of_an),
    "academy:merge": Row(TEACHES_OWN, double_of_an),
    "academy:timetable": Row(TEACHES_OWN, cohort),
    "academy:timetable-shift": Row(DOES_AS_TEACHER, cohort, method="post", data=shifted),
    "academy:session-add": Row(DOES_AS_TEACHER, cohort, method="post", data=lambda cast: added()),
    "academy:place-add": Row(
        DOES_AS_TEACHER, cohort, method="post", data=lambda cast: {"place-name": "Phòng B", "place-kind": "room"}
    ),
    "academy:place-edit": Row(TEACHES_OWN, place_of_cohort),
    "academy:place-remove": Row(DOES_AS_TEACHER, place_of_cohort, method="post"),
    "academy:session-edit": Row((IN, 403, 404, 200, 403, 200, 404), session_of_an),
    "academy:session-cancel": Row((IN, 403, 404, GO, 403, GO, 404), session_of_an, method="post"),
    "academy:session-door": Row((IN, 403, 404, 200, 403, 200, 404), session_of_an),
    "academy:programmes": Row(signed_in(200)),
    "academy:programme": Row(READS, programme),
    "academy:programme-bring": Row((IN, 403, 200, 200, 403, 200, 200)),
    "academy:programme-clone": Row((IN, 403, 200, 200, 403, 200, 404), programme),
    "academy:programme-export": Row((IN, 403, 200, 200, 403, 200, 404), programme),
    "academy:programme-file": Row(TAKES_PART_OR_TEACHES, programme_file),
    "academy:topic": Row(TAKES_PART_OR_TEACHES, programme_topic),
    "academy:topic-reach": Row(
        (IN, 204, 204, 204, 403, 204, 404), programme_topic, "post", lambda cast: {"section": "1"}
    ),
    "academy:topic-finish": Row((IN, GO, GO, GO, 403, GO, 404), programme_topic, "post"),
    "academy:activity": Row(TAKES_PART_OR_TEACHES, quiz),
    "academy:attempt": Row(OWN_OF_AN, attempt_of_an),
    "academy:attempt-save": Row(DOES_TO_OWN_OF_AN, attempt_of_an, "post", lambda cast: {"has": "1", "a1": "1"}),
    "academy:attempt-review": Row(OWN_OF_AN, attempt_of_an),
    "academy:attempt-finish": Row(DOES_TO_OWN_OF_AN, attempt_of_an, "post"),
    "academy:attempt-result": Row((IN, GO, 404, 404, 404, 404, 404), attempt_of_an),
    "academy:lab-tool": Row((IN, GO, GO, GO, 403, GO, 404), lab, "post"),
    # only who takes part
    "academy:reviews": Row((IN, 200, 404, 404, 403, 404, 404), lab),
    "academy:review": Row(OWN_OF_AN, review_of_an),
    "academy:submission": Row((IN, 200, 404, GO, 404, GO, 404), submission_of_an),
    "academy:submission-checks": Row((IN, 200, 404, 200, 404, 200, 404), submission_of_an),
    "academy:submission-file": Row((IN, *(404,) * 6), file_of_an),
    "academy:grading": Row((IN, 403, 200, 200, 403, 200, 200)),
    "academy:grade-next": Row((IN, GO, GO, GO, GO, GO, GO)),
    # seen by those who see the cohort, graded by those who run it
    "academy:grade": Row((IN, 403, 404, 200, 403, 200, 404), submission_of_an),
    "academy:grade-leave": Row((IN, 403, 404, GO, 403, GO, 404), submission_of_an, "post"),
    "academy:grade-check": Row((IN, 403, 404, GO, 403, GO, 404), submission_of_an, "post"),
    "academy:quizzes": Row((IN, 403, 200, 200, 403, 200, 200)),
    "academy:quiz-import-new": Row((IN, 403, GO, GO, 403, GO, GO), method="post"),
    "academy:quiz": Row(KEEPS, quiz_kept),
    "academy:quiz-files": Row(KEEPS, quiz_kept),
    "academy:quiz-import": Row(DOES_TO_KEPT, quiz_kept, "post"),
    "academy:quiz-export": Row(KEEPS, lambda cast: quiz_kept(cast) | {"form": "gift"}),
    "academy:quiz-item-new": Row(KEEPS, quiz_kept),
    "academy:quiz-item": Row(KEEPS, lambda cast: quiz_kept(cast) | {"key": "capital"}),
    "academy:quiz-item-remove": Row(DOES_TO_KEPT, lambda cast: quiz_kept(cast) | {"key": "capital"}, "post"),
    "academy:sitting": Row(FOLLOWS, sitting),
    "academy:marking": Row(FOLLOWS, sitting),
    "academy:survey-results": Row(FOLLOWS, cohort_surveyed),
    "academy:brief": Row(TAKES_PART_OR_TEACHES, programme_lab),
    # certificates
    "academy:certificates": Row(signed_in(200)),
    "academy:certificate": Row((IN, 200, 404, 404, 404, 404, 404), certificate),
    "academy:certificate-file": Row(
        (IN, 200, 404, 200, 404, 200, 404), lambda cast: certificate(cast) | {"form": "pdf"}
    ),
    "academy:certificate-end": Row(TEACHES_OWN, certificate),
    "academy:cohort-certificates": Row(TEACHES_OWN, cohort),
    "academy:cohort-certificates-plan": Row(TEACHES_OWN, cohort),
    "academy:cohort-certificates-give": Row(DOES_AS_TEACHER, cohort, method="post"),
    "academy:cohort-certificates-progress": Row(TEACHES_OWN, cohort),
    "academy:cohort-certificates-print": Row(
        TEACHES_OWN, lambda cast: {"cohort_id": certificate_of_an(cast).cohort_id}
    ),
    "academy:issuers": Row(ADMINISTERS),
    "academy:issuer-create": Row(ADMINISTERS),
    "academy:issuer": Row((IN, 403, 403, 403, 403, 200, 404), issuer),
    "academy:issuer-rotate": Row((IN, 403, 403, 403, 403, GO, 404), issuer, "post"),
    "academy:issuer-key-revoke": Row(
        (IN, 403, 403, 403, 403, GO, 404), issuer_key, "post", lambda cast: {"reason": "Mất máy"}
    ),
    # what anyone may check
    "credentials:upload": Row(everyone(200)),
    "credentials:check": Row(everyone(200), certificate_token),
    "credentials:badge": Row(everyone(404), certificate_token),
    "credentials:issuers": Row(everyone(200)),
    "credentials:status": Row(everyone(200), lambda cast: {"list_id": certificate_of_an(cast).status_list_id}),
    "academy:closing": Row(TEACHES_OWN, cohort),
    "academy:closing-paper": Row(TEACHES_OWN, cohort),
    "academy:closing-sheet": Row(TEACHES_OWN, cohort),
    "academy:record": Row(signed_in(200)),
    # mini sprints
    "academy:sprints": Row(signed_in(200)),
    "academy:sprint-propose": Row(everyone(200), lambda cast: {"token": proposals(sprint_of(cast))}),
    "academy:sprint-open": Row(DOES_AS_TEACHER, lambda cast: {"cohort_id": sprint_of(cast).cohort_id}, "post"),
    "academy:sprint": Row(IN_SPRINT, sprint),
    "academy:sprint-problems": Row(IN_SPRINT, sprint),
    "academy:sprint-problem": Row(LEADS_SPRINT, sprint_problem),
    "academy:sprint-choose": Row(DOES_AS_TEAM, sprint_problem, "post"),
    "academy:sprint-mentors": Row(LEADS_SPRINT, lambda cast: sprint(cast) | entry_of_an(cast)),
    "academy:sprint-demo": Row(LEADS_SPRINT, sprint),
    "academy:sprint-hall": Row(IN_SPRINT, sprint),
    # nobody sees it before the chair reveals it
    "academy:sprint-result": Row((IN, 403, 404, 403, 404, 403, 404), sprint),
    "academy:judging": Row((IN, 404, 404, 200, 404, 404, 404), judged_by_chi),
    "academy:judging-sheet": Row(JUDGES, judged_by_chi, "post", lambda cast: {"entry": sprint_entry(cast).pk}),
    "academy:judging-recuse": Row(JUDGES, judged_by_chi, "post", lambda cast: {"entry": sprint_entry(cast).pk}),
    "academy:sprint-stage": Row(IN_SPRINT, stage_of_an),
    "academy:canvas-save": Row(DOES_AS_TEAM, stage_of_an, "post"),
    "academy:canvas-pulse": Row(IN_SPRINT, stage_of_an),
    "academy:stage-hand-in": Row(DOES_AS_TEAM, stage_of_an, "post"),
    "academy:stage-gate": Row((IN, 403, 404, GO, 404, GO, 404), stage_of_an, "post"),
    "academy:artefact-add": Row(DOES_AS_TEAM, stage_of_an, "post", lambda cast: {"link": "https://thu.example/"}),
    "academy:artefact-remove": Row(DOES_AS_TEAM, lambda cast: artefact_of_an(cast) | {"key": "hieu"}, "post"),
    "academy:artefact": Row(IN_SPRINT, artefact_of_an),
    "academy:publication": Row(IN_SPRINT, publication_of_an),
    "academy:publication-consent": Row(DOES_AS_TEAM, publication_of_an, "post", lambda cast: {"version": "1"}),
    "academy:follow-up": Row(IN_SPRINT, asked),
    "academy:gallery": Row(everyone(200)),
    "academy:gallery-shown": Row(everyone(200), lambda cast: {"publication_id": published(cast).pk}),
    "academy:gallery-file": Row(everyone(200), gallery_file),
    # stewardship
    "stewardship:report": Row(GOVERNS),
    "stewardship:report-pdf": Row(GOVERNS),
    "stewardship:policy": Row(GOVERNS),
    "stewardship:what-if": Row(GOVERNS),
    "stewardship:tighten": Row((IN, 403, 403, 403, GO, 403, 403), method="post", data=stricter),
    "stewardship:tightening-undo": Row((IN, 403, 403, 403, CONFIRM, 403, 403), own_rule, "post"),
    "stewardship:classes": Row(GOVERNS),
    "stewardship:class": Row((IN, 403, 403, 403, 200, 200, 404), raised_document),
    "stewardship:class-lower": Row((IN, 403, 403, 403, CONFIRM, 403, 403), raised_document, "post"),
    "stewardship:class-undo": Row((IN, 403, 403, 403, CONFIRM, 403, 403), decision, "post"),
    "stewardship:ledger": Row(GOVERNS),
    "stewardship:checkpoint": Row(GOVERNS),
    "stewardship:refused": Row(GOVERNS),
    "stewardship:entry": Row((IN, 403, 403, 403, 200, 200, 404), entry),
    "stewardship:proof": Row((IN, 403, 403, 403, 200, 200, 404), entry),
    "stewardship:models": Row(GOVERNS),
    "budgets:index": Row(GOVERNS),
    "budgets:person": Row((IN, 403, 403, 403, 200, 200, 404), spender),
    # keys for programs, and what programs ask
    "stewardship:use-cases": Row(GOVERNS),
    "stewardship:use-case": Row((IN, 403, 403, 403, 200, 200, 404), use_case),
    "stewardship:use-case-decide": Row((IN, 403, 403, 403, CONFIRM, 403, 403), use_case, "post"),
    "synthesis:index": Row(signed_in(200)),
    "synthesis:new": Row(signed_in(200)),
    "synthesis:synthesis": Row(SEES_OWN, synthesis_of_binh),
    "synthesis:synthesis-add": Row(DOES_TO_OWN, synthesis_of_binh, "post"),
    "synthesis:synthesis-stop": Row(DOES_TO_OWN, synthesis_of_binh, "post"),
    "synthesis:synthesis-go-on": Row(DOES_TO_OWN, synthesis_of_binh, "post"),
    "synthesis:synthesis-delete": Row(DOES_TO_OWN, synthesis_of_binh, "post"),
    "synthesis:synthesis-file": Row(SEES_OWN, synthesis_of_binh),
    "synthesis:synthesis-draft": Row(DOES_TO_OWN, synthesis_of_binh, "post"),
    "synthesis:report": Row(SEES_OWN, report_of_binh),
    "synthesis:report-correct": Row(DOES_TO_OWN, report_of_binh, "post"),
    "synthesis:report-leave-out": Row(DOES_TO_OWN, report_of_binh, "post"),
    "synthesis:consultation-new": Row(signed_in(200)),
    "synthesis:consultation": Row(SEES_OWN, consultation_of_binh),
    "synthesis:consultation-again": Row(DOES_TO_OWN, consultation_of_binh, "post"),
    "synthesis:judge": Row(DOES_TO_OWN, consultation_of_binh, "post"),
    "synthesis:consultation-file": Row(SEES_OWN, consultation_of_binh),
    "synthesis:consultation-delete": Row(DOES_TO_OWN, consultation_of_binh, "post"),
    "synthesis:theme": Row(SEES_OWN, theme_of_binh),
    "synthesis:theme-rename": Row(DOES_TO_OWN, theme_of_binh, "post"),
    "synthesis:theme-merge": Row(DOES_TO_OWN, theme_of_binh, "post"),
    "synthesis:theme-split": Row(DOES_TO_OWN, theme_of_binh, "post"),
    "synthesis:opinion-move": Row(DOES_TO_OWN, opinion_of_binh, "post"),
    "synthesis:meeting-new": Row(signed_in(200)),
    "synthesis:meeting": Row(SEES_OWN, meeting_of_binh),
    "synthesis:meeting-change": Row(DOES_TO_OWN, meeting_of_binh, "post"),
    "synthesis:meeting-file": Row(SEES_OWN, meeting_of_binh),
    "synthesis:meeting-draft": Row(DOES_TO_OWN, meeting_of_binh, "post"),
    "synthesis:meeting-delete": Row(DOES_TO_OWN, meeting_of_binh, "post"),
    "analysis:index": Row(signed_in(200)),
    "analysis:dataset": Row(SEES_OWN, dataset_of_binh),
    "analysis:dataset-ask": Row(DOES_TO_OWN, dataset_of_binh, "post"),
    "analysis:dataset-refresh": Row(DOES_TO_OWN, dataset_of_binh, "post"),
    "analysis:database": Row((IN, 404, 404, 404, 404, 404, 404), no_database),
    "analysis:dataset-delete": Row(DOES_TO_OWN, dataset_of_binh, "post"),
    "analysis:table-merge": Row(DOES_TO_OWN, no_table, "post"),
    "analysis:worksheet": Row(SEES_OWN, worksheet_of_binh),
    "analysis:ask": Row(DOES_TO_OWN, worksheet_of_binh, "post", greeting),
    "analysis:question": Row(DOES_TO_OWN, question_of_binh),
    "analysis:question-stop": Row(DOES_TO_OWN, question_of_binh, "post"),
    "analysis:question-again": Row(DOES_TO_OWN, question_of_binh, "post"),
    "analysis:question-away": Row(DOES_TO_OWN, question_of_binh, "post"),
    "analysis:run": Row(DOES_TO_OWN, worksheet_of_binh, "post"),
    "analysis:worksheet-delete": Row(DOES_TO_OWN, worksheet_of_binh, "post"),
    "analysis:export": Row(SEES_OWN, worksheet_of_binh),
    "analysis:step-chart": Row(DOES_TO_OWN, step_of_binh, "post"),
    "analysis:step-approve": Row(DOES_TO_OWN, step_of_binh, "post"),
    "analysis:step-again": Row(SEES_OWN, step_of_binh),
    "analysis:step-drop": Row(DOES_TO_OWN, step_of_binh, "post"),
    "analysis:step-file": Row(SEES_OWN, file_of_step),
    "analysis:release": Row(DOES_TO_OWN, dataset_of_binh),
    "analysis:released": Row(SEES_OWN, release_of_binh),
    "analysis:methods": Row(SEES_OWN, worksheet_of_binh),
    "analysis:method": Row(SEES_OWN, method_of_worksheet),
    "analysis:forecast": Row(SEES_OWN, forecast_of_worksheet),
    "analysis:brief-new": Row(DOES_TO_OWN, worksheet_of_binh, "post"),
    "analysis:brief": Row(SEES_OWN, brief_of_binh),
    "analysis:brief-edit": Row(SEES_OWN, brief_of_binh),
    "analysis:brief-draft": Row(DOES_TO_OWN, brief_of_binh, "post"),
    "analysis:brief-refresh": Row(DOES_TO_OWN, brief_of_binh, "post"),
    "analysis:brief-file": Row(SEES_OWN, file_of_brief),
    "drafting:index": Row(signed_in(200)),
    "drafting:check": Row(signed_in(200)),
    "drafting:register": Row(signed_in(200)),
    "drafting:book-xlsx": Row(signed_in(200)),
    "drafting:book-pdf": Row(signed_in(200)),
    "drafting:templates": Row(signed_in(200)),
    "drafting:template": Row(signed_in(200), lambda _: {"key": "moi-hop"}),
    "drafting:template-begin": Row(signed_in(GO), lambda _: {"key": "moi-hop"}, "post"),
    "drafting:template-delete": Row((IN, GO, GO, GO, GO, GO, 404), template_of_binh, "post"),
    "drafting:arrived": Row((IN, 403, 403, 400, 403, 400, 400), method="post"),
    "drafting:draft": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:save": Row(TYPES_IN_DRAFT, draft_of_binh, "post"),
    "drafting:docx": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:pdf": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:copy": Row(DOES_TO_ASSISTANT, draft_of_binh, "post"),
    "drafting:delete": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:versions": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:keep": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:restore": Row(HOLDS_DRAFT, version_of_draft, "post"),
    "drafting:write": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:writing": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:stop": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:stand-for": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:terms": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:template-save": Row(DOES_TO_ASSISTANT, draft_of_binh, "post"),
    "drafting:rewrite": Row(TYPES_IN_DRAFT, draft_of_binh, "post"),
    "drafting:rewrites": Row(SEES_ASSISTANT, draft_of_binh),
    "drafting:rewrite-settle": Row(HOLDS_DRAFT, rewrite_of_draft, "post"),
    "drafting:comment": Row(DOES_TO_ASSISTANT, draft_of_binh, "post"),
    "drafting:comment-settle": Row(DOES_TO_ASSISTANT, comment_on_draft, "post"),
    "drafting:hand": Row(HOLDS_DRAFT, draft_of_binh, "post"),
    "drafting:number": Row(DOES_TO_ASSISTANT, draft_of_binh, "post"),
    "prototypes:list": Row(signed_in(200)),
    "prototypes:create": Row(signed_in(400), method="post"),
    "prototypes:studio": Row(SEES_TOOL, tool_of_binh),
    "prototypes:say": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:repair": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:turn": Row(SEES_TOOL, turn_of_tool),
    "prototypes:stream": Row((IN, 404, 200, 404, 404, 404, 404), turn_of_tool),
    "prototypes:beside": Row(SEES_TOOL, tool_of_binh),
    "prototypes:examples": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:code": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:fork": Row((IN, 404, GO, GO, GO, GO, 404), tool_of_binh, "post"),
    "prototypes:delete": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:versions": Row(SEES_TOOL, tool_of_binh),
    "prototypes:version": Row(SEES_TOOL, version_of_tool),
    "prototypes:outcomes": Row((IN, 404, 400, 404, 404, 404, 404), version_of_tool, "post"),
    "prototypes:back": Row(CHANGES_TOOL, version_of_tool, "post"),
    "prototypes:picture": Row(SEES_TOOL, version_of_tool),
    "prototypes:export": Row(SEES_TOOL, version_of_tool),
    "prototypes:explain": Row(SEES_TOOL, version_of_tool),
    "prototypes:explain-stream": Row(SEES_TOOL, version_of_tool),
    "prototypes:channel": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:dataset": Row((IN, *(404,) * 6), tool_of_binh),
    "prototypes:ask": Row((IN, 404, 400, 400, 400, 400, 404), tool_of_binh, "post"),
    "prototypes:use": Row(SEES_TOOL, tool_of_binh),
    "prototypes:feedback": Row((IN, 404, GO, GO, GO, GO, 404), tool_of_binh, "post"),
    "prototypes:settle": Row(CHANGES_TOOL, feedback_of_tool, "post"),
    "prototypes:review-ask": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:review": Row(SEES_TOOL, review_of_tool),
    "prototypes:publish": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes:retire": Row((IN, 404, GO, GO, GO, GO, 404), tool_of_binh, "post"),
    "prototypes:link": Row(CHANGES_TOOL, tool_of_binh, "post"),
    "prototypes-open:frame": Row(everyone(200)),
    "prototypes-open:page": Row(everyone(200), tool_by_link),
    "prototypes-open:embed": Row(everyone(200), tool_by_link),
    "prototypes-open:text": Row(everyone(200), tool_by_link),
    "prototypes-open:feedback": Row(everyone(200), tool_by_link, "post"),
    "assistants:index": Row(signed_in(200)),
    "assistants:bring": Row(signed_in(GO), method="post"),
    "assistants:waiting": Row(signed_in(200)),
    "assistants:reply": Row(DOES_TO_ASSISTANT, hand_over, "post"),
    "assistants:build": Row(SEES_ASSISTANT, assistant_of_binh),
    "assistants:clone": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:delete": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:file": Row(SEES_ASSISTANT, assistant_of_binh),
    "assistants:try": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post", greeting),
    "assistants:try-state": Row(SEES_ASSISTANT, trial_of_assistant),
    "assistants:try-stream": Row(SEES_ASSISTANT, trial_of_assistant),
    "assistants:question-add": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:questions-sheet": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:questions-propose": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:question": Row(DOES_TO_ASSISTANT, question_of_assistant, "post"),
    "assistants:test": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:run": Row(SEES_ASSISTANT, run_of_assistant),
    "assistants:run-stop": Row(DOES_TO_ASSISTANT, run_of_assistant, "post"),
    "assistants:versions": Row(SEES_ASSISTANT, assistant_of_binh),
    "assistants:roll-back": Row(DOES_TO_ASSISTANT, version_of_assistant, "post"),
    "assistants:version-file": Row(SEES_ASSISTANT, version_of_assistant),
    "assistants:entry": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:publish": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:withdraw": Row(DOES_TO_ASSISTANT, assistant_of_binh, "post"),
    "assistants:after": Row(SEES_ASSISTANT, assistant_of_binh),
    "assistants:correct": Row(DOES_TO_ASSISTANT, message_of_assistant, "post"),
    "assistants:step": Row(SEES_ASSISTANT, step_of_assistant),
    "assistants-open:page": Row(everyone(200), open_assistant),
    "assistants-open:frame": Row(everyone(200), open_assistant),
    "assistants-open:widget": Row(everyone(200), open_assistant),
    "assistants-open:ask": Row(everyone(GO), open_assistant, "post", greeting),
    "assistants-open:conversation": Row(everyone(200), open_visit),
    "assistants-open:transcript": Row(everyone(200), open_visit),
    "assistants-open:state": Row(everyone(200), open_message),
    "assistants-open:stream": Row(everyone(200), open_message),
    "assistants-open:rate": Row(everyone(GO), open_message, "post"),
    "assistants-open:person": Row(everyone(GO), open_message, "post"),
    "assistants-open:api-ask": Row(everyone(400), open_assistant, "post"),
    "keys:own": Row(signed_in(200)),
    "keys:revoke-own": Row(DOES_TO_OWN_OF_AN, key, "post"),
    "keys:index": Row(GOVERNS),
    "keys:revoke": Row((IN, 403, 403, 403, GO, GO, 404), key, "post"),
    "v1:chat": Row(everyone(401), method="post"),
    "v1:embeddings": Row(everyone(401), method="post"),
    "v1:models": Row(everyone(401)),
    "v1:model": Row(everyone(401), lambda cast: {"name": "default"}),
    "v1:unknown": Row(everyone(404), lambda cast: {"rest": "images"}),
    # signing in
    "account_login": Row((200, *(GO,) * 6)),
    "account_logout": Row((IN, *(200,) * 6)),
    "account_inactive": Row(everyone(200)),
    "account_reset_password": Row(everyone(200)),
    "account_reauthenticate": Row(signed_in(200)),
    "account_email": Row(signed_in(GO)),
    "account_change_password": Row(signed_in(200)),
    "account_set_password": Row(signed_in(GO)),
    "mfa_index": Row(signed_in(200)),
    "mfa_authenticate": Row(signed_in(GO)),
    "mfa_reauthenticate": Row(signed_in(CONFIRM)),
    "mfa_activate_totp": Row(signed_in(CONFIRM)),
    "mfa_deactivate_totp": Row(signed_in(404)),
    "mfa_view_recovery_codes": Row(signed_in(404)),
    "mfa_generate_recovery_codes": Row(signed_in(CONFIRM)),
    "mfa_download_recovery_codes": Row(signed_in(404)),
    "mfa_list_webauthn": Row(signed_in(200)),
    "mfa_add_webauthn": Row(signed_in(CONFIRM)),
    "mfa_reauthenticate_webauthn": Row(signed_in(CONFIRM)),
    "mfa_remove_webauthn": Row(signed_in(CONFIRM), lambda cast: {"pk": 1}),
    "mfa_edit_webauthn": Row(signed_in(CONFIRM), lambda cast: {"pk": 1}),
    "mfa_login_webauthn": Row((IN, *(GO,) * 6)),
    "usersessions_list": Row(signed_in(200)),
    "socialaccount_login_cancelled": Row(everyone(200)),
    "socialaccount_login_error": Row(everyone(401)),
    "socialaccount_signup": Row(everyone(IN)),
    "openid_connect_login": Row(everyone(404), lambda cast: {"provider_id": "oidc"}),
    "openid_connect_callback": Row(everyone(404), lambda cast: {"provider_id": "oidc"}),
}


def addresses(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace or "")))
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield ":".join(filter(None, (namespace, pattern.name or str(pattern.pattern))))


def outcome(client: Client, name: str, row: Row, cast: Cast) -> int | str:
    response = getattr(client, row.method)(reverse(name, kwargs=row.arguments(cast)), row.data(cast))
    if response.status_code != 302:
        return int(response.status_code)
    if response.url.startswith(reverse("account_login")):
        return IN
    return CONFIRM if response.url.startswith(reverse("account_reauthenticate")) else GO


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(addresses(get_resolver().url_patterns)) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_what_the_table_says(name: str, cast: Cast):
    row, found = TABLE[name], {}
    for role, username in WHO.items():
        client = Client()
        with transaction.atomic():
            if username:
                client.force_login(getattr(cast, username))
            found[role] = outcome(client, name, row, cast)
            transaction.set_rollback(True)
    assert found == dict(zip(WHO, row.outcomes, strict=True))
