"""HTTP to model servers: one pool of connections a process, errors as ours, server-sent events.

A server may be broken or hostile: whatever it sends, memory and time stay bounded (Limits, MAX_ANSWER).
"""

import json
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import httpx

from khue.gateway.errors import (
    ContextTooLong,
    GatewayError,
    ModelDied,
    ModelFlooded,
    ModelRefused,
    ModelTooSlow,
    ModelUnreachable,
)
from khue.gateway.providers.file import Provider
from khue.gateway.providers.line import Line
from khue.gateway.zones import Zone

CONNECT_S, WRITE_S, POOL_S = 2.0, 20.0, 10.0
TOO_LONG = ("exceed_context_size_error", "context_length_exceeded", "maximum context length")
MAX_ANSWER = 16 * 2**20  # an answer that is no stream: 32 vectors as decimal numbers are half a megabyte
MAX_REFUSAL = 64 * 2**10
MAX_EVENT = 2**20
EVENT_BYTES = 16 * 2**10  # what a token may take on the wire, its twenty likeliest neighbours included


@dataclass(frozen=True)
class Limits:
    """Of one streamed answer: seconds of silence, seconds and bytes in all."""

    silence_s: float
    total_s: float
    total_bytes: int

    @classmethod
    def of(cls, tokens: int, *, silence_s: float) -> "Limits":
        """For an answer of so many tokens, at two seconds a token if need be."""
        return cls(silence_s, silence_s + 2.0 * tokens, MAX_EVENT + EVENT_BYTES * tokens)


@cache
def client(*, is_near: bool) -> httpx.Client:
    """A proxy of the environment is for servers elsewhere, never for one on this machine."""
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=30)
    # compressed answers could unfold without bound
    made = httpx.Client(limits=limits, trust_env=not is_near, headers={"Accept-Encoding": "identity"})
    for transport in (made._transport, *made._mounts.values()):
        _unlock(transport)
    return made


def _unlock(transport: object) -> None:
    """An answer that nobody read to its end is closed by the garbage collector, in whichever thread it runs: also in
    one that is just then in the pool and holds its lock. With a plain lock that thread, and all others after it, would
    wait for ever."""
    pool = getattr(transport, "_pool", None)
    if pool is not None:
        pool._optional_thread_lock._lock = threading.RLock()


def chunks(response: httpx.Response) -> "closing[Generator[bytes, None, None]]":
    """The raw answer, let go of at once when the block ends, however it ends."""
    return closing(cast("Generator[bytes, None, None]", response.iter_raw()))


def client_of(provider: Provider) -> httpx.Client:
    return client(is_near=provider.info.zone == Zone.MACHINE)


def post(provider: Provider, path: str, body: dict[str, Any], *, read_s: float, headers: dict[str, str]) -> Any:
    """The parsed JSON answer."""
    asked = _asked(provider, path, body, read_s=read_s, headers=headers, line=Line())
    with asked as response, _as_ours(mid_answer=False):
        return _checked(_parsed(_read(response, MAX_ANSWER)))


def events(
    provider: Provider, path: str, body: dict[str, Any], *, limits: Limits, line: Line
) -> Generator[dict[str, Any], None, None]:
    """The events of a streamed answer, up to its [DONE]; an end before that is a death."""
    # beside us a connection costs nothing, and only a new one can be cut before the first word
    headers = {"Connection": "close"} if provider.info.is_local else {}
    asked = _asked(provider, path, body, read_s=limits.silence_s, headers=headers, line=line)
    with asked as response, _as_ours(mid_answer=True):
        if "application/json" in response.headers.get("Content-Type", ""):
            yield _whole(_checked(_parsed(_read(response, MAX_ANSWER))))
            return
        heard = False
        with closing(_lines(response, limits)) as lines:
            for text in lines:
                if text.startswith(b"data:"):
                    data = text.removeprefix(b"data:").strip()
                    if data == b"[DONE]":
                        return
                    heard = True
                    yield _checked(_parsed(data))
                elif text.startswith(b"{"):
                    _checked(_parsed(text))
        if not heard:
            raise ModelRefused("no events")
    raise ModelDied


def _lines(response: httpx.Response, limits: Limits) -> Generator[bytes, None, None]:
    """As they arrive; comments and empty lines are silence."""
    rest, taken = b"", 0
    began = heard = time.monotonic()
    with chunks(response) as arriving:
        for chunk in arriving:
            now, taken = time.monotonic(), taken + len(chunk)
            *whole, rest = (rest + chunk).split(b"\n")
            if taken > limits.total_bytes or len(rest) > MAX_EVENT:
                raise ModelFlooded
            for text in whole:
                if len(text) > MAX_EVENT:
                    raise ModelFlooded
                if text.startswith((b"data:", b"{")):
                    heard = now
                    yield text
            if now - heard > limits.silence_s or now - began > limits.total_s:
                raise ModelTooSlow
    if rest:
        yield rest


def _whole(answer: dict[str, Any]) -> dict[str, Any]:
    """A server that does not stream, as if it had said everything in one event."""
    for choice in answer.get("choices") or []:
        choice["delta"] = choice.get("message") or {}
    return answer


def _read(response: httpx.Response, most: int) -> bytes:
    found = bytearray()
    with chunks(response) as arriving:
        for chunk in arriving:
            found += chunk
            if len(found) > most:
                raise ModelFlooded
    return bytes(found)


@contextmanager
def _asked(
    provider: Provider, path: str, body: dict[str, Any], *, read_s: float, headers: dict[str, str], line: Line
) -> Iterator[httpx.Response]:
    if provider.key:
        headers = headers | {"Authorization": f"Bearer {provider.key}"}
    timeout = httpx.Timeout(connect=CONNECT_S, read=read_s, write=WRITE_S, pool=POOL_S)
    http = client_of(provider)
    with _as_ours(mid_answer=False):
        request = http.build_request(
            "POST",
            f"{provider.base}{path}",
            json=body,
            headers=headers,
            timeout=timeout,
            extensions={"trace": line.trace},
        )
        response = http.send(request, stream=True)
    line.hold(response.extensions["network_stream"])
    try:
        if response.status_code != 200:
            with _as_ours(mid_answer=False):
                raise _refusal(response)
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
    """What it was instead of JSON may hold the answer, and so does not go on record."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ModelRefused(f"not JSON, {len(raw)} bytes") from error


def _checked(answer: Any) -> Any:
    """Some servers answer 200 and put an error inside."""
    if not isinstance(answer, dict):
        raise ModelRefused("not an object")
    if answer.get("error"):
        raise _error_of(200, json.dumps(answer["error"], ensure_ascii=False))
    return answer


def _refusal(response: httpx.Response) -> GatewayError:
    said = _read(response, MAX_REFUSAL)[:2000].decode("utf-8", "replace")
    if response.status_code in {502, 503, 504}:  # loading, or a proxy before a dead server
        return ModelUnreachable()
    return _error_of(response.status_code, said)


def _error_of(status: int, said: str) -> GatewayError:
    if any(mark in said for mark in TOO_LONG):
        return ContextTooLong()
    return ModelRefused(f"{status}: {said[:300]}", status=status)
