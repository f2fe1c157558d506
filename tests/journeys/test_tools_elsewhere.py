"""A tool beside the other rooms: it asks a published assistant, and a team's sprint shows it as its prototype."""

import pytest
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import canvases
from khue.domains.academy.queries import sprints
from khue.domains.academy.tests.sprints.sprint import acting, handed_in
from khue.domains.assistants.models import Message
from khue.domains.assistants.tests.cast import stored_assistant
from khue.domains.people.tests.cast import gather
from khue.domains.prototypes.actions import tools
from khue.domains.prototypes.patterns import pattern
from khue.domains.prototypes.queries.artefacts import Tools
from khue.domains.prototypes.tests.cast import stored_tool

FEE = {"pattern": "fee-calculator", "parameters": dict(pattern("fee-calculator").example["vi"])}


def test_a_tool_asks_the_assistant_that_was_chosen_for_it(transactional_db, no_model):
    """A real one, published; with no model and nothing to read it hands over to people."""
    cast = gather()
    stored_assistant(cast)
    tool = stored_tool(cast)
    client = Client()
    client.force_login(cast.binh)
    client.post(reverse("prototypes:channel", args=[tool.pk]), {"assistant": "tro-ly-thu", "dataset": ""})
    tool.refresh_from_db()
    assert tool.assistant == "tro-ly-thu"
    address = reverse("prototypes:ask", args=[tool.pk])
    asked = client.post(address, {"question": "Lệ phí bao nhiêu?"}, content_type="application/json")
    assert asked.status_code == 200
    assert len(asked.json()["answer"]) > 10
    assert Message.objects.get().question == "Lệ phí bao nhiêu?"
    client.post(reverse("prototypes:channel", args=[tool.pk]), {"assistant": "khong-co", "dataset": ""})
    assert client.post(address, {"question": "Phí?"}, content_type="application/json").status_code == 400


@pytest.mark.django_db
def test_a_sprint_takes_a_tool_as_its_prototype():
    """An's tool becomes what her team shows; somebody else's does not."""
    cast = gather()
    by = acting(cast.an)
    entry = handed_in(cast)
    canvases.decide(
        by=acting(cast.chi), entry_id=entry.pk, stage="hieu", round=1, met=["noi", "so"], note="", passes=True
    )
    mine = tools.create(by=by, idea="Tính phí bản sao", language="vi")
    tools.keep(tool=mine, source=FEE, reason="lần đầu", by_id=by.person_id)
    kind = Tools().name
    assert (kind, str(mine.pk)) in [(name, thing) for name, thing, _title in sprints.own_things(by.person_id)]
    made = canvases.add_thing(by=by, entry_id=entry.pk, stage="dung", kind=kind, thing_id=str(mine.pk))
    assert mine.title in made.name
    with pytest.raises(canvases.BadArtefact):
        canvases.add_thing(by=by, entry_id=entry.pk, stage="dung", kind=kind, thing_id=str(stored_tool(cast).pk))
