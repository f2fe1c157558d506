"""One call from class to record: what rises, what is hidden, what is refused, and that nothing else leaves."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from tests.models import Serve

from khue.gateway import api, errors, privacy, screening
from khue.gateway.api import Caller, DataClass, Options, Turn
from khue.gateway.models import LedgerEntry
from khue.gateway.privacy import DetectorFailed, Mask, scanning
from khue.gateway.tests.fake import FakeServer

pytestmark = pytest.mark.django_db
CHI = Caller(person_id=uuid4(), organisation_id=uuid4(), tool="ask", purpose="question")
# made up; the number has a province and a year that exist
NAME, NUMBER = "Nguyễn Thị Hồng Nhung", "001185003297"
PERSONAL = f"Bà {NAME}, số CCCD {NUMBER}, đề nghị cấp lại giấy khai sinh."
STAMPED = "TUYỆT MẬT\n\nBÁO CÁO\nVề tình hình biên giới."


def ask(text: str, data_class: DataClass = DataClass.PUBLIC, **more: Any) -> api.ChatStream:
    caller = more.pop("caller", CHI)
    return api.chat([Turn("user", text)], caller=caller, data_class=data_class, **more)


@pytest.fixture
def in_country(serve: Serve) -> FakeServer:
    return serve(vien="country:default")[0]


@pytest.fixture
def abroad(serve: Serve) -> FakeServer:
    return serve(cloud="abroad:default")[0]


def test_a_text_raises_its_class_and_stays_on_this_machine(model_server: FakeServer) -> None:
    reply = ask(PERSONAL).text()
    assert (reply.data_class, reply.decision, reply.zone, reply.hidden) == (
        DataClass.CONFIDENTIAL,
        "allow",
        "machine",
        {},
    )
    assert model_server.requests[0]["messages"][0]["content"] == PERSONAL
    [row] = api.calls()
    assert row.data_class == DataClass.CONFIDENTIAL
    assert row.facts["claimed"] == DataClass.PUBLIC
    assert (row.zone, row.decision, row.rule) == ("machine", "allow", "within-the-institution")
    assert row.policy == api.policy().version


def test_what_two_turns_say_of_somebody_counts_together(model_server: FakeServer) -> None:
    said = [f"Người nộp hồ sơ là bà {NAME}.", "Ngày sinh: 05/03/1985."]
    for data_class, texts in (
        (DataClass.PUBLIC, said[:1]),
        (DataClass.PUBLIC, said[1:]),
        (DataClass.CONFIDENTIAL, said),
    ):
        turns = [Turn("user", text) for text in texts]
        assert api.chat(turns, caller=CHI, data_class=DataClass.PUBLIC).text().data_class == data_class


def test_passages_of_a_batch_do_not(embedding_server: FakeServer) -> None:
    texts = [f"Người nộp hồ sơ là bà {NAME}.", "Ngày sinh: 05/03/1985."]
    api.embed(texts, kind="passage", caller=CHI, data_class=DataClass.PUBLIC)
    assert api.calls()[0].data_class == DataClass.PUBLIC


def test_a_text_that_is_known_is_not_looked_through_again(
    model_server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(text: str) -> Any:
        looked.append(text)
        return privacy.inspect(text)

    monkeypatch.setattr(screening, "inspect", counted)
    instruction = f"Trả lời ngắn gọn. {uuid4()}"
    for question in ("một", "hai"):
        turns = [Turn("system", instruction), Turn("user", f"{question} {uuid4()}")]
        api.chat(turns, caller=CHI, data_class=DataClass.PUBLIC).text()
    assert looked.count(instruction) == 1 and len(looked) == 3


def test_a_class_never_falls(model_server: FakeServer) -> None:
    assert ask("xin chào", DataClass.INTERNAL).text().data_class == DataClass.INTERNAL


def test_what_leaves_the_institution_leaves_under_pseudonyms(in_country: FakeServer) -> None:
    stream = ask(PERSONAL, DataClass.INTERNAL)
    pieces = list(stream)
    sent = json.dumps(in_country.requests, ensure_ascii=False)
    assert NAME not in sent and NUMBER not in sent and "cấp lại giấy khai sinh" in sent
    # the fake repeats what it got, so all comes back
    assert "".join(pieces) == PERSONAL
    assert stream.reply is not None and stream.reply.text == PERSONAL
    assert stream.reply.decision == "pseudonymise" and stream.reply.hidden == {"person": 1, "cccd": 1}
    [row] = api.calls()
    assert (row.decision, row.zone, row.hidden) == ("pseudonymise", "country", {"cccd": 1, "person": 1})


def test_every_field_is_looked_through(in_country: FakeServer) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "find", "arguments": json.dumps({"id": NUMBER})}}
    turns = [
        Turn("system", f"Trả lời bà {NAME}."),
        Turn("user", f"Tệp: CCCD_{NAME.replace(' ', '_')}_{NUMBER}.pdf", name=NUMBER),
        Turn("assistant", "", tool_calls=(call,)),
        Turn("tool", f"số CCCD {NUMBER}", tool_call_id=NUMBER),
        Turn("user", "Còn gì nữa?"),
    ]
    schema = {"type": "object", "description": f"CCCD {NUMBER}", "properties": {f"CCCD {NUMBER}": {"enum": [NAME]}}}
    tool = {"type": "function", "function": {"name": "find", "description": f"Tìm bà {NAME}"}}
    options = Options(schema=schema, stop=(f"CCCD {NUMBER}",), tools=(tool,), tool_choice=f"CCCD {NUMBER}")
    caller = Caller(None, None, "v1", conversation_id=uuid4())
    api.chat(turns, caller=caller, data_class=DataClass.INTERNAL, options=options).text()
    [request] = in_country.requests
    sent = json.dumps({name: value for name, value in request.items() if name[0] != "_"}, ensure_ascii=False)
    assert NUMBER not in sent
    assert NAME not in sent and NAME.replace(" ", "_") not in sent


def test_arguments_of_tools_come_back_with_the_real_values(in_country: FakeServer) -> None:
    hidden = Mask.open(None).hide(f"số CCCD {NUMBER}").removeprefix("số CCCD ")
    begun = {"index": 0, "id": "c1", "function": {"name": "find", "arguments": '{"id": "'}}
    in_country.tool_calls = [begun, {"index": 0, "function": {"arguments": hidden + '"}'}}]
    reply = ask(f"số CCCD {NUMBER}", DataClass.INTERNAL).text()
    assert reply.finish_reason == "tool_calls"
    assert json.loads(reply.tool_calls[0]["function"]["arguments"]) == {"id": NUMBER}


def test_choices_are_hidden_and_come_back(in_country: FakeServer) -> None:
    hidden = Mask.open(None).hide(f"bà {NAME}").removeprefix("bà ")
    in_country.probabilities = {hidden: 0.9, "không": 0.1}
    reply = ask(f"Ai đề nghị? bà {NAME}", DataClass.INTERNAL, options=Options(choices=(f"bà {NAME}", "không"))).text()
    assert NAME not in json.dumps(in_country.requests, ensure_ascii=False)
    assert set(reply.probabilities) == {f"bà {NAME}", "không"}


def test_pseudonyms_stay_the_same_in_a_conversation(in_country: FakeServer) -> None:
    caller = Caller(None, None, "ask", conversation_id=uuid4())
    ask(f"Bà {NAME} hỏi về hộ tịch.", DataClass.INTERNAL, caller=caller).text()
    ask("Ông Trần Văn Bình trả lời.", DataClass.INTERNAL, caller=caller).text()
    ask(f"Bà {NAME} cảm ơn.", DataClass.INTERNAL, caller=caller).text()
    first, other, again = [request["messages"][0]["content"] for request in in_country.requests]
    assert first.split()[1] == again.split()[1]
    assert other.split()[1] != first.split()[1]


@pytest.mark.parametrize("text", [PERSONAL, f"so CCCD {NUMBER}"])
def test_personal_data_does_not_go_abroad_whatever_is_claimed(abroad: FakeServer, text: str) -> None:
    with pytest.raises(errors.ClassNotAllowed) as refusal:
        ask(text, DataClass.PUBLIC)
    assert abroad.requests == []
    with translation.override("en"):
        assert str(refusal.value).startswith("Nothing was sent. Sending personal data")
    [row] = api.calls()
    assert (row.outcome, row.decision, row.zone) == ("refused", "deny", "abroad")
    assert (row.rule, row.data_class) == ("personal-data-abroad-2026", DataClass.CONFIDENTIAL)


def test_names_in_a_public_text_are_hidden_before_it_goes_abroad(abroad: FakeServer) -> None:
    text = f"Bài phát biểu của bà {NAME} tại hội nghị."
    assert ask(text).text().text == text
    assert NAME not in json.dumps(abroad.requests, ensure_ascii=False)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_a_secrecy_marking_is_refused_outright_with_what_to_do(model_server: FakeServer, language: str) -> None:
    with pytest.raises(errors.ClassNotAllowed) as refusal, translation.override(language):
        ask(STAMPED)
    decision = api.decide(DataClass.SECRET, api.Zone.MACHINE)
    with translation.override(language):
        assert decision.reason in str(refusal.value) and decision.what_to_do in str(refusal.value)
    assert model_server.requests == []
    [row] = api.calls()
    assert (row.outcome, row.data_class) == ("refused", DataClass.SECRET)


def test_embeddings_follow_the_same_policy(embedding_server: FakeServer, settings: Any) -> None:
    settings.KHUE_EMBED_ZONE = "country"
    api.embed([PERSONAL], kind="query", caller=CHI, data_class=DataClass.PUBLIC)
    assert NUMBER not in json.dumps(embedding_server.requests, ensure_ascii=False)
    settings.KHUE_EMBED_ZONE = "abroad"
    for text in (PERSONAL, STAMPED):
        with pytest.raises(errors.ClassNotAllowed):
            api.embed(["xin chào", text], kind="passage", caller=CHI, data_class=DataClass.PUBLIC)
    assert len(embedding_server.requests) == 1
    assert [row.outcome for row in api.calls()] == ["refused", "refused", "done"]


@pytest.fixture
def broken_detector(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(page: object) -> Iterator[Any]:
        raise RuntimeError(f"out of order: {page!r}")

    monkeypatch.setitem(scanning.DETECTORS, "names", broken)


def test_a_detector_that_fails_lets_nothing_out(
    model_server: FakeServer, embedding_server: FakeServer, broken_detector: None
) -> None:
    with pytest.raises(DetectorFailed):
        ask("xin chào")
    with pytest.raises(DetectorFailed):
        api.embed(["xin chào"], kind="query", caller=CHI, data_class=DataClass.PUBLIC)
    assert model_server.requests == embedding_server.requests == []
    assert [(row.outcome, row.error) for row in api.calls()] == [("refused", "DetectorFailed")] * 2


def test_pseudonyms_that_cannot_be_kept_let_nothing_out(
    in_country: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_disk(mask: Mask) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Mask, "save", no_disk)
    with pytest.raises(DetectorFailed):
        ask(PERSONAL, DataClass.INTERNAL)
    assert in_country.requests == []
    assert [row.outcome for row in api.calls()] == ["refused"]


@pytest.mark.parametrize("failure", ["", "echo", "malformed", "die", "no-completion"])
def test_neither_log_nor_ledger_holds_content(
    model_server: FakeServer, failure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.failure = failure
    with caplog.at_level(logging.DEBUG):
        try:
            ask(PERSONAL).text()
        except errors.GatewayError as error:
            caplog.records.append(logging.makeLogRecord({"msg": str(error)}))
    said = "\n".join(
        [record.getMessage() for record in caplog.records] + [e.payload for e in LedgerEntry.objects.all()]
    )
    assert said
    for secret in (NAME, NUMBER, "cấp lại", "Hồng Nhung"):
        assert secret not in said and json.dumps(secret)[1:-1] not in said
