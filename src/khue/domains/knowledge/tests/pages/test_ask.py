"""Asking on the page: evidence at once, the answer as it comes, and what one does with it afterwards."""

import pytest
from django.urls import reverse

from khue.domains.knowledge.models import Conversation, Exchange
from khue.domains.people.models import Person

QUESTION = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu?"


@pytest.fixture
def an_signed_in(client, an):
    client.force_login(Person.objects.get(pk=an.person_id))
    return client


@pytest.fixture
def asked(an_signed_in, books, no_model):
    reply = an_signed_in.post(reverse("knowledge:ask"), {"question": QUESTION})
    return Conversation.objects.get(), reply


def read_events(response):
    """The names and data of server-sent events."""

    async def gather():
        return b"".join([chunk async for chunk in response.streaming_content])

    from asgiref.sync import async_to_sync

    blocks = async_to_sync(gather)().decode().split("\n\n")
    events = []
    for block in blocks:
        lines = block.split("\n")
        name = next((line[7:] for line in lines if line.startswith("event: ")), "")
        if name:
            events.append((name, "\n".join(line[6:] for line in lines if line.startswith("data: "))))
    return events


def answered(client):
    exchange = Exchange.objects.get()
    return read_events(client.get(reverse("knowledge:exchange-stream", args=[exchange.pk])))


def test_evidence_stands_on_the_page_before_any_answer(an_signed_in, asked):
    conversation, reply = asked
    assert reply.url == reverse("knowledge:conversation", args=[conversation.pk])
    page = an_signed_in.get(reply.url).content.decode()
    assert "200.000 đồng" in page
    assert "data-stream=" in page


def test_the_stream_ends_with_the_whole_checked_answer(an_signed_in, asked):
    events = answered(an_signed_in)
    assert events[-1][0] == "finished"
    assert "sentence supported" in events[-1][1] and "200.000 đồng" in events[-1][1]
    assert "data-stream=" not in events[-1][1]


def test_a_citation_leads_to_the_quoted_words(an_signed_in, asked):
    answered(an_signed_in)
    citation = Exchange.objects.get().sentences[0]["citations"][0]
    address = reverse("knowledge:document", args=[citation["document"]])
    page = an_signed_in.get(address, {"start": citation["start"], "end": citation["end"]}).content.decode()
    assert f'<mark id="quote">{citation["quote"]}</mark>' in page


def test_a_follow_up_comes_as_a_fragment_with_its_evidence(an_signed_in, asked):
    conversation, _ = asked
    answered(an_signed_in)
    address = reverse("knowledge:conversation", args=[conversation.pk])
    reply = an_signed_in.post(address, {"question": "Hồ sơ gồm những gì?"}, headers={"hx-request": "true"})
    text = reply.content.decode()
    assert 'hx-swap-oob="true"' in text and "<html" not in text
    assert conversation.exchanges.count() == 2


def test_an_empty_question_says_what_to_do(an_signed_in, books):
    reply = an_signed_in.post(reverse("knowledge:ask"), {"question": "  "}, headers={"accept-language": "en"})
    assert reply.status_code == 400
    assert "Write a question first." in reply.content.decode()


def test_a_low_rating_asks_for_the_reason_and_keeps_it(an_signed_in, asked):
    answered(an_signed_in)
    exchange = Exchange.objects.get()
    address = reverse("knowledge:exchange-rate", args=[exchange.pk])
    an_signed_in.post(address, {"rating": "-1", "reason": "Sai lệ phí"})
    exchange.refresh_from_db()
    assert (exchange.rating, exchange.rating_reason) == (-1, "Sai lệ phí")
    an_signed_in.post(address, {"rating": ""})
    exchange.refresh_from_db()
    assert (exchange.rating, exchange.rating_reason) == (None, "")


def test_the_answer_can_be_taken_along(an_signed_in, asked):
    conversation, _ = asked
    answered(an_signed_in)
    for form, start in (("md", b"---\ndata-class: internal\n"), ("docx", b"PK")):
        reply = an_signed_in.get(reverse("knowledge:conversation-export", args=[conversation.pk, form]))
        assert reply.content.startswith(start)
        assert "attachment" in reply["content-disposition"]


def test_retry_asks_again(an_signed_in, asked):
    answered(an_signed_in)
    exchange = Exchange.objects.get()
    an_signed_in.post(reverse("knowledge:exchange-retry", args=[exchange.pk]))
    exchange.refresh_from_db()
    assert exchange.status == "answering" and not exchange.sentences


def test_deleting_leaves_nothing(an_signed_in, asked):
    conversation, _ = asked
    an_signed_in.post(reverse("knowledge:conversation-delete", args=[conversation.pk]))
    assert not Conversation.objects.exists() and not Exchange.objects.exists()


def test_history_finds_by_words_of_a_question(an_signed_in, asked):
    address = reverse("knowledge:history")
    assert QUESTION in an_signed_in.get(address, {"q": "hộ chiếu"}).content.decode()
    assert QUESTION not in an_signed_in.get(address, {"q": "đất đai"}).content.decode()


@pytest.mark.parametrize("name", ["conversation", "conversation-rename", "conversation-delete"])
def test_somebody_elses_conversation_does_not_exist(client, asked, chi, name):
    conversation, _ = asked
    client.force_login(Person.objects.get(pk=chi.person_id))
    assert client.post(reverse(f"knowledge:{name}", args=[conversation.pk]), {"question": "x"}).status_code == 404
