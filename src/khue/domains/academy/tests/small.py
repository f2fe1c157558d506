"""A small programme as a folder, right in every part, and as a version that the academy runs."""

from datetime import date

from khue.domains.academy.actions import cohorts, programmes
from khue.domains.academy.course.course import parse
from khue.domains.academy.models import Cohort, Enrolment, ProgrammeVersion
from khue.domains.academy.rules.cohorts import CohortState
from khue.domains.people.tests.cast import Cast

PROGRAMME = """\
format: 1
id: nho
version: "1.0"
languages: [vi, en]
names: {vi: Chương trình nhỏ, en: Small programme}
summary: {vi: Để thử., en: To try.}
goals: {vi: [Thử được], en: [Try it]}
audience: {vi: Mọi người, en: Everyone}
setting: {vi: Một buổi, en: One session}
topics: [mo-dau]
starts_on: 2026-03-02
timetable:
  - key: buoi-1
    day: 1
    start: "08:30"
    minutes: 60
    names: {vi: Buổi 1, en: Session 1}
    topic: mo-dau
    activities: [mo-dau-quiz, hoi]
certificate:
  names: {vi: Chứng nhận, en: Certificate}
  criteria: {vi: Đã thử., en: Has tried.}
  labs: [hoi]
"""
TOPIC = """\
names: {vi: Mở đầu, en: Beginning}
summary: {vi: Bắt đầu., en: To begin.}
objectives: {vi: [Biết bắt đầu], en: [Can begin]}
minutes: 20
exercises:
  - key: nhin-quanh
    names: {vi: Nhìn quanh, en: Look around}
    minutes: 5
    steps: {vi: [Nhìn], en: [Look]}
sources:
  - text: {vi: Luật A, en: Law A}
    confirm: true
"""
QUIZ = """\
names: {vi: Kiểm tra, en: Quiz}
items:
  - key: mot
    type: single
    text: {vi: "Một?", en: "One?"}
    feedback: {vi: Vì., en: Because.}
    choices:
      - {key: a, text: {vi: Đúng, en: Right}, right: true}
      - {key: b, text: {vi: Sai, en: Wrong}}
"""
LAB = """\
names: {vi: Hỏi, en: Ask}
topic: mo-dau
tool: ask
minutes: 15
situation: {vi: Bạn trực ở một cửa., en: You are at the counter.}
steps: {vi: [Hỏi], en: [Ask]}
hand_in: {vi: [Câu trả lời], en: [The answer]}
rules: {vi: [Không có dữ liệu cá nhân], en: [No personal data]}
rubric: hoi
"""
RUBRIC = """\
names: {vi: Tiêu chí, en: Criteria}
pass_points: 1
criteria:
  - key: dung
    names: {vi: Đúng, en: Right}
    levels:
      - {points: 0, text: {vi: Chưa, en: Not yet}}
      - {points: 2, text: {vi: Đạt, en: Reached}}
"""
PAGE = "## Một\n\nĐọc ![hình](../../images/mot.svg) này.\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
FILES = {
    path: text.encode()
    for path, text in {
        "programme.yaml": PROGRAMME,
        "topics/mo-dau/topic.yaml": TOPIC,
        "topics/mo-dau/quiz.yaml": QUIZ,
        "topics/mo-dau/vi.md": PAGE,
        "topics/mo-dau/en.md": PAGE.replace("Đọc", "Read"),
        "labs/hoi.yaml": LAB,
        "rubrics/hoi.yaml": RUBRIC,
    }.items()
} | {"images/mot.svg": SVG}


def running(cohort: Cohort) -> Cohort:
    """Whatever its dates say."""
    return cohorts.decide(by=None, cohort=cohort, state=CohortState.RUNNING)


def small_programme(cast: Cast) -> ProgrammeVersion:
    """Of the academy, not open; An takes part in its cohort."""
    loaded = programmes.load(parse(FILES), by=None, organisation_id=cast.academy.pk)
    if loaded.is_new:
        cohort = cohorts.create(
            by=None,
            version=loaded.version,
            organisation_id=cast.academy.pk,
            slug="khoa-nho",
            names={"vi": "Khóa nhỏ", "en": "Small cohort"},
            starts_on=date(2026, 3, 2),
        )
        running(cohort)
        Enrolment.objects.create(cohort=cohort, person=cast.an)
    return loaded.version
