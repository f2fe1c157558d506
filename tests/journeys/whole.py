"""A programme of one session in which everything is played: a quiz of every kind, a lab with two graders and fellow
participants, surveys, a mini sprint, a certificate."""

from pathlib import Path

from khue.domains.academy.tests.small import LAB, PROGRAMME, QUIZ
from khue.domains.academy.tests.sprints.sprint import WITH_SPRINT

RULE = "  labs: [hoi]\n  sprint: true\n  surveys: [sau]\n"
ITEMS = """\
  - key: hai
    type: multiple
    text: {vi: "Những **dữ liệu** nào?", en: "Which?"}
    feedback: {vi: Vì., en: Because.}
    choices:
      - {key: a, text: {vi: Họ tên, en: Name}, right: true}
      - {key: b, text: {vi: Số định danh, en: Number}, right: true}
      - {key: c, text: {vi: Thời tiết, en: Weather}}
  - key: ba
    type: ordering
    text: {vi: "Thứ tự nào?", en: "Which order?"}
    feedback: {vi: Vì., en: Because.}
    sequence: [{vi: Hỏi, en: Ask}, {vi: Kiểm tra, en: Check}, {vi: Quyết định, en: Decide}]
  - key: bon
    type: matching
    text: {vi: "Của ai?", en: "Whose?"}
    feedback: {vi: Vì., en: Because.}
    pairs:
      - {left: {vi: Hộ tịch, en: Civil status}, right: {vi: Tư pháp, en: Justice}}
      - {left: {vi: Cư trú, en: Residence}, right: {vi: Công an, en: Police}}
  - key: nam
    type: number
    text: {vi: "Bao nhiêu?", en: "How much?"}
    feedback: {vi: Vì., en: Because.}
    answer: 1234.5
    unit: {vi: đồng, en: dong}
  - key: sau
    type: short
    text: {vi: "Ở đâu?", en: "Where?"}
    feedback: {vi: Vì., en: Because.}
    accept: {vi: [Hoa Lư], en: [Hoa Lu]}
  - key: bay
    type: essay
    text: {vi: "Vì sao?", en: "Why?"}
    feedback: {vi: Vì., en: Because.}
    guidance: {vi: Có căn cứ, en: With its ground}
"""
SURVEY = """\
names: {vi: Khảo sát, en: Survey}
about: {vi: Không ghi tên., en: Without your name.}
when: before
questions:
  - key: y-kien
    type: scale
    text: {vi: "Bạn thấy thế nào?", en: "How was it?"}
    low: {vi: Kém, en: Bad}
    high: {vi: Tốt, en: Good}
"""


def written(folder: Path) -> Path:
    programme = WITH_SPRINT["programme.yaml"].decode()
    assert "  labs: [hoi]\n" in programme and "buoi-1" in PROGRAMME
    files = WITH_SPRINT | {
        "programme.yaml": programme.replace("  labs: [hoi]\n", RULE).encode(),
        "topics/mo-dau/quiz.yaml": (QUIZ + ITEMS).encode(),
        "labs/hoi.yaml": (LAB + "grading: {graders: 2}\npeers: {reviews: 1, days: 3}\n").encode(),
        "surveys/truoc.yaml": SURVEY.encode(),
        "surveys/sau.yaml": SURVEY.replace("before", "after").encode(),
    }
    for path, octets in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(octets)
    return folder
