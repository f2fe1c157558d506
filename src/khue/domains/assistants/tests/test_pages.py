"""Pages of builders, and what visitors meet: without sign-in, without cookie, without a name."""

import json

import pytest
from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from khue.domains.assistants.actions import guard
from khue.domains.assistants.models import Assistant, HandOver, Message, TestQuestion, Visit
from khue.domains.assistants.tests.conftest import PASSPORT, QUESTIONS
from khue.domains.knowledge.tests.pages.test_ask import read_events

FEE = QUESTIONS[0][0]
SCRIPT = {"HTTP_X_TALK": "1"}


def public(name, *arguments):
    return reverse(f"assistants-open:{name}", args=["ho-tich", *arguments])


def ask(client, question=FEE, **data):
    return client.post(public("ask"), {"question": question, **data}, **SCRIPT)


def lines_of(response):
    """Of a stream without names of events."""

    async def gather():
        return b"".join([chunk async for chunk in response.streaming_content])

    return async_to_sync(gather)().decode().split("\n")


@pytest.fixture(autouse=True)
def _nobody_has_asked(db):
    cache.clear()


def test_the_public_page_needs_no_sign_in_and_sets_no_cookie(published, client):
    for name in ("page", "frame"):
        page = client.get(public(name))
        assert page.status_code == 200 and "Bạn đang nói chuyện với trợ lý AI." in page.content.decode()
        assert not page.cookies


def test_a_question_is_answered_in_a_stream_without_a_cookie(published, client):
    asked = ask(client)
    message = Message.objects.get()
    assert asked.status_code == 200 and "data-stream=" in asked.content.decode() and not asked.cookies
    assert asked["X-Visit"] == str(message.visit_id)
    events = read_events(client.get(public("stream", message.pk)))
    assert events[-1][0] == "finished" and "200.000 đồng" in events[-1][1]
    assert "200.000 đồng" in client.get(public("state", message.pk)).content.decode()


def test_without_script_it_leads_to_the_conversation(published, client):
    reply = client.post(public("ask"), {"question": FEE})
    assert reply.status_code == 302
    assert FEE in client.get(reply["Location"]).content.decode()


@pytest.mark.parametrize("question", ["", "x" * 50_000])
def test_a_refused_question_says_why(published, client, question):
    reply = ask(client, question)
    assert reply.status_code == 400 and 'role="alert"' in reply.content.decode()
    assert not Message.objects.exists()


def test_a_form_of_another_site_is_refused(published, client):
    reply = client.post(public("ask"), {"question": FEE}, HTTP_SEC_FETCH_SITE="cross-site")
    assert reply.status_code == 403 and not Message.objects.exists()


