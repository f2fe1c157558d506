"""Checks of a lab as its file names them; the labs that are shipped, done against the demonstration's library."""

import pytest

from khue.domains.academy.actions import checks, submissions
from khue.domains.academy.actions.submissions import Draft
from khue.domains.academy.course import archive
from khue.domains.academy.course.course import parse
from khue.domains.academy.course.faults import FaultyCourse
from khue.domains.academy.models import Enrolment
from khue.domains.academy.tests.labs.work import lab_of
from khue.domains.academy.tests.small import FILES
from khue.domains.knowledge import api as knowledge
from khue.domains.people.api import actor_of, operator

CHECK = """
checks:
  - key: two
    kind: questions
    names: {vi: Hai câu, en: Two}
    settings: {least: 2}
"""


def with_check(text: str) -> dict[str, bytes]:
    return FILES | {"labs/hoi.yaml": FILES["labs/hoi.yaml"] + text.encode()}


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyCourse) as caught:
        parse(with_check(text))
    return [f"{fault.line}: {fault.text}" for fault in caught.value.faults]


def test_a_lab_may_name_checks():
    assert parse(with_check(CHECK)).labs["hoi"].checks[0].settings == {"least": 2}


def test_an_unknown_check_is_named_with_those_that_there_are():
    (said,) = faults(CHECK.replace("kind: questions", "kind: question"))
    assert "“question”" in said and "questions" in said and "note-words" in said


def test_settings_that_a_check_does_not_know_are_named():
    assert len(faults(CHECK.replace("least", "leest"))) == 1
    assert len(faults(CHECK.replace("least: 2", "least: many"))) == 1


def test_of_a_tool_that_is_not_here_nothing_is_said():
    files = with_check(CHECK.replace("kind: questions", "kind: charts"))
    files["labs/hoi.yaml"] = files["labs/hoi.yaml"].replace(b"tool: ask", b"tool: services")
    assert parse(files).labs["hoi"].checks[0].kind == "charts"


# Done for real -----------------------------------------------------------------------------------

DONE = {
    ("ten-minutes", "first-question"): (
        "vi/khai-sinh.md",
        ["Đăng ký khai sinh cho con trong thời hạn bao lâu?", "Thêm một bản sao Giấy khai sinh mất bao nhiêu tiền?"],
        "Đăng ký khai sinh trong 60 ngày, theo tài liệu Đăng ký khai sinh cho trẻ em. Mỗi bản sao 8.000 đồng.",
    ),
    ("ai-for-public-governance", "find-and-cite"): (
        "vi/thuong-tru.md",
        [
            "Đăng ký thường trú mất bao nhiêu ngày làm việc?",
            "Đăng ký thường trú trực tuyến thì lệ phí là bao nhiêu?",
            "Nộp trực tiếp thì lệ phí đăng ký thường trú là bao nhiêu?",
        ],
        "Theo tài liệu Đăng ký thường trú: 7 ngày làm việc, trực tiếp 20.000 đồng, trực tuyến 10.000 đồng.",
    ),
    ("leadership-digital-transformation", "incident-hours"): (
        "vi/quy-dinh-su-dung-ai.md",
        [
            "Khi lỡ gửi nhầm dữ liệu, người dùng báo chậm nhất trong mấy giờ?",
            "Tổ Bảo vệ dữ liệu báo cáo Giám đốc trong bao nhiêu giờ?",
            "Có dữ liệu cá nhân thì thông báo cho cơ quan có thẩm quyền trong bao nhiêu giờ?",
        ],
        "Theo tài liệu Quy định nội bộ về sử dụng công cụ trí tuệ nhân tạo: 24 giờ, 48 giờ, 72 giờ.",
    ),
}


@pytest.fixture
def library(transactional_db, cast, settings, real_embeddings, no_model):
    made = knowledge.create_collection("Thư viện", by=None, organisation_id=cast.academy.pk, access="everyone")
    with knowledge.Sandbox() as sandbox:
        for path in {done[0] for done in DONE.values()}:
            knowledge.bring_file(
                made.id, settings.CONTENT / "demo/library" / path, by=operator("giang"), sandbox=sandbox
            )
    knowledge.embed_waiting()


@pytest.mark.slow
@pytest.mark.parametrize("which", DONE, ids=lambda which: which[1])
def test_a_shipped_lab_that_is_done_well_meets_every_check(which, cast, cohort, library, settings):
    """No model is switched on: answers quote the documents, as they do on a server without one."""
    course = parse(archive.read_folder(settings.CONTENT / "programmes" / which[0]))
    lab = course.labs[which[1]]
    activity = lab_of(cast, checks=[check.model_dump(mode="json") for check in lab.checks])
    _path, questions, note = DONE[which]
    by = actor_of(cast.an.pk)
    Enrolment.objects.get_or_create(cohort=cohort, person=cast.an)
    draft = submissions.begin(by=by, cohort=cohort, activity=activity)
    asked = None
    for question in questions:
        asked = knowledge.begin(by=by, question=question, conversation_id=asked.conversation_id if asked else None)
        list(knowledge.stream(exchange_id=asked.id, by=by))
    chosen = Draft(note=note, chosen=[("conversation", asked.conversation_id)])
    submissions.save(by=by, submission_id=draft.pk, draft=chosen)
    submissions.hand_in(by=by, submission_id=draft.pk)
    checks.run(draft.pk)
    assert {one.key: (one.outcome, one.facts) for one in draft.checks.exclude(outcome="passed")} == {}
