"""OpenAI's protocol: /v1/chat/completions, /v1/embeddings, /v1/models, by personal key. No session, no cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from khue.domains.stewardship.actions import endpoint, keys, serving
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.protocol import bodies, replies
from khue.domains.stewardship.protocol.errors import ProtocolError
from khue.domains.stewardship.queries.keys import usable
from khue.gateway import api as gateway
from khue.gateway.api import DataClass, GatewayError
from khue.ui.streaming import sse

CLASS_HEADER = "X-Khue-Class"
View = Callable[..., HttpResponseBase]


def by_key(method: str) -> Callable[[View], View]:
    """The view gets the key after the request; whatever it refuses is said in the protocol's form."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with translation.override(_language(request)):
                try:
                    key = _key(request)
                    if request.method != method:
                        raise ProtocolError(405, f"Use {method} here.", "method_not_allowed")
                    return view(request, key, *args, **kwargs)
                except ProtocolError as error:
                    return JsonResponse(error.body, status=error.status, headers=error.headers)

        return answered

    return decorate


@by_key("POST")
def chat_completions(request: HttpRequest, key: Key) -> HttpResponseBase:
    body = bodies.read(bodies.ChatBody, _raw(request))
    if served := serving.of(body.model, key):
        return _served(body, served)
    alias, data_class = _alias(key, body.model, "chat"), _class(request)
    watch = endpoint.Watch(key)
    if not body.stream:
        with watch:
            asked = endpoint.ask(body, key=key, alias=alias, data_class=data_class, watch=watch)
            with asked.stream:
                content, reply = endpoint.whole(asked)
        return JsonResponse(content, headers=_headers(reply.data_class, str(reply.ledger_id)))
    watch.__enter__()
    try:
        asked = endpoint.ask(body, key=key, alias=alias, data_class=data_class, watch=watch)
    except BaseException:
        watch.__exit__(None, None, None)
        raise
    events = (("", piece) for piece in endpoint.pieces(asked, with_usage=body.wants_usage))
    return sse(events, on_leave=watch.let_go)


def _served(body: bodies.ChatBody, answered: serving.Answered) -> HttpResponseBase:
    """What another domain answers under an id of its own."""
    if not body.stream:
        return JsonResponse(answered.whole(body))
    return sse(("", piece) for piece in answered.pieces(body))


@by_key("POST")
def embeddings(request: HttpRequest, key: Key) -> HttpResponse:
    body = bodies.read(bodies.EmbeddingsBody, _raw(request))
    _alias(key, body.model, "embed")
    if body.dimensions not in {None, gateway.DIMENSIONS}:
        raise ProtocolError(
            400, f"This model has {gateway.DIMENSIONS} dimensions.", "invalid_value", param="dimensions"
        )
    try:
        made = gateway.embedded(
            body.texts, kind=body.input_type, caller=endpoint.caller_of(key), data_class=_class(request)
        )
    except GatewayError as error:
        raise endpoint.refusal(error) from error
    vectors = [row.astype("<f4").tobytes() for row in made.vectors]
    as_base64 = body.encoding_format == "base64"
    content = replies.embeddings(vectors, model=body.model, tokens=made.prompt_tokens, as_base64=as_base64)
    return JsonResponse(content, headers=_headers(made.data_class, str(made.ledger_id)))


@by_key("GET")
def models(request: HttpRequest, key: Key) -> HttpResponse:
    return JsonResponse(replies.models(_names(key), created=_created(key)))


@by_key("GET")
def model(request: HttpRequest, key: Key, name: str) -> HttpResponse:
    names = _names(key)
    if name not in names:
        raise _no_such_model(name)
    return JsonResponse(replies.model(name, names[name], created=_created(key)))


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    error = ProtocolError(404, f"There is no /v1/{rest} here.", "not_found")
    return JsonResponse(error.body, status=error.status)


def _key(request: HttpRequest) -> Key:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise ProtocolError(
            401, "Give a personal key of this installation as “Authorization: Bearer khue_…”.", "missing_api_key",
            "authentication_error",
        )  # fmt: skip
    key = usable(text.strip())
    if key is None:
        raise ProtocolError(
            401, "This key is unknown, has expired or was revoked.", "invalid_api_key", "authentication_error"
        )
    keys.used(key)
    return key


def _raw(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig as error:
        raise ProtocolError(413, "The request is too large for this server.", "request_too_large") from error


def _class(request: HttpRequest) -> DataClass:
    """What the program says of its data; the gateway raises it by what the texts hold."""
    said = request.headers.get(CLASS_HEADER, "internal").strip().upper()
    if said not in DataClass.__members__:
        known = ", ".join(name.lower() for name in DataClass.__members__)
        raise ProtocolError(400, f"{CLASS_HEADER} is one of {known}.", "invalid_value", param=CLASS_HEADER)
    return DataClass[said]


def _alias(key: Key, name: str, kind: str) -> str:
    """By an alias, or by the name of a model that one stands for."""
    for alias in gateway.aliases():
        if alias.kind == kind and name in {alias.name, *(provider.info.model for provider in alias.providers)}:
            if key.aliases and alias.name not in key.aliases:
                raise ProtocolError(
                    403, f"This key may not use the model {name}.", "model_not_allowed", "permission_error", "model"
                )
            return alias.name
    raise _no_such_model(name)


def _names(key: Key) -> dict[str, str]:
    found: dict[str, str] = serving.ids(key)
    for alias in gateway.aliases():
        if not key.aliases or alias.name in key.aliases:
            owner = alias.providers[0].info.operator or alias.zone
            found |= dict.fromkeys((alias.name, *(p.info.model for p in alias.providers)), owner)
    return found


def _no_such_model(name: str) -> ProtocolError:
    return ProtocolError(404, f"There is no model {name} here. See /v1/models.", "model_not_found", param="model")


def _headers(data_class: DataClass, ledger_id: str) -> dict[str, str]:
    """The class that the texts had in the end, and where the ledger has the call."""
    return {CLASS_HEADER: data_class.name.lower(), "X-Khue-Ledger": ledger_id}


def _created(key: Key) -> int:
    return int(key.created_at.timestamp())


def _language(request: HttpRequest) -> str:
    """English, the language of the protocol, unless the program asks for another."""
    return translation.get_language() or "en" if "Accept-Language" in request.headers else "en"
