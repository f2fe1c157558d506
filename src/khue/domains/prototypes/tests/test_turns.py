"""The conversation: An describes, the tool comes, wishes change it; what goes wrong is said and nothing is lost."""

import json
from uuid import UUID

import pytest

from khue.domains.people.api import Role
from khue.domains.people.tests.cast import member, place
from khue.domains.prototypes.actions import calls, tools, turns
from khue.domains.prototypes.models import Tool, Turn, TurnState
from khue.domains.prototypes.rules import MOST_ANSWER
from khue.gateway import api as gateway

IDEA = "Máy tính lệ phí chứng thực bản sao, mỗi bản 2.000 đồng."
PARAMETERS = {"title": "Phí bản sao", "lines": [{"label": "Số bản", "price": 2000}]}


@pytest.fixture
def an(transactional_db, no_embeddings):
    return member("an", place("hv", "Học viện"), Role.PARTICIPANT)


@pytest.fixture
def no_embeddings(settings):
    settings.KHUE_EMBED_URL = "http://127.0.0.1:9"


def answered(turn, by):
    events = list(turns.stream(turn=turn, by=by))
    turn.refresh_from_db()
    return events


def described(an, idea=IDEA, key="fee-calculator", **more):
    return turns.begin(by=an, idea=idea, key=key, language="vi", **more)


def test_the_pattern_is_seen_at_once_then_its_fields(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS, ensure_ascii=False)]
    turn = described(an)
    events = answered(turn, an)
    shown = [event for event in events if isinstance(event, calls.Shown)]
    assert "Phí chứng thực bản sao" in shown[0].html
    assert turn.state == TurnState.DONE
    tool = Tool.objects.get()
    assert (tool.title, tool.head.pattern) == ("Phí bản sao", "fee-calculator")
    assert tool.head.source["parameters"]["lines"][0]["price"] == 2000
    assert tool.head.picture_by == "drawn"
    call = gateway.entry(UUID(tool.head.ledger[0]["id"]))
    assert (call.tool, call.purpose, call.person_id) == ("prototype", "describe", an.person_id)
    assert model_server.requests[-1]["response_format"]["type"] == "json_schema"


def test_a_half_finished_answer_is_completed_and_said(an, model_server):
    model_server.answers = ['{"title": "Phí bản sao", "lines": [{"label": "Số bản", "price": 2000}, {"label": "Tra']
    turn = described(an)
    answered(turn, an)
    assert (
        turn.version.source["parameters"]["lines"] == [{"label": "Số bản", "price": 2000}, PARAMETERS["lines"][0]][:1]
    )
    assert "đứt" in turn.said or "broke off" in turn.said


def test_ten_megabytes_of_answer_are_cut_off(an, model_server):
    model_server.answers = ["<p>" + "a" * 10_000_000]
    turn = described(an, key="-")
    answered(turn, an)
    assert turn.state in {TurnState.DONE, TurnState.FAILED}
    assert turn.version is None or len(turn.version.source["body"]) <= MOST_ANSWER + 100


def test_a_tool_that_has_grown_too_large_is_refused_and_the_one_before_stays(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS)]
    turn = described(an)
    answered(turn, an)
    with pytest.raises(tools.TooLarge):
        tools.by_hand(by=an, tool=turn.tool, code="<p>" + "a" * 2_000_000)
    assert turn.tool.versions.count() == 1


def test_what_is_against_people_is_declined_without_asking_anybody(an, model_server):
    turn = described(an, idea="Trang bí mật theo dõi vị trí điện thoại của nhân viên")
    answered(turn, an)
    assert turn.state == TurnState.DECLINED
    assert turn.said
    assert turn.tool.head is None
    assert model_server.requests == []


def test_a_wish_to_call_home_is_told_that_there_is_no_way_out(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS)]
    turn = described(an, idea=f"{IDEA} Gửi mọi dữ liệu về https://thu.example/nhan")
    answered(turn, an)
    assert any("không gửi" in step or "sends nothing" in step for step in turn.steps)
    assert "connect-src 'none'" in turn.version.html


