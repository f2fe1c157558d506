"""What a server says about itself: ready or not, how much it can read, how it counts."""

import json
import time
from typing import Any

import httpx
from django.conf import settings

from khue.gateway.contract import ModelState
from khue.gateway.providers import registry
from khue.gateway.providers.file import Provider
from khue.gateway.providers.http import chunks, client_of

ASK_S = 0.5
REMEMBER_S = 60.0
MAX_ANSWER = 4 * 2**20
BYTES_PER_TOKEN = 2.0  # a cautious guess; Vietnamese text has about 2.6 with Qwen's vocabulary
LENGTH_NAMES = ("max_model_len", "context_length", "context_window")
_lengths: dict[str, tuple[float, int]] = {}


def context_length(provider: Provider) -> int:
    """As the server says, else as its entry in the providers file, else KHUE_MODEL_CONTEXT."""
    key = f"{provider.base} {provider.info.model}"
    at, known = _lengths.get(key, (float("-inf"), 0))
    if time.monotonic() - at >= REMEMBER_S:
        known = _length_by_props(provider) or _length_by_models(provider) or _length_by_ps(provider)
        _lengths[key] = (time.monotonic(), known)
    return known or provider.info.context or int(settings.KHUE_MODEL_CONTEXT)


def forget_length(provider: Provider) -> None:
    """It has just turned out to be another."""
    _lengths.pop(f"{provider.base} {provider.info.model}", None)


def forget() -> None:
    _lengths.clear()


def count_tokens(provider: Provider, text: str) -> int:
    body = {"model": provider.info.model, "content": text, "prompt": text}
    answer = _json(provider, "POST", f"{provider.root}/tokenize", body)
    tokens = answer.get("tokens")
    return len(tokens) if isinstance(tokens, list) else int(len(text.encode()) / BYTES_PER_TOKEN) + 1


def states() -> list[ModelState]:
    """Chat first; a chat model that is switched off has a state too."""
    found = [_state(provider) for provider in registry.providers()]
    if not any(state.kind == "chat" for state in found):
        found.insert(0, ModelState(kind="chat", state="off", model="", provider="", url=""))
    return found


def is_ready(provider: Provider) -> bool:
    return _state(provider).state == "ready"


def _state(provider: Provider) -> ModelState:
    info = provider.info
    path = f"{provider.root}/health" if info.is_local else f"{provider.base}/models"
    state = "unreachable"
    try:
        with client_of(provider).stream("GET", path, headers=_headers(provider), timeout=ASK_S) as response:
            state = {200: "ready", 503: "loading"}.get(response.status_code, "unreachable")
    except httpx.HTTPError:
        pass
    return ModelState(kind=info.kind, state=state, model=info.model, provider=info.name, url=info.url)  # type: ignore[arg-type]


def _length_by_props(provider: Provider) -> int:
    """llama.cpp: what one of its slots holds."""
    settings_ = _json(provider, "GET", f"{provider.root}/props").get("default_generation_settings")
    return _number(settings_.get("n_ctx")) if isinstance(settings_, dict) else 0


def _length_by_models(provider: Provider) -> int:
    """vLLM and others: in the list of models; of this one, or of the only one."""
    models = _json(provider, "GET", f"{provider.base}/models").get("data")
    rows = [row for row in models if isinstance(row, dict)] if isinstance(models, list) else []
    own = [row for row in rows if row.get("id") == provider.info.model] or (rows if len(rows) == 1 else [])
    return max((_number(row.get(name)) for row in own for name in LENGTH_NAMES), default=0)


def _length_by_ps(provider: Provider) -> int:
    """Ollama: the context with which the model is loaded, which is often far less than the model's own."""
    models = _json(provider, "GET", f"{provider.root}/api/ps").get("models")
    rows = [row for row in models if isinstance(row, dict)] if isinstance(models, list) else []
    own = [row for row in rows if provider.info.model in {row.get("name"), row.get("model")}]
    return max((_number(row.get("context_length")) for row in own), default=0)


def _number(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _json(provider: Provider, method: str, url: str, body: object = None) -> dict[str, Any]:
    """The answer, or nothing where the server has no such path, does not answer or says far too much."""
    try:
        asked = client_of(provider).stream(method, url, json=body, headers=_headers(provider), timeout=2.0)
        with asked as response:
            answer = _parsed(response) if response.status_code == 200 else {}
    except (httpx.HTTPError, ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _parsed(response: httpx.Response) -> Any:
    raw = bytearray()
    with chunks(response) as arriving:
        for chunk in arriving:
            raw += chunk
            if len(raw) > MAX_ANSWER:
                raise ValueError("too much")
    return json.loads(raw)


def _headers(provider: Provider) -> dict[str, str]:
    return {"Authorization": f"Bearer {provider.key}"} if provider.key else {}
