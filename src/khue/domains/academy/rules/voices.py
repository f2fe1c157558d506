"""A digest that stands for a person at one thing, as long as its key is kept: see actions/voices.py."""

import hmac
from uuid import UUID


def digest(secret: bytes, salt: bytes, purpose: str, thing: object, enrolment_id: UUID) -> str:
    """32 hexadecimal digits: an HMAC (RFC 2104) of person and thing under a key made of the server's secret and the
    salt of a session. Raises ValueError without a salt: a room that is sealed has no key."""
    if not salt:
        raise ValueError("sealed")
    key = hmac.digest(secret, b"room" + salt, "sha256")
    return hmac.new(key, f"{purpose}:{thing}:{enrolment_id}".encode(), "sha256").hexdigest()[:32]
