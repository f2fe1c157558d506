"""How much one visitor may ask, without keeping who they are: a salt of the day, a digest of the address, a count."""

import hashlib
import secrets

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from khue.domains.assistants.models import Assistant

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
    address = get_adapter().get_client_ip(request)
    return hashlib.blake2b(address.encode(), key=_salt(), digest_size=12).hexdigest()


def _salt() -> bytes:
    """Drawn anew each day and forgotten with it."""
    day = timezone.localdate().isoformat()
    return bytes.fromhex(cache.get_or_set(f"assistants:salt:{day}", secrets.token_hex(32), timeout=86_400) or "00")


def words(wait: int) -> str:
    minutes = max(1, round(wait / 60))
    if minutes > 60:
        return _("Very many questions came from your network today. Please try again tomorrow, or ask the office.")
    return _("Many questions come from your network just now. Please try again in a minute.")
