"""The only way to a model. Every call carries a data class and leaves one ledger row, also when it fails."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from khue.gateway.classes import DataClass
from khue.gateway.contract import Caller, ChatStream, Options, Priority, Reply, Turn

__all__ = ["Caller", "ChatStream", "DataClass", "Options", "Priority", "Reply", "Turn", "chat", "embed"]


def chat(
    turns: Sequence[Turn],
    *,
    caller: Caller,
    data_class: DataClass,
    alias: str = "default",
    options: Options = Options(),
) -> ChatStream:
    raise NotImplementedError


def embed(
    texts: Sequence[str],
    *,
    kind: str,
    caller: Caller,
    data_class: DataClass,
    priority: Priority = "question",
) -> NDArray[np.float32]:
    """Unit vectors, shape (len(texts), 384); kind "query" or "passage" chooses E5's prefix."""
    raise NotImplementedError
