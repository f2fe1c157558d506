"""A steward reads what the own organisation, and all below it, used models for; nobody else's."""

import pytest

from khue.gateway import api as gateway
from khue.gateway import ledger as record
from khue.gateway.ledger import Outcome, Task

LEDGER = "/govern/ledger/"


def used(person, organisation, purpose):
    caller = gateway.Caller(person.pk, organisation.pk, tool="ask", purpose=purpose)
    record.begin(
        Task.CHAT, caller=caller, data_class=gateway.DataClass.INTERNAL, provider="p", model="m", inputs=["x"]
    ).finish(Outcome.DONE, output=b"y")


@pytest.fixture
def three_calls(cast):
    used(cast.an, cast.hcm, "below")
    used(cast.binh, cast.academy, "here")
    used(cast.hai, cast.province, "elsewhere")


def read(client, person):
    client.force_login(person)
    return client.get(LEDGER, headers={"accept-language": "en"})


def test_a_steward_reads_the_own_organisation_and_those_below(client, cast, three_calls):
    text = read(client, cast.dung).content.decode()
    assert "below" in text and "here" in text and "elsewhere" not in text


def test_a_lecturer_is_refused(client, cast, three_calls):
    assert read(client, cast.binh).status_code == 403


def test_a_long_ledger_is_read_in_pages_with_a_fixed_number_of_queries(client, cast, django_assert_max_num_queries):
    for number in range(120):
        used(cast.an, cast.hcm, f"call {number}")
    client.force_login(cast.dung)
    with django_assert_max_num_queries(14):
        first = client.get(LEDGER)
    following = client.get(LEDGER, {"before": first.context["page"].earlier.isoformat()})
    shown = [line.call.purpose for page in (first, following) for line in page.context["page"].lines]
    assert shown == [f"call {number}" for number in range(119, 19, -1)]


def test_a_time_that_is_none_is_passed_over(client, cast, three_calls):
    client.force_login(cast.dung)
    assert client.get(LEDGER, {"before": "2026-99-99T99:99"}).status_code == 200
