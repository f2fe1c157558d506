"""Passages to vectors: E5's prefixes, batches, the ledger."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from khue.gateway import budgets, ledger
from khue.gateway.attempt import Asked, Attempt
from khue.gateway.classes import DataClass
from khue.gateway.contract import Priority
from khue.gateway.energy import Energy
from khue.gateway.errors import ContextTooLong, GatewayError, ModelRefused, NoEmbeddings
from khue.gateway.providers import health, http
from khue.gateway.providers.file import Provider
from khue.gateway.request import Passages
from khue.gateway.routing import Route

DIMENSIONS = 384
BATCH = 32
PREFIXES = {"query": "query: ", "passage": "passage: "}
# a background text may have to wait for the chat model
READ_S: dict[str, float] = {"question": 10.0, "background": 900.0}


@dataclass(frozen=True)
class Embedded:
    """`vectors` have a row for each text; `data_class` is what the texts demanded."""

    vectors: NDArray[np.float32]
    prompt_tokens: int
    data_class: DataClass
    ledger_id: UUID


def made(asked: Asked[Passages], routes: Sequence[Route], *, kind: str, priority: Priority) -> Embedded:
    """By the first of the servers that answers."""
    for at, route in enumerate(routes):
        attempt = _begun(asked, route)
        try:
            vectors, tokens = _made(attempt, kind, _headers(asked, priority))
            if asked.caller.key_id:
                budgets.spend(asked.caller, tokens=tokens, energy=Energy())
            return Embedded(vectors, tokens, asked.data_class, attempt.entry.id)
        except GatewayError as error:
            attempt.failed(error)
            attempt.entry.finish(ledger.Outcome.FAILED, error=attempt.told(error))
            if asked.caller.key_id and isinstance(error, ContextTooLong):
                raise
            if at == len(routes) - 1:
                raise NoEmbeddings from error
        except BaseException as error:
            attempt.entry.finish(ledger.Outcome.FAILED, error=type(error).__name__)
            raise
    raise NoEmbeddings


def _begun(asked: Asked[Passages], route: Route) -> Attempt[Passages]:
    try:
        return Attempt(asked, route)
    except GatewayError as error:
        asked.refused(error)
        raise


def _headers(asked: Asked[Passages], priority: Priority) -> dict[str, str]:
    """Khuê's own passages are cut to fit and may lose a word; what a program sends is taken whole or refused."""
    return {"X-Khue-Priority": priority} | ({"X-Khue-Whole": "1"} if asked.caller.key_id else {})


def _made(attempt: Attempt[Passages], kind: str, headers: dict[str, str]) -> tuple[NDArray[np.float32], int]:
    texts, prefix = attempt.sent.said, PREFIXES[kind]
    tokens = 0
    parts: list[NDArray[np.float32]] = []
    for start in range(0, len(texts), BATCH):
        answer = _answer(attempt.provider, [prefix + text for text in texts[start : start + BATCH]], headers)
        tokens += _tokens(answer)
        parts.append(_unit(answer, len(texts[start : start + BATCH])))
    result = np.concatenate(parts)
    health.answered(attempt.provider)
    attempt.entry.finish(ledger.Outcome.DONE, output=result.tobytes(), prompt_tokens=tokens)
    return result, tokens


def _tokens(answer: dict[str, Any]) -> int:
    usage = answer.get("usage")
    count = usage.get("prompt_tokens") if isinstance(usage, dict) else 0
    return count if isinstance(count, int) else 0


def _answer(provider: Provider, texts: list[str], headers: dict[str, str]) -> dict[str, Any]:
    body = {"model": provider.info.model, "input": texts, "encoding_format": "base64"}
    read_s = READ_S[headers["X-Khue-Priority"]]
    answer: dict[str, Any] = http.post(provider, "/embeddings", body, read_s=read_s, headers=headers)
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