def test_small_wishes_need_no_model(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS)]
    turn = described(an)
    answered(turn, an)
    asked = len(model_server.requests)
    wish = turns.say(by=an, tool=turn.tool, text="Đổi giá từ 2.000 thành 3.000 đồng")
    answered(wish, an)
    assert wish.version.source["parameters"]["lines"][0]["price"] == 3000
    assert wish.version.number == 2
    assert len(model_server.requests) == asked


def test_other_wishes_are_changes_of_places_that_there_are(an, model_server):
    model_server.answers = [
        json.dumps(PARAMETERS),
        json.dumps({"changes": [{"path": "intro", "value": "Nộp tại Một cửa"}]}, ensure_ascii=False),
    ]
    turn = described(an)
    answered(turn, an)
    wish = turns.say(by=an, tool=turn.tool, text="Cho biết nộp ở đâu")
    answered(wish, an)
    assert wish.version.source["parameters"]["intro"] == "Nộp tại Một cửa"
    assert wish.version.source["parameters"]["lines"] == PARAMETERS["lines"]


def test_an_answer_that_changes_nothing_leaves_the_tool_as_it_is(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS), "no idea"]
    turn = described(an)
    answered(turn, an)
    wish = turns.say(by=an, tool=turn.tool, text="Làm cho hay hơn")
    answered(wish, an)
    assert wish.state == TurnState.FAILED
    assert Tool.objects.get().head.number == 1


def test_without_a_model_the_pattern_stands_with_its_example(an, no_model):
    turn = described(an)
    answered(turn, an)
    assert turn.state == TurnState.DONE
    assert turn.version.pattern == "fee-calculator"


def test_two_repairs_come_by_themselves_and_no_third(an, model_server):
    changed = json.dumps({"changes": [{"path": "title", "value": "Lần 1"}]})
    model_server.answers = [json.dumps(PARAMETERS), changed, "<h1>Phí</h1><p>mới</p>"]
    turn = described(an, examples="Số bản: 3 → 7.000 ₫")
    answered(turn, an)
    tool = turn.tool
    red = [{"text": "Số bản: 3 → 7.000 ₫", "passed": False, "problem": "different", "seen": "6.000 ₫"}]
    for _number in (1, 2):
        tool.refresh_from_db()
        tools.note_outcomes(version=tool.head, outcomes=red)
        again = turns.repair(by=an, tool=tool, itself=True)
        answered(again, an)
        assert again.state == TurnState.DONE
    tool.refresh_from_db()
    with pytest.raises(turns.EnoughRepairs):
        turns.repair(by=an, tool=tool, itself=True)
    assert "6.000" in str(model_server.requests[-2]["messages"])
    assert tool.head.source["body"] == "<h1>Phí</h1><p>mới</p>"


def test_while_one_wish_is_worked_on_a_second_waits(an, model_server):
    turn = described(an)
    with pytest.raises(turns.Busy):
        turns.say(by=an, tool=turn.tool, text="Đổi tên thành A")


def test_going_back_and_a_copy_lose_nothing(an, model_server):
    model_server.answers = [json.dumps(PARAMETERS)]
    turn = described(an)
    answered(turn, an)
    tool = turn.tool
    answered(turns.say(by=an, tool=tool, text="Đổi tên thành Khác"), an)
    tool.refresh_from_db()
    made = tools.go_back(by=an, tool=tool, version=tool.versions.get(number=1))
    assert (made.number, tool.title) == (3, "Phí bản sao")
    assert tool.versions.count() == 3
    copy = tools.fork(by=an, tool=tool, version=tool.versions.get(number=2))
    assert (copy.forked_from, copy.head.number, copy.title) == (tool, 1, "Khác")
    assert Turn.objects.filter(tool=copy).count() == 0
