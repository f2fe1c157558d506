"""Which certificates of a list are revoked: W3C Bitstring Status List v1.0. The first index is the highest bit."""

import base64
import binascii
import gzip
import zlib
from datetime import datetime
from typing import Any

from khue.domains.academy.credentials.canonical import CREDENTIALS
from khue.domains.academy.credentials.proofs import Json, Key, signed, stamp

# so that one look at the list does not say whose certificate it was about
BITS = 131_072
MOST_BYTES = 1 << 20


class ListUnreadable(ValueError):
    """The list cannot be read, or has no such index."""


def set_bit(bits: bytes, index: int) -> bytes:
    changed = bytearray(bits)
    changed[index // 8] |= 0x80 >> index % 8
    return bytes(changed)


def encoded(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def is_set(document: dict[str, Any], index: int) -> bool:
    """Raises ListUnreadable."""
    bits = _decoded(document)
    if not 0 <= index < len(bits) * 8:
        raise ListUnreadable(f"the list has no index {index}")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def credential(url: str, bits: bytes, issuer_name: str, key: Key, *, at: datetime) -> Json:
    document = {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": key.did, "name": issuer_name},
        "validFrom": stamp(at),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(bits),
        },
    }
    return signed(document, key, at=at)


def _decoded(document: dict[str, Any]) -> bytes:
    text = document["credentialSubject"]["encodedList"]
    try:
        packed = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
        unpack = zlib.decompressobj(wbits=31)
        bits = unpack.decompress(packed, MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ListUnreadable(str(error)) from None
    if not text.startswith("u") or unpack.unconsumed_tail or not unpack.eof or len(bits) * 8 < BITS:
        raise ListUnreadable("the list is not one of at least 131,072 bits")
    return bits
