"""Answers as the protocol has them, whole and in pieces."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Completion:
    """One answer; its chunks share identifier, time (seconds since 1970) and model."""

    id: str
    created: int
    model: str

    def whole(
        self, text: str, *, finish: str, usage: dict[str, int], tool_calls: Sequence[dict[str, Any]] = ()
    ) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": text or None if tool_calls else text}
        if tool_calls:
            message["tool_calls"] = list(tool_calls)
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
        return self._head("chat.completion") | {"choices": [choice], "usage": usage}

    def chunk(self, delta: dict[str, Any], *, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return line(self._head("chat.completion.chunk") | {"choices": [choice]})

    def usage_chunk(self, usage: dict[str, int]) -> str:
        return line(self._head("chat.completion.chunk") | {"choices": [], "usage": usage})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}


def usage(prompt: int, completion: int | None = None) -> dict[str, int]:
    parts = {"prompt_tokens": prompt} | ({} if completion is None else {"completion_tokens": completion})
    return parts | {"total_tokens": prompt + (completion or 0)}


def numbered(tool_calls: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"index": index, **call} for index, call in enumerate(tool_calls)]


def embeddings(vectors: Sequence[bytes], *, model: str, tokens: int, as_base64: bool) -> dict[str, Any]:
    """`vectors`: 32-bit floats, little-endian."""
    data = [
        {"object": "embedding", "index": index, "embedding": _encoded(vector, as_base64=as_base64)}
        for index, vector in enumerate(vectors)
    ]
    return {"object": "list", "data": data, "model": model, "usage": usage(tokens)}


def models(names: dict[str, str], *, created: int) -> dict[str, Any]:
    """`names`: each with its owner."""
    return {"object": "list", "data": [model(name, owner, created=created) for name, owner in names.items()]}


def model(name: str, owner: str, *, created: int) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": created, "owned_by": owner}


def line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _encoded(vector: bytes, *, as_base64: bool) -> str | list[float]:
    if as_base64:
        return base64.b64encode(vector).decode()
    return list(memoryview(vector).cast("f"))
