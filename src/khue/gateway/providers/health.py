"""Which servers ail. A failed call marks its server; a thread asks after it until it answers again.

Each process has its own marks: a server that only one of them cannot reach ails for that one alone.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from khue.gateway.errors import ContextTooLong, GatewayError, ModelRefused
from khue.gateway.providers import state
from khue.gateway.providers.file import Provider

# seconds before each question to a server that ails; the last one again and again
PAUSES_S = [1.0, 2.0, 4.0, 8.0, 16.0, 30.0]
OUR_FAULT = {400, 413, 422}


@dataclass(frozen=True)
class Ailment:
    since: float
    error: str


_ailing: dict[str, Ailment] = {}
_lock = threading.Lock()


def in_order(providers: Sequence[Provider]) -> list[Provider]:
    """Those that are well first; the others stay as a last resort."""
    return sorted(providers, key=is_ailing)


def is_ailing(provider: Provider) -> bool:
    return provider.base in _ailing


def failed(provider: Provider, error: GatewayError) -> None:
    """After a failed call. A request that no server would take says nothing about this one."""
    if isinstance(error, ContextTooLong) or (isinstance(error, ModelRefused) and error.status in OUR_FAULT):
        return
    with _lock:
        if provider.base in _ailing:
            return
        _ailing[provider.base] = Ailment(time.time(), error.code)
    threading.Thread(target=_watch, args=(provider,), name=f"health {provider.info.name}", daemon=True).start()


def answered(provider: Provider) -> None:
    with _lock:
        _ailing.pop(provider.base, None)


def forget() -> None:
    with _lock:
        _ailing.clear()


def _watch(provider: Provider) -> None:
    tried = 0
    while is_ailing(provider):
        time.sleep(PAUSES_S[min(tried, len(PAUSES_S) - 1)])
        tried += 1
        if state.is_ready(provider):
            answered(provider)
