"""How often one visitor may ask for a page that is open to everybody.

Counted in the memory of this process and written down nowhere. A visitor is known by a digest whose key is made anew
for each window: when it ends, nothing says who was there.
"""

import hashlib
import ipaddress
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest

# beyond so many visitors in one window all further ones count as one
MOST_VISITORS = 50_000


class Window:
    """`most` times in `seconds`, by each process that serves pages; `clock`: seconds that never go back."""

    def __init__(self, most: int, *, seconds: int = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self._clock = most, seconds, clock
        self._guard = threading.Lock()
        self._begin()

    def admits(self, request: HttpRequest) -> bool:
        """Counts this one, too."""
        with self._guard:
            if self._clock() >= self._ends:
                self._begin()
            visitor = self._digest(visitor_of(request))
            if visitor not in self._seen and len(self._seen) >= MOST_VISITORS:
                visitor = b""
            self._seen[visitor] += 1
            return self._seen[visitor] <= self.most

    def is_full(self, request: HttpRequest) -> bool:
        """Whether the next one would be refused; counts nothing."""
        with self._guard:
            return self._clock() < self._ends and self._seen[self._digest(visitor_of(request))] >= self.most

    @property
    def seconds_left(self) -> int:
        return max(1, round(self._ends - self._clock()))

    def _begin(self) -> None:
        self._ends = self._clock() + self.seconds
        self._key = secrets.token_bytes(32)
        self._seen: Counter[bytes] = Counter()

    def _digest(self, visitor: str) -> bytes:
        return hashlib.blake2b(visitor.encode(), key=self._key, digest_size=16).digest()


def visitor_of(request: HttpRequest) -> str:
    """The address that our own proxies saw, of IPv6 the network: one household has as many addresses as it likes."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.KHUE_PROXIES
    given = told[-count] if 0 < count <= len(told) else str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
