"""HTTP to model servers: one pool of connections a process, errors as ours, server-sent events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx

from khue.gateway.errors import ContextTooLong, GatewayError, ModelDied, ModelRefused, ModelTooSlow, ModelUnreachable
from khue.gateway.providers.line import Line
from khue.gateway.providers.registry import Provider

CONNECT_S, WRITE_S, POOL_S = 2.0, 20.0, 10.0
TOO_LONG = ("exceed_context_size_error", "context_length_exceeded", "maximum context length")


@cache
def client(*, is_local: bool) -> httpx.Client:
    """A proxy of the environment is for servers elsewhere, never for a child on this machine."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=30)
    return httpx.Client(limits=limits, trust_env=not is_local)


def post(provider: Provider, path: str, body: dict[str, Any], *, read_s: float, headers: dict[str, str]) -> Any:
    """The parsed JSON answer."""
    asked = _asked(provider, path, body, read_s=read_s, headers=headers, line=Line())
    with asked as response, _as_ours(mid_answer=False):
        return _checked(_parsed(response.read()))


def events(
    provider: Provider, path: str, body: dict[str, Any], *, read_s: float, line: Line
) -> Iterator[dict[str, Any]]:
    """The events of a streamed answer, up to its [DONE]; an end before that is a death."""
    # beside us a connection costs nothing, and only a new one can be cut before the first word
    headers = {"Connection": "close"} if provider.info.is_local else {}
    asked = _asked(provider, path, body, read_s=read_s, headers=headers, line=line)
    with asked as response, _as_ours(mid_answer=True):
        for text in response.iter_lines():
            if not text.startswith("data:"):
                if text.startswith("{"):
                    _checked(_parsed(text.encode()))
                continue
            data = text.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            yield _checked(_parsed(data.encode()))
    raise ModelDied


@contextmanager
def _asked(
    provider: Provider, path: str, body: dict[str, Any], *, read_s: float, headers: dict[str, str], line: Line
) -> Iterator[httpx.Response]:
    if provider.key:
        headers = headers | {"Authorization": f"Bearer {provider.key}"}
    timeout = httpx.Timeout(connect=CONNECT_S, read=read_s, write=WRITE_S, pool=POOL_S)
    with _as_ours(mid_answer=False):
        request = client(is_local=provider.info.is_local).build_request(
            "POST",
            f"{provider.base}{path}",
            json=body,
            headers=headers,
            timeout=timeout,
            extensions={"trace": line.trace},
        )
        response = client(is_local=provider.info.is_local).send(request, stream=True)
    line.hold(response.extensions["network_stream"])
    try:
        if response.status_code != 200:
            with _as_ours(mid_answer=False):
                raise _refusal(response.status_code, response.read())
        yield response
    finally:
        line.release()
        response.close()


@contextmanager
def _as_ours(*, mid_answer: bool) -> Iterator[None]:
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise ModelUnreachable from error
    except httpx.TimeoutException as error:
        raise ModelTooSlow from error
    except httpx.HTTPError as error:
        raise (ModelDied if mid_answer else ModelUnreachable) from error


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise ModelRefused(f"not JSON: {raw[:120]!r}") from error


def _checked(answer: Any) -> Any:
    """Some servers answer 200 and put an error inside."""
    if not isinstance(answer, dict):
        raise ModelRefused(f"not an object: {str(answer)[:120]}")
    if answer.get("error"):
        raise _error_of(json.dumps(answer["error"], ensure_ascii=False))
    return answer


def _refusal(status: int, raw: bytes) -> GatewayError:
    said = raw[:300].decode("utf-8", "replace")
    if status in {502, 503, 504}:  # loading, or a proxy before a dead server
        return ModelUnreachable()
    return _error_of(f"{status}: {said}")


def _error_of(said: str) -> GatewayError:
    return ContextTooLong() if any(mark in said for mark in TOO_LONG) else ModelRefused(said)
