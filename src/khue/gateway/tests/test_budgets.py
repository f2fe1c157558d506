"""Tokens are counted as calls end, exactly also when many end together; what is too much is refused, not sent."""

import threading
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import translation

from khue.gateway import api, budgets, errors
from khue.gateway.api import Caller, DataClass, Period, Turn, Whose
from khue.gateway.energy import Energy
from khue.gateway.models import Spending
from khue.gateway.tests.fake import FakeServer

pytestmark = pytest.mark.django_db
ACADEMY, AN, BINH = uuid4(), uuid4(), uuid4()


def caller(person: UUID = AN, *groups: str) -> Caller:
    return Caller(person_id=person, organisation_id=ACADEMY, tool="ask", groups=groups)


def limit(tokens: int | None, whose: Whose = Whose.PERSON, subject: str = "", period: Period = Period.DAY) -> None:
    api.set_budget(organisation_id=ACADEMY, whose=whose, subject=subject, period=period, tokens=tokens, by=None)


def ask(text: str = "một hai ba", by: Caller | None = None) -> api.ChatStream:
    return api.chat([Turn("user", text)], caller=by or caller(), data_class=DataClass.PUBLIC)


def spend(tokens: int, by: Caller | None = None) -> None:
    budgets.spend(by or caller(), tokens=tokens, energy=Energy(1000, 100))


def left(by: Caller | None = None) -> dict[tuple[Whose, Period], int]:
    return {(one.whose, one.period): one.left for one in api.budget_limits(by or caller())}


def test_without_limits_nothing_is_refused_and_all_is_counted(model_server: FakeServer) -> None:
    reply = ask().text()
    [day] = api.spent(Whose.PERSON, Period.DAY, organisation_ids=[ACADEMY])
    assert (day.subject, day.tokens, day.calls) == (str(AN), reply.prompt_tokens + reply.completion_tokens, 1)
    assert api.budget_limits(caller()) == []


def test_a_person_s_limit_counts_that_person_only(model_server: FakeServer) -> None:
    limit(100)
    spend(100)
    with pytest.raises(errors.BudgetSpent):
        ask()
    assert [row.error for row in api.calls()] == ["BudgetSpent"]
    assert model_server.requests == []
    assert ask(by=caller(BINH)).text().text == "một hai ba"


def test_an_organisation_s_limit_counts_everybody(model_server: FakeServer) -> None:
    limit(100, Whose.ORGANISATION)
    spend(60)
    spend(60, caller(BINH))
    with pytest.raises(errors.BudgetSpent):
        ask(by=caller(uuid4()))


def test_a_group_s_limit_holds_for_its_members_only(model_server: FakeServer) -> None:
    limit(50, Whose.GROUP, "cohort-7", Period.MONTH)
    spend(60, caller(AN, "cohort-7"))
    with pytest.raises(errors.BudgetSpent):
        ask(by=caller(BINH, "cohort-7"))
    ask(by=caller(BINH)).close()


def test_one_s_own_limit_goes_before_everybody_s_and_that_before_the_installation_s(settings: Any) -> None:
    settings.KHUE_BUDGET_PERSON_DAY = 10
    assert left() == {(Whose.PERSON, Period.DAY): 10}
    limit(20)
    assert left() == {(Whose.PERSON, Period.DAY): 20}
    limit(30, subject=str(AN))
    assert left() == {(Whose.PERSON, Period.DAY): 30} and left(caller(BINH)) == {(Whose.PERSON, Period.DAY): 20}
    limit(0, subject=str(AN))
    assert left() == {}
    limit(None, subject=str(AN))
    limit(None)
    assert left() == {(Whose.PERSON, Period.DAY): 10}


def test_the_refusal_says_what_is_left_and_when_it_renews(model_server: FakeServer, monkeypatch: Any) -> None:
    monkeypatch.setattr(budgets.clock, "today", lambda: date(2026, 12, 31))
    limit(1000, period=Period.MONTH)
    spend(900)
    with pytest.raises(errors.BudgetSpent) as refused:
        ask("chữ " * 400)
    with translation.override("en"):
        said = str(refused.value)
    assert "1,000 tokens 100 are left" in said and "1 January 2027" in said
    assert ask("ngắn").text().text == "ngắn"


def test_a_new_day_begins_anew_within_the_month(monkeypatch: Any) -> None:
    limit(100)
    limit(1000, period=Period.MONTH)
    monkeypatch.setattr(budgets.clock, "today", lambda: date(2026, 11, 30))
    spend(80)
    assert left() == {(Whose.PERSON, Period.DAY): 20, (Whose.PERSON, Period.MONTH): 920}
    monkeypatch.setattr(budgets.clock, "today", lambda: date(2026, 12, 1))
    assert left() == {(Whose.PERSON, Period.DAY): 100, (Whose.PERSON, Period.MONTH): 1000}


def test_what_was_read_of_a_stopped_answer_counts(model_server: FakeServer) -> None:
    model_server.answers = [" ".join(["từ"] * 50)]
    stream = ask()
    for number, _piece in enumerate(stream):
        if number == 9:
            break
    stream.close()
    [day] = api.spent(Whose.PERSON, Period.DAY, organisation_ids=[ACADEMY])
    assert 10 <= day.tokens < 60


def test_setting_a_budget_is_on_record() -> None:
    limit(100)
    [entry] = api.entries(api.Filter(kinds=("budget",), organisation_ids=[ACADEMY]), limit=5)
    assert (entry.facts["tokens"], entry.facts["whose"], entry.facts["period"]) == (100, "person", "day")


@pytest.mark.django_db(transaction=True)
def test_calls_that_end_together_are_all_counted() -> None:
    def end_some() -> None:
        for _ in range(25):
            spend(3, caller(AN, "cohort-7", "cohort-8"))
        connection.close()

    threads = [threading.Thread(target=end_some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(row.tokens, row.calls, row.energy_mj) for row in Spending.objects.all()} == {(600, 200, 200_000)}
    assert Spending.objects.count() == 8
