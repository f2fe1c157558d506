"""Whatever is wrong is said in the protocol's own form, with a word that helps."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from khue.domains.people.api import actor_of
from khue.domains.stewardship.actions import keys
from khue.gateway import api as gateway
from khue.gateway.api import DataClass

pytestmark = pytest.mark.django_db
CHAT = "/v1/chat/completions"
BODY: dict[str, Any] = {"model": "default", "messages": [{"role": "user", "content": "xin chào"}]}


def send(client: Client, text: str, body: Any = BODY, path: str = CHAT, **headers: str) -> tuple[int, dict[str, Any]]:
    raw = body if isinstance(body, (bytes, str)) else json.dumps(body)
    sent = {"authorization": f"Bearer {text}", **headers}
    answer = client.post(path, raw, content_type="application/json", headers=sent)
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    if answer.status_code != 200:
        assert set(said["error"]) == {"message", "type", "param", "code"} and said["error"]["message"]
    return answer.status_code, said.get("error", said)


@pytest.mark.parametrize("text", ["", "khue_wrong", "khue_" + "ả" * 20, "Bearer"])
def test_a_wrong_key(client: Client, text: str) -> None:
    status, error = send(client, text)
    assert status == 401 and error["code"] in {"invalid_api_key", "missing_api_key"}


def test_a_revoked_and_an_expired_key(client: Client, make: Any, cast: Any, model_server: Any) -> None:
    gone, old = make(), make()
    keys.revoke(by=actor_of(cast.binh.pk), key=gone.key)
    type(old.key).objects.filter(pk=old.key.pk).update(expires_at="2020-01-01T00:00Z")
    assert [send(client, each.text)[0] for each in (gone, old)] == [401, 401]
    assert model_server.requests == []


def test_a_key_ends_with_its_owner_s_account_and_role(client: Client, make: Any, cast: Any, model_server: Any) -> None:
    made = make()
    assert send(client, made.text)[0] == 200
    cast.binh.memberships.update(revoked_at="2026-01-01T00:00Z")
    assert send(client, made.text)[0] == 401
    cast.binh.memberships.update(revoked_at=None)
    cast.binh.is_active = False
    cast.binh.save()
    assert send(client, made.text)[0] == 401


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ("{", None),
        (b"\xff\xfe", None),
        ("[]", None),
        ("[" * 10_000, None),
        ({"model": "default"}, "messages"),
        ({"model": "default", "messages": []}, "messages"),
        ({"model": "default", "messages": "xin chào"}, "messages"),
        (BODY | {"model": 7}, "model"),
        (BODY | {"messages": [{"role": "king", "content": "x"}]}, "messages.0.role"),
        (BODY | {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
         "messages.0.content"),
        (BODY | {"temperature": "hot"}, "temperature"),
        (BODY | {"temperature": 9}, "temperature"),
        (BODY | {"max_tokens": 0}, "max_tokens"),
        (BODY | {"stop": ["a", "b", "c", "d", "e"]}, "stop"),
        (BODY | {"n": 3}, "n"),
        (BODY | {"functions": [{"name": "f"}]}, "functions"),
        (BODY | {"response_format": {"type": "xml"}}, "response_format.type"),
    ],
)  # fmt: skip
def test_a_wrong_body_names_what_is_wrong(client: Client, key: Any, model_server: Any, body: Any, param: Any) -> None:
    status, error = send(client, key.text, body)
    assert status == 400 and error["type"] == "invalid_request_error"
    assert error["param"] is None if param is None else (error["param"] or "").startswith(param)
    assert model_server.requests == []


def test_unknown_models_paths_and_methods(client: Client, key: Any, model_server: Any) -> None:
    assert send(client, key.text, BODY | {"model": "gpt"})[1]["code"] == "model_not_found"
    assert send(client, key.text, BODY, "/v1/images/generations")[0] == 404
    assert client.get(CHAT, headers={"authorization": f"Bearer {key.text}"}).status_code == 405


def test_a_prompt_of_ten_megabytes(client: Client, key: Any, model_server: Any) -> None:
    body = BODY | {"messages": [{"role": "user", "content": "dài " * 2_000_000}]}
    status, error = send(client, key.text, body)
    assert (status, error["code"]) == (413, "request_too_large")
    assert model_server.requests == []


def test_a_prompt_longer_than_the_model_reads(client: Client, key: Any, model_server: Any) -> None:
    body = BODY | {"messages": [{"role": "user", "content": "dài " * 50_000}]}
    status, error = send(client, key.text, body)
    assert (status, error["code"], error["param"]) == (400, "context_length_exceeded", "messages")
    assert model_server.requests == []


def test_characters_that_are_none(client: Client, key: Any, model_server: Any) -> None:
    """A NUL passes the protocol; a lone half of a surrogate pair is no character."""
    raw = '{"model": "default", "messages": [{"role": "user", "content": "a%sb"}]}'
    assert send(client, key.text, raw % r"\u0000")[0] == 200
    assert send(client, key.text, raw % r"\ud800")[0] == 400


def test_a_key_for_one_model_only(client: Client, make: Any, model_server: Any, embedding_server: Any) -> None:
    text = make(aliases=("embeddings",)).text
    status, error = send(client, text)
    assert (status, error["code"]) == (403, "model_not_allowed")
    assert send(client, text, {"model": "embeddings", "input": "x"}, "/v1/embeddings")[0] == 200
    listed = client.get("/v1/models", headers={"authorization": f"Bearer {text}"}).json()["data"]
    assert "default" not in {model["id"] for model in listed}


def test_the_class_that_is_said(client: Client, make: Any, model_server: Any) -> None:
    confidential = make(highest=DataClass.CONFIDENTIAL).text
    assert send(client, make().text, **{"x-khue-class": "confidential"})[0] == 403
    assert send(client, confidential, **{"x-khue-class": "confidential"})[0] == 200
    assert send(client, confidential, **{"x-khue-class": "top"})[0] == 400
    assert [row.data_class for row in gateway.calls(limit=1)] == [DataClass.CONFIDENTIAL]


@pytest.mark.parametrize(
    ("failure", "status"), [("die", 502), ("refuse", 502), ("too-long", 400), ("error-in-200", 502), ("loading", 503)]
)
def test_a_failing_model(client: Client, key: Any, model_server: Any, failure: Any, status: int) -> None:
    model_server.failure = failure
    assert send(client, key.text)[0] == status


def test_a_spent_budget_says_when_to_come_again(client: Client, key: Any, model_server: Any, cast: Any) -> None:
    gateway.set_budget(
        organisation_id=key.key.organisation_id,
        whose=gateway.Whose.PERSON,
        subject="",
        period=gateway.Period.DAY,
        tokens=10,
        by=None,
    )
    assert send(client, key.text)[0] == 200
    body = BODY | {"messages": [{"role": "user", "content": "xin chào " * 20}]}
    answer = client.post(
        CHAT, json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {key.text}"}
    )
    assert answer.status_code == 429 and answer.json()["error"]["code"] == "insufficient_quota"
    assert 0 < int(answer["Retry-After"]) <= 24 * 3600 and answer["X-Should-Retry"] == "false"
    assert len(model_server.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"model": "embeddings"},
        {"model": "embeddings", "input": []},
        {"model": "embeddings", "input": [[1, 2, 3]]},
        {"model": "embeddings", "input": ""},
        {"model": "embeddings", "input": "x", "encoding_format": "hex"},
        {"model": "embeddings", "input": "x", "dimensions": 99},
    ],
)
def test_wrong_embeddings(client: Client, key: Any, embedding_server: Any, body: Any) -> None:
    assert send(client, key.text, body, "/v1/embeddings")[0] == 400


def test_no_session_and_no_form_token_are_needed_and_none_is_given(key: Any, model_server: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        CHAT, json.dumps(BODY), content_type="application/json", headers={"authorization": f"Bearer {key.text}"}
    )
    assert answer.status_code == 200 and not strict.cookies


def test_a_signed_in_browser_is_nobody_here(client: Client, cast: Any) -> None:
    client.force_login(cast.giang)
    assert client.post(CHAT, json.dumps(BODY), content_type="application/json").status_code == 401
    assert client.get(f"/v1/models/{uuid4()}").status_code == 401
