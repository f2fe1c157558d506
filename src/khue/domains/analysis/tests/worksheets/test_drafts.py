"""The job that drafts a brief: with what a model might say, without one, and with the real one."""

import json
import re

import pytest
from django.urls import reverse

from khue.domains.analysis import tasks
from khue.domains.analysis.actions import drafts, steps
from khue.domains.analysis.models import Brief, WorkState
from khue.domains.analysis.models.brief import By
from khue.domains.people.api import actor_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brief(client, cast, worksheet, monkeypatch) -> Brief:
    """Asked for through the page, in Vietnamese; its job waits."""
    client.force_login(cast.binh)
    by = actor_of(cast.binh.pk)
    asked = {"table": worksheet.datasets.get().tables.get().name, "value": "phut", "group": "phuong"}
    steps.take(by=by, analysis=worksheet, kind="statistics.groups", parameters=asked)
    client.post(reverse("analysis:brief-new", args=[worksheet.pk]), {"title": "Thêm quầy ở đâu?"})
    made = Brief.objects.get()
    monkeypatch.setattr(drafts.jobs, "later", lambda *_name, **_facts: None)
    drafts.later(by=by, brief=made)
    return Brief.objects.get()


def done(brief: Brief, cast) -> Brief:
    tasks.brief(brief=str(brief.pk), person=str(cast.binh.pk))
    return Brief.objects.get()


def all_bound(brief: Brief) -> bool:
    """Every figure of its text stands in a cell of a result."""
    found = [one for bound in brief.bindings.values() for one in bound]
    return bool(found) and all(one["cell"] for one in found)


def test_what_the_model_chooses_is_taken_up_with_its_figures_bound(brief, cast, model_server):
    before = brief.sections["problem"]
    assert brief.state == WorkState.WAITING and before and all_bound(brief), "a rule's draft stands at once"
    model_server.answers = [
        json.dumps({"problem": ["r1"], "options": ["o2", "o1"]}),
        json.dumps({"why": "Chi 99 tỷ đồng là xong."}),  # a figure of its own may not stand
        json.dumps({"choice": "không có", "reasons": ["r1"]}),
    ]
    made = done(brief, cast)
    assert (made.state, made.error, made.model) == (WorkState.DONE, "", "fake") and len(made.ledger) == 3
    assert made.written["problem"] == By.CHOSEN and made.written["options"] == By.CHOSEN
    assert made.written["recommendation"] == By.RULE, "what is not offered cannot be recommended"
    assert "99" not in json.dumps([made.sections, made.options]) and all_bound(made)
    shown = model_server.requests[0]["messages"][-1]["content"]
    assert "{a}" in shown and not re.search(r"\d,\d", shown), "the model never sees a figure"


def test_without_a_model_the_rules_draft_stands_and_says_why(brief, cast, model_server):
    before = dict(brief.sections), list(brief.options)
    model_server.failure = "refuse"
    made = done(brief, cast)
    assert made.state == WorkState.FAILED and made.error and (made.sections, made.options) == before
    tasks.brief(brief=str(brief.pk), person=str(cast.binh.pk))
    assert Brief.objects.get().updated_at == made.updated_at, "a job that comes twice does nothing"


def test_the_real_model_writes_no_figure_that_no_result_holds(brief, cast, real_model):
    made = done(brief, cast)
    assert (made.state, made.error) == (WorkState.DONE, "") and made.model and made.ledger
    assert made.written["problem"] == By.CHOSEN and all_bound(made)
    assert made.options and all(option["name"] and option["why"] for option in made.options)
    assert made.options[0]["name"] in made.sections["recommendation"] or made.written["recommendation"] == By.CHOSEN