def test_only_sites_on_the_list_may_frame_it(published, client):
    frame = client.get(public("frame"))
    assert "frame-ancestors 'self' https://xa.gov.vn" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    page = client.get(public("page"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"] and page["X-Frame-Options"] == "DENY"


def test_the_widget_is_one_script_that_knows_its_sites(published, client):
    script = client.get(public("widget"))
    assert script["Content-Type"].startswith("text/javascript") and not script.cookies
    facts = json.loads(script.content.decode().partition("= ")[2].partition(";\n")[0])
    assert facts["origins"] == ["https://xa.gov.vn"] and facts["slug"] == "ho-tich"


def test_it_is_not_there_before_it_is_published(assistant, client):
    for name in ("page", "frame", "widget"):
        assert client.get(public(name)).status_code == 404
    assert ask(client).status_code == 404


def test_an_address_that_asks_too_much_waits_and_is_not_known(published, client, monkeypatch):
    monkeypatch.setattr(guard, "SPANS", ((60, 2), (86_400, 100)))
    assert [ask(client, f"câu hỏi số {n}").status_code for n in range(4)] == [200, 200, 429, 429]
    assert ask(client)["Retry-After"]
    other = client.post(public("ask"), {"question": FEE}, REMOTE_ADDR="10.0.0.9", **SCRIPT)
    assert other.status_code == 200
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select cache_key, value from khue_cache")
        assert "127.0.0.1" not in str(cursor.fetchall())


def test_a_person_answers_where_it_was_asked_and_it_is_tested_from_then_on(published, client, signed_in):
    ask(client, "Giá vàng hôm nay thế nào?")
    message = Message.objects.get()
    assert "Gặp cán bộ" in read_events(client.get(public("stream", message.pk)))[-1][1]
    client.post(public("person", message.pk), {"words": "Tôi là Nguyễn Văn An, gọi 0912345678"}, **SCRIPT)
    waiting = HandOver.objects.get()
    assert "0912345678" not in waiting.words
    assert "Giá vàng" in signed_in.get(reverse("assistants:waiting")).content.decode()
    signed_in.post(reverse("assistants:reply", args=[waiting.pk]), {"text": "Hôm nay 8.000 đồng.", "keep": "1"})
    page = client.get(public("conversation", message.visit_id)).content.decode()
    assert "Hôm nay 8.000 đồng." in page
    kept = TestQuestion.objects.get(origin="correction")
    assert (kept.kind, kept.answer) == ("answerable", "8.000 đồng")


def test_a_rating_and_its_reason_are_kept_without_a_name(published, client):
    ask(client)
    message = Message.objects.get()
    client.post(public("rate", message.pk), {"rating": "-1", "reason": "Sai, gọi tôi 0912345678"}, **SCRIPT)
    message.refresh_from_db()
    assert message.rating == -1 and message.rating_reason and "0912345678" not in message.rating_reason


def test_the_conversation_can_be_taken_along(published, client):
    ask(client)
    message = Message.objects.get()
    read_events(client.get(public("stream", message.pk)))
    text = client.get(public("transcript", message.visit_id)).content.decode()
    assert FEE in text and "200.000 đồng" in text and "Cấp hộ chiếu" in text


def test_a_conversation_is_found_at_its_own_assistant_only(published, client, an):
    from khue.domains.assistants.actions import assistants

    ask(client)
    other = assistants.clone(by=an, assistant=published)
    Assistant.objects.filter(pk=other.pk).update(state="published", published=published.published)
    address = reverse("assistants-open:conversation", args=[other.slug, Visit.objects.get().pk])
    assert client.get(address).status_code == 404


# Programs ------------------------------------------------------------------------------------------


def call(client, body, **headers):
    return client.post(public("api-ask"), body, content_type="application/json", **headers)


def test_a_program_gets_what_khue_ask_gives(published, client):
    reply = call(client, {"question": FEE})
    answer = reply.json()
    assert {"answer", "abstained", "language", "sentences", "evidence", "timings", "model"} <= set(answer)
    assert not answer["abstained"] and "200.000 đồng" in answer["answer"] and answer["sentences"][0]["supported"]
    again = call(client, {"question": "Còn giá trị mấy năm?", "conversation": answer["conversation"]}).json()
    assert again["conversation"] == answer["conversation"] and Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ({}, 400), ({"question": ""}, 400), ({"question": "x" * 50_000}, 400),
     ({"question": "a", "x": 1}, 400),
     ({"question": "a", "conversation": "00000000-0000-7000-8000-000000000000"}, 404)],
)  # fmt: skip
def test_a_bad_request_of_a_program_is_told(published, client, body, status):
    reply = call(client, body)
    assert reply.status_code == status and reply.json()["error"]["message"]


def test_programs_of_other_sites_are_let_in_by_the_list(published, client):
    assert call(client, {"question": FEE}, HTTP_ORIGIN="https://xa.gov.vn")["Access-Control-Allow-Origin"]
    other = call(client, {"question": FEE}, HTTP_ORIGIN="https://khac.vn")
    assert "Access-Control-Allow-Origin" not in other


def test_it_answers_under_v1(published, client, an):
    from khue.domains.stewardship.actions import keys
    from khue.gateway.classes import DataClass

    made = keys.create(by=an, name="thử", highest_class=DataClass.PUBLIC, days=None)
    headers = {"HTTP_AUTHORIZATION": f"Bearer {made.text}"}
    assert "assistant/ho-tich" in client.get("/v1/models", **headers).content.decode()
    body = {"model": "assistant/ho-tich", "messages": [{"role": "user", "content": FEE}]}
    reply = client.post("/v1/chat/completions", body, content_type="application/json", **headers)
    assert "200.000 đồng" in reply.json()["choices"][0]["message"]["content"]
    missing = client.post(
        "/v1/chat/completions", body | {"model": "assistant/x"}, content_type="application/json", **headers
    )
    assert missing.status_code == 404


