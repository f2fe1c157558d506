"""A program's call by personal key: through the same gateway as every page, answered in OpenAI's protocol."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from uuid import UUID

from khue.domains.stewardship.actions.keys import TOPIC
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.protocol import replies
from khue.domains.stewardship.protocol.bodies import ChatBody, Message
from khue.domains.stewardship.protocol.errors import ProtocolError
from khue.gateway import api as gateway
from khue.gateway.api import Caller, ChatStream, DataClass, GatewayError, Options, Place, Reply, Turn
from khue.kernel import notices
from khue.kernel.models import uuid7

# what the gateway refuses: status, code, type
REFUSALS: dict[str, tuple[int, str, str]] = {
    "NoModel": (503, "model_not_available", "server_error"),
    "UnknownAlias": (404, "model_not_found", "invalid_request_error"),
    "ContextTooLong": (400, "context_length_exceeded", "invalid_request_error"),
    "ClassNotAllowed": (403, "data_class_not_allowed", "permission_error"),
    "ClassAboveKey": (403, "data_class_not_allowed", "permission_error"),
    "QueueFull": (429, "rate_limit_exceeded", "rate_limit_error"),
    "TooManyAtOnce": (429, "rate_limit_exceeded", "rate_limit_error"),
    "BudgetSpent": (429, "insufficient_quota", "insufficient_quota"),
    "ModelTooSlow": (504, "model_too_slow", "server_error"),
    "ModelDied": (502, "model_died", "server_error"),
    "ModelRefused": (502, "model_refused", "server_error"),
    "ModelFlooded": (502, "model_refused", "server_error"),
    "ModelUnreachable": (503, "model_unreachable", "server_error"),
    "NoEmbeddings": (503, "model_unreachable", "server_error"),
    "DetectorFailed": (500, "not_checked", "server_error"),
}
BUSY_S = 20


def refusal(error: GatewayError) -> ProtocolError:
    status, code, kind = REFUSALS.get(error.code, (500, "server_error", "server_error"))
    wait = getattr(error, "retry_after_s", BUSY_S if status == 429 else None)
    param = "messages" if status == 400 else None
    return ProtocolError(status, str(error), code, kind, param=param, retry_after=wait)


def revoked() -> ProtocolError:
    return ProtocolError(401, "This key has been revoked.", "invalid_api_key", "authentication_error")


class Watch:
    """Stops a call when its key is revoked, in whatever process that is done and whatever the call waits for."""

    def __init__(self, key: Key) -> None:
        self.key_id: UUID = key.pk
        self.was_revoked = False
        self._held: ChatStream | None = None
        self._lock = threading.Lock()
        self._subscription = notices.Subscription(TOPIC, self._on_news, self._on_beat)

    def __enter__(self) -> "Watch":
        notices.hear(self._subscription)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._subscription.end()

    def hold(self, stream: ChatStream) -> None:
        """Looks once more: the key may have been revoked since it was read."""
        with self._lock:
            self._held = stream
        if not Key.objects.live().filter(pk=self.key_id).exists():
            self._revoke()

    def let_go(self) -> None:
        """The reader has gone."""
        with self._lock:
            if self._held:
                self._held.close()

    def _on_news(self, hearing: notices.Hearing, word: str) -> None:
        if word == str(self.key_id):
            self._revoke()

    def _on_beat(self, hearing: notices.Hearing, was_away: bool) -> None:
        if (
            was_away
            and not hearing.execute(
                "select 1 from stewardship_key where id = %s and revoked_at is null", [self.key_id]
            ).fetchone()
        ):
            self._revoke()

    def _revoke(self) -> None:
        with self._lock:
            self.was_revoked = True
            if self._held:
                self._held.close("KeyRevoked")


@dataclass(frozen=True)
class Asked:
    """A chat call that has been taken: `places` goes on telling where it stands."""

    stream: ChatStream
    places: Iterator[Place]
    watch: Watch
    completion: replies.Completion


def ask(body: ChatBody, *, key: Key, alias: str, data_class: DataClass, watch: Watch) -> Asked:
    """Enters the queue. Raises ProtocolError."""
    caller = caller_of(key)
    try:
        stream = gateway.chat(
            [_turn(message) for message in body.messages],
            caller=caller,
            data_class=data_class,
            alias=alias,
            options=_options(body),
        )
        watch.hold(stream)
        places = stream.wait()
        first = next(places, None)
    except GatewayError as error:
        raise refusal(error) from error
    completion = replies.Completion(f"chatcmpl-{uuid7().hex}", int(time.time()), body.model)
    return Asked(stream, _again(first, places), watch, completion)


def whole(asked: Asked) -> tuple[dict[str, object], Reply]:
    """Raises ProtocolError."""
    try:
        for _place in asked.places:
            pass
        reply = asked.stream.text()
    except GatewayError as error:
        raise refusal(error) from error
    if reply.finish_reason == "cancelled":
        raise revoked()
    return asked.completion.whole(
        reply.text, finish=reply.finish_reason, usage=_usage(reply), tool_calls=reply.tool_calls
    ), reply


def pieces(asked: Asked, *, with_usage: bool) -> Iterator[str]:
    """The data of the events of a streamed answer; "" for a sign of life. Ends with an error's event where it fails."""
    completion = asked.completion
    with asked.watch, asked.stream as stream:
        try:
            for _place in asked.places:
                yield ""
            yield completion.chunk({"role": "assistant", "content": ""})
            for piece in stream:
                yield completion.chunk({"content": piece})
        except GatewayError as error:
            yield replies.line(refusal(error).body)
            return
        reply = stream.reply
    if reply is None or reply.finish_reason == "cancelled":
        yield replies.line(revoked().body)
        return
    if reply.tool_calls:
        yield completion.chunk({"tool_calls": replies.numbered(reply.tool_calls)})
    yield completion.chunk({}, finish=reply.finish_reason)
    if with_usage:
        yield completion.usage_chunk(_usage(reply))
    yield "[DONE]"


def caller_of(key: Key) -> Caller:
    return Caller(
        person_id=key.owner_id,
        organisation_id=key.organisation_id,
        tool="v1",
        purpose=key.name,
        key_id=key.pk,
        highest_class=DataClass(key.highest_class),
    )


def _turn(message: Message) -> Turn:
    return Turn(
        "system" if message.role == "developer" else message.role,
        message.text,
        name=message.name,
        tool_calls=tuple(call.model_dump() for call in message.tool_calls),
        tool_call_id=message.tool_call_id,
    )


def _options(body: ChatBody) -> Options:
    return Options(
        max_tokens=body.limit,
        temperature=body.temperature or 0.0,
        stop=body.stops,
        schema=body.wanted_schema,
        seed=1 if body.seed is None else body.seed,
        tools=tuple(tool.model_dump() for tool in body.tools or ()),
        tool_choice=body.tool_choice,
    )


def _usage(reply: Reply) -> dict[str, int]:
    return replies.usage(reply.prompt_tokens, reply.completion_tokens)


def _again(first: Place | None, rest: Iterator[Place]) -> Iterator[Place]:
    if first:
        yield first
    yield from rest
