"""What a server says about itself: ready or not, how much it can read, how it counts."""

import time

import httpx
from django.conf import settings

from khue.gateway.contract import ModelState
from khue.gateway.errors import NoModel
from khue.gateway.providers import registry
from khue.gateway.providers.http import client
from khue.gateway.providers.registry import Provider

ASK_S = 0.5
REMEMBER_S = 60.0
BYTES_PER_TOKEN = 2.0  # a cautious guess; Vietnamese text has about 2.6 with Qwen's vocabulary
_lengths: dict[str, tuple[float, int]] = {}


def context_length(provider: Provider) -> int:
    at, known = _lengths.get(provider.base, (0.0, 0))
    if known and time.monotonic() - at < REMEMBER_S:
        return known
    length = _length_by_props(provider) or _length_by_models(provider)
    if length:
        _lengths[provider.base] = (time.monotonic(), length)
    return length or int(settings.KHUE_MODEL_CONTEXT)


def count_tokens(provider: Provider, text: str) -> int:
    answer = _json(provider, "POST", f"{provider.root}/tokenize", {"content": text, "prompt": text})
    tokens = answer.get("tokens")
    return len(tokens) if isinstance(tokens, list) else int(len(text.encode()) / BYTES_PER_TOKEN) + 1


def states() -> list[ModelState]:
    try:
        chat = _state(registry.chat_provider())
    except NoModel:
        chat = ModelState(kind="chat", state="off", model="", provider="", url="")
    return [chat, _state(registry.embedding_provider())]


def _state(provider: Provider) -> ModelState:
    info = provider.info
    path = f"{provider.root}/health" if info.is_local else f"{provider.base}/models"
    state = "unreachable"
    try:
        status = client(is_local=info.is_local).get(path, headers=_headers(provider), timeout=ASK_S).status_code
        state = {200: "ready", 503: "loading"}.get(status, "unreachable")
    except httpx.HTTPError:
        pass
    return ModelState(kind=info.kind, state=state, model=info.model, provider=info.name, url=info.url)  # type: ignore[arg-type]


def _length_by_props(provider: Provider) -> int:
    settings_ = _json(provider, "GET", f"{provider.root}/props").get("default_generation_settings")
    return int(settings_.get("n_ctx") or 0) if isinstance(settings_, dict) else 0


def _length_by_models(provider: Provider) -> int:
    models = _json(provider, "GET", f"{provider.base}/models").get("data")
    lengths = [int(model.get("max_model_len") or 0) for model in models] if isinstance(models, list) else []
    return max(lengths, default=0)


def _json(provider: Provider, method: str, url: str, body: object = None) -> dict[str, object]:
    """The answer, or nothing where the server has no such path or does not answer."""
    try:
        response = client(is_local=provider.info.is_local).request(
            method, url, json=body, headers=_headers(provider), timeout=2.0
        )
        answer = response.json() if response.status_code == 200 else {}
    except (httpx.HTTPError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _headers(provider: Provider) -> dict[str, str]:
    return {"Authorization": f"Bearer {provider.key}"} if provider.key else {}
