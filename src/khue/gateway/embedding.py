"""Texts to vectors: E5's prefixes, batches, the ledger."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.gateway import ledger
from khue.gateway.contract import Priority
from khue.gateway.errors import GatewayError, ModelRefused, NoEmbeddings
from khue.gateway.providers import http, registry

DIMENSIONS = 384
BATCH = 32
PREFIXES = {"query": "query: ", "passage": "passage: "}
# a background text may have to wait for the chat model
READ_S: dict[Priority, float] = {"question": 10.0, "background": 900.0}


def vectors(
    provider: registry.Provider, texts: Sequence[str], *, kind: str, priority: Priority, entry: ledger.Entry
) -> NDArray[np.float32]:
    prefix = PREFIXES[kind]
    tokens = 0
    parts: list[NDArray[np.float32]] = []
    try:
        for start in range(0, len(texts), BATCH):
            answer = _asked(provider, [prefix + text for text in texts[start : start + BATCH]], priority)
            tokens += (answer.get("usage") or {}).get("prompt_tokens", 0)
            parts.append(_unit(answer, len(texts[start : start + BATCH])))
    except GatewayError as error:
        entry.finish(ledger.Outcome.FAILED, error=error.code)
        raise NoEmbeddings from error
    except BaseException as error:
        entry.finish(ledger.Outcome.FAILED, error=repr(error))
        raise
    result = np.concatenate(parts)
    entry.finish(ledger.Outcome.DONE, output=result.tobytes(), prompt_tokens=tokens)
    return result


def _asked(provider: registry.Provider, texts: list[str], priority: Priority) -> dict[str, Any]:
    body = {"model": provider.info.model, "input": texts, "encoding_format": "base64"}
    headers: dict[str, str] = {"X-Khue-Priority": priority}
    answer: dict[str, Any] = http.post(provider, "/embeddings", body, read_s=READ_S[priority], headers=headers)
    return answer


def _unit(answer: dict[str, Any], count: int) -> NDArray[np.float32]:
    try:
        rows = sorted(answer["data"], key=lambda row: row["index"])
        matrix = np.array([_decoded(row["embedding"]) for row in rows], np.float32).reshape(count, DIMENSIONS)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelRefused(f"not {count} vectors of {DIMENSIONS}") from error
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    result: NDArray[np.float32] = matrix / np.maximum(lengths, 1e-12)
    return result


def _decoded(value: str | list[float]) -> NDArray[np.float32]:
    if isinstance(value, str):
        return np.frombuffer(base64.b64decode(value), "<f4")
    return np.array(value, np.float32)
