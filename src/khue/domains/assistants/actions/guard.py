"""How much one visitor may ask, without keeping who they are: a salt of the day, a digest of the address, a count."""

import hashlib
import secrets

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.domains.assistants.models import Assistant
from khue.kernel.crowding import visitor_of

# a whole office may stand behind one address
A_MINUTE, A_DAY = 40, 1500
SPANS = ((60, A_MINUTE), (86_400, A_DAY))


def too_many(request: HttpRequest, assistant: Assistant) -> int:
    """Seconds to wait; 0: go on. What is counted cannot be led back to an address once the day's salt is gone."""
    visitor = _visitor(request)
    for seconds, most in SPANS:
        window = int(timezone.now().timestamp()) // seconds
        key = f"assistants:{seconds}:{window}:{assistant.pk}:{visitor}"
        if cache.add(key, 1, timeout=seconds):
            continue
        try:
            count = cache.incr(key)
        except ValueError:  # it ran out between the two
            continue
        if count > most:
            return max(1, (window + 1) * seconds - int(timezone.now().timestamp()))
    return 0


def _visitor(request: HttpRequest) -> str:
    return hashlib.blake2b(visitor_of(request).encode(), key=_salt(), digest_size=12).hexdigest()


def _salt() -> bytes:
    """Drawn anew each day and forgotten with it."""
    day = timezone.localdate().isoformat()
    salt: str | None = cache.get_or_set(f"assistants:salt:{day}", secrets.token_hex(32), timeout=86_400)
    # a cache that keeps nothing counts nothing; a salt that all know would not be one
    return bytes.fromhex(salt or secrets.token_hex(32))


def words(wait: int) -> str:
    minutes = max(1, round(wait / 60))
    if minutes > 60:
        return _("Very many questions came from your network today. Please try again tomorrow, or ask the office.")
    return _("Many questions come from your network just now. Please try again in a minute.")