def test_under_v1_sentences_come_as_they_are_backed_and_it_says_what_it_took(
    published, client, an, model_server, settings
):
    from khue.domains.stewardship.actions import keys
    from khue.gateway.classes import DataClass

    settings.KHUE_MODEL = "local"
    both = "Lệ phí cấp hộ chiếu phổ thông là bao nhiêu, hộ chiếu phổ thông cấp cho người từ đủ 14 tuổi giá trị mấy năm?"
    model_server.answers = [f"{' '.join(reversed(PASSPORT.splitlines()))} Thêm 950.000 đồng nữa."]
    made = keys.create(by=an, name="thử", highest_class=DataClass.PUBLIC, days=None)
    body = {
        "model": "assistant/ho-tich",
        "messages": [{"role": "user", "content": both}],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    reply = client.post(
        "/v1/chat/completions", body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {made.text}"
    )
    *lines, end = [line.removeprefix("data: ") for line in lines_of(reply) if line.startswith("data: ")]
    chunks = [json.loads(line) for line in lines]
    pieces = [one["choices"][0]["delta"].get("content") for one in chunks if one["choices"]]
    whole = "".join(filter(None, pieces))
    assert end == "[DONE]" and whole == Message.objects.get().answer["answer"] and "950" not in whole
    assert whole and chunks[-1]["usage"]["completion_tokens"] > 0


# Builders ------------------------------------------------------------------------------------------


def step(name):
    return reverse("assistants:step", args=[Assistant.objects.get().pk, name])


def test_seven_steps_lead_from_nothing_to_a_published_assistant(books, signed_in, dung, monkeypatch):
    monkeypatch.setattr("khue.domains.assistants.queries.gate.LEAST", {"answerable": 1, "outside": 1, "hostile": 1})
    signed_in.post(reverse("assistants:index"), {"name": "Hộ chiếu"})
    signed_in.post(
        step("purpose"), {"name_vi": "Hộ chiếu", "purpose": "Trả lời", "audience": "Dân", "languages": ["vi"]}
    )
    signed_in.post(step("knowledge"), {"collections": ["Thư viện"]})
    voice = {"manner": "plain", "limits": "Không tra hồ sơ.", "notice_vi": "Đây là AI.", "opening_vi": "Chào bạn"}
    signed_in.post(step("voice"), voice)
    people = {"contact_name": "Một cửa", "contact_phone": "024", "after": "2", "hours_mon": "7:30-11:30"}
    assert signed_in.post(step("handover"), people)["Location"] == step("questions")
    made = Assistant.objects.get()
    for question, kind, source, answer in (QUESTIONS[0], QUESTIONS[3], QUESTIONS[4]):
        data = {"question": question, "kind": kind, "language": "vi", "source": source, "answer": answer}
        signed_in.post(reverse("assistants:question-add", args=[made.pk]), data)
    assert made.questions.count() == 3
    from khue.kernel import jobs

    run = signed_in.post(reverse("assistants:test", args=[made.pk]))["Location"]
    jobs.work(at_once=1, until_empty=True)
    assert "3" in signed_in.get(run).content.decode()
    signed_in.post(reverse("assistants:entry", args=[made.pk]))
    from khue.domains.stewardship.actions import use_cases
    from khue.domains.stewardship.models import UseCase

    use_cases.decide(by=dung, use_case=UseCase.objects.get(), approve=True, reason="Dữ liệu công khai cả.")
    signed_in.post(reverse("assistants:publish", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "published"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("handover", {"contact_name": "A", "contact_phone": "1", "after": "2", "hours_mon": "sáng"}, "7:30-11:30"),
        ("handover", {"contact_name": "A", "after": "2"}, "contact_phone"),
        ("publish", {"origins": "javascript:alert(1)"}, "https://xa.gov.vn"),
        ("purpose", {"purpose": "x", "audience": "y", "languages": ["vi"]}, "name_vi"),
    ],
)
def test_a_step_with_faults_says_which(assistant, signed_in, name, data, said):
    reply = signed_in.post(step(name), data)
    assert reply.status_code == 400 and said in reply.content.decode()


def test_a_sheet_with_broken_rows_is_taken_as_far_as_it_goes(assistant, signed_in):
    sheet = SimpleUploadedFile("c.csv", "question,kind\nPhí?,\nX?,lạ\n".encode())
    page = signed_in.post(reverse("assistants:questions-sheet", args=[assistant.pk]), {"sheet": sheet}, follow=True)
    assert assistant.questions.count() == 1 and "3" in page.content.decode() and "lạ" in page.content.decode()


def test_each_proposal_is_accepted_as_it_is_mended_or_refused(assistant, signed_in):
    propose = reverse("assistants:questions-propose", args=[assistant.pk])
    signed_in.post(propose)
    first, second = assistant.questions.all()[:2]
    assert first.accepted is None
    one, other = (reverse("assistants:question", args=[assistant.pk, each.pk]) for each in (first, second))
    mended = {
        "question": first.question,
        "kind": "answerable",
        "language": "vi",
        "source": "",
        "answer": "200.000 đồng",
    }
    assert signed_in.post(one, mended)["Location"] == step("questions")
    signed_in.post(other, {"delete": "1"})
    kept = assistant.questions.get(accepted=True)
    assert (kept.pk, kept.answer) == (first.pk, "200.000 đồng")
    assert not assistant.questions.filter(pk=second.pk).exists()
    signed_in.post(propose)
    assert assistant.questions.filter(question=first.question).count() == 1
    page = signed_in.post(one, mended | {"question": ""}, follow=True)
    assert "cần có câu hỏi" in page.content.decode()


def test_a_copy_a_file_and_an_end(assistant, signed_in, client):
    copy = signed_in.post(reverse("assistants:clone", args=[assistant.pk]))["Location"]
    file = signed_in.get(reverse("assistants:file", args=[assistant.pk])).content
    upload = SimpleUploadedFile("t.yaml", file)
    brought = signed_in.post(reverse("assistants:bring"), {"file": upload})["Location"]
    assert Assistant.objects.count() == 3 and brought != copy
    broken = SimpleUploadedFile("t.yaml", b"format: [")
    page = signed_in.post(reverse("assistants:bring"), {"file": broken}, follow=True).content.decode()
    assert Assistant.objects.count() == 3 and "Không dùng được" in page
    signed_in.post(reverse("assistants:delete", args=[assistant.pk]))
    assert Assistant.objects.count() == 2


def test_back_to_an_earlier_version_and_off_the_public_page(published, signed_in, client):
    signed_in.post(step("purpose"), {"name_vi": "Khác", "purpose": "x", "audience": "y", "languages": ["vi", "en"]})
    versions = reverse("assistants:versions", args=[published.pk])
    signed_in.post(reverse("assistants:roll-back", args=[published.pk, 1]))
    assert Assistant.objects.get().name == "Trợ lý hộ tịch" and signed_in.get(versions).status_code == 200
    assert b"khue-assistant/1" in signed_in.get(reverse("assistants:version-file", args=[published.pk, 1])).content
    signed_in.post(reverse("assistants:withdraw", args=[published.pk]))
    assert client.get(public("page")).status_code == 404


def test_every_page_of_a_builder_opens(published, signed_in, client):
    ask(client, "Giá vàng hôm nay?")
    run = published.published.runs.first()
    pages = [reverse("assistants:index"), reverse("assistants:waiting")]
    pages += [reverse(f"assistants:{name}", args=[published.pk]) for name in ("build", "versions", "after", "file")]
    pages += [step(name) for name in ("purpose", "knowledge", "voice", "handover", "questions", "check", "publish")]
    pages += [reverse("assistants:run", args=[published.pk, run.pk]), step("knowledge") + "?find=hộ"]
    pages += [reverse("assistants:versions", args=[published.pk]) + "?a=1&b=1"]
    assert [signed_in.get(page).status_code for page in pages] == [200] * len(pages)


def test_a_builder_tries_the_draft(assistant, signed_in):
    asked = signed_in.post(reverse("assistants:try", args=[assistant.pk]), {"question": FEE}, **SCRIPT)
    message = Message.objects.get()
    assert reverse("assistants:try-stream", args=[assistant.pk, message.pk]) in asked.content.decode()
    events = read_events(signed_in.get(reverse("assistants:try-stream", args=[assistant.pk, message.pk])))
    assert "200.000 đồng" in events[-1][1]


def test_a_correction_becomes_a_test_question(published, signed_in, client):
    ask(client, "Giá vàng hôm nay?")
    message = Message.objects.get()
    signed_in.post(reverse("assistants:correct", args=[published.pk, message.pk]), {"text": "8.000 đồng"})
    assert TestQuestion.objects.filter(origin="correction", answer="8.000 đồng").exists()
