"""Bytes as text: base58btc (multibase "z"), and Ed25519 keys as did:key (multicodec 0xed)."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
DID = "did:key:"


class NotReadable(ValueError):
    """The text is no multibase base58btc, or no Ed25519 key."""


def base58(octets: bytes) -> str:
    number, text = int.from_bytes(octets, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return ALPHABET[0] * (len(octets) - len(octets.lstrip(b"\0"))) + text


def from_base58(text: str, *, longest: int = 128) -> bytes:
    """Raises NotReadable."""
    if len(text) > longest or set(text) - set(ALPHABET):
        raise NotReadable(text[:longest])
    number = 0
    for char in text:
        number = number * 58 + ALPHABET.index(char)
    zeros = len(text) - len(text.lstrip(ALPHABET[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(public: bytes) -> str:
    """z6Mk…"""
    return "z" + base58(ED25519 + public)


def from_multikey(text: str) -> bytes:
    """The 32 bytes of the public key. Raises NotReadable."""
    octets = from_base58(text[1:]) if text.startswith("z") else b""
    if octets[:2] != ED25519 or len(octets) != 34:
        raise NotReadable(text[:80])
    return octets[2:]


def did(public: bytes) -> str:
    return DID + multikey(public)


def method(did: str) -> str:
    """The verification method of a did:key: itself, and its key again behind the #."""
    return f"{did}#{did.removeprefix(DID)}"
