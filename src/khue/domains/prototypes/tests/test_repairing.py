"""What must be changed is repaired by itself, as examples that fail are."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from khue.domains.people.api import Role
from khue.domains.people.models import Person
from khue.domains.people.tests.cast import member, place
from khue.domains.prototypes.actions import tools, trying, turns

FIELDS = [{"name": "a", "label": "Chiều dài", "type": "number"}, {"name": "b", "label": "Chiều rộng", "type": "number"}]
STRANGE = {
    "title": "Diện tích",
    "fields": FIELDS,
    "results": [{"label": "Kết quả", "formula": "qqqq * 5", "format": "number"}],
}
GOOD = {"changes": [{"path": "results.0.formula", "value": "a * b"}]}
OTHER = {"title": "Phí", "lines": [{"label": "Mét", "price": 5}]}
LOOP = {
    "body": "<h1>A</h1><button>Đi</button>",
    "script": "fetch('https://thu.example/nhan');",
    "style": "",
    "title": "A",
}


@pytest.fixture
def an(transactional_db, settings):
    settings.KHUE_EMBED_URL = "http://127.0.0.1:9"
    return member("an", place("hv", "Học viện"), Role.PARTICIPANT)


def test_a_formula_that_names_no_field_goes_back_to_the_model(an, model_server):
    model_server.answers = [json.dumps(STRANGE), json.dumps(GOOD)]
    made = trying.make("Tính diện tích", by=an, language="vi", key="formula-calculator")
    assert made.attempts == 2
    assert made.source["parameters"]["results"][0]["formula"] == "a * b"
    assert made.grave == ()
    assert "qqqq" in str(model_server.requests[-1]["messages"])


def test_of_itself_the_next_kind_is_taken_instead(an, model_server, monkeypatch):
    monkeypatch.setattr("khue.domains.prototypes.actions.generating.choose", _formula)
    model_server.answers = [json.dumps(STRANGE), json.dumps(OTHER)]
    made = trying.make("Tính phí theo mét", by=an, language="vi", repairs=0)
    assert made.pattern not in {"", "formula-calculator"}
    assert made.grave == ()


def _formula(*_told):
    return "formula-calculator"
    yield


def test_the_studio_asks_for_a_repair_of_what_must_be_changed(an, model_server):
    tool = tools.create(by=an, idea="Công cụ", language="vi")
    made = tools.keep(tool=tool, source=LOOP, reason="lần đầu", by_id=an.person_id)
    client = Client()
    client.force_login(Person.objects.get(pk=an.person_id))
    assert client.get(reverse("prototypes:version", args=[tool.pk, made.number])).json()["grave"] is True
    tool.refresh_from_db()
    turn = turns.repair(by=an, tool=tool, itself=True)
    assert made.findings[0]["message"] in turn.asked
