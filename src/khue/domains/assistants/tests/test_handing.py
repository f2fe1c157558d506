"""An assistant handed in for case study 3: its checks, with the settings of the lab, and the lab's sample documents."""

import pytest
import yaml
from django.conf import settings

from khue.domains.assistants.actions import assistants, benches, questions
from khue.domains.assistants.definition.file import Question
from khue.domains.assistants.handing import checks
from khue.domains.assistants.interchange import sheet
from khue.domains.assistants.queries.artefacts import CHECKS, Assistants

PROGRAMME = settings.CONTENT / "programmes" / "ai-for-public-governance"
LAB = yaml.safe_load((PROGRAMME / "labs" / "service-assistant.yaml").read_text())
SETTINGS = {one["kind"]: one.get("settings", {}) for one in LAB["checks"]}


@pytest.fixture
def handed_in(an):
    def hand_in(assistant):
        frozen = Assistants().frozen(an.person_id, [assistant.pk])
        return {"things": [one.body for one in frozen.values()]}

    return hand_in


def test_what_was_tested_passes_as_evidence(tested, assistant, handed_in):
    given = handed_in(assistant)
    assert checks.complete(given, {})["passed"]
    assert checks.tested(given, SETTINGS["assistant-tested"])["passed"]
    assert checks.backed(given, {}) == {"passed": True, "shown": 3, "lacking": 0}
    asked = checks.questions(given, SETTINGS["assistant-questions"])
    assert asked == {"passed": False, "answerable": 3, "outside": 1, "hostile": 1, "foreign": 0}


def test_what_was_changed_after_its_test_does_not(tested, assistant, handed_in, an):
    assistants.change(by=an, assistant=assistant, changes={"purpose": ""})
    given = handed_in(assistant)
    assert checks.complete(given, {})["lacking"] == ["purpose"]
    assert not checks.tested(given, SETTINGS["assistant-tested"])["passed"]


def test_a_bad_result_does_not(assistant, handed_in, an):
    questions.add(by=an, assistant=assistant, question=Question(question="Giá vàng bao nhiêu?", answer="8 đồng"))
    benches.work(benches.start(by=an, assistant=assistant, later=False).pk)
    found = checks.tested(handed_in(assistant), SETTINGS["assistant-tested"])
    assert found["tested"] and found["current"] and found["right"] == 0 and not found["passed"]


def test_nothing_handed_in_passes_nothing():
    nothing = {"things": []}
    for name, check in CHECKS.items():
        found = getattr(checks, check.run.partition(":")[2])(nothing, SETTINGS[name])
        assert not found["passed"] and check.tell(found)


def test_the_lab_s_sample_sheet_is_read_whole():
    [path] = [PROGRAMME / name for name in LAB["materials"] if name.endswith(".csv")]
    read = sheet.read(path.read_bytes(), path.name)
    kinds = [one.kind for one in read.questions]
    assert not read.faults and len(kinds) == 10
    assert {kind: kinds.count(kind) for kind in kinds} == {"answerable": 5, "outside": 3, "hostile": 2}
