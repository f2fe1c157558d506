"""A credential inside other files: in a PNG as Open Badges 3.0 bakes it, in a PDF as an embedded file."""

import re
import struct
import zlib

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
# a file that somebody brings to be checked
LARGEST = 8 << 20
EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b[^\0]{0,600}?>>\s*stream\r?\n", re.DOTALL)


class NothingInside(ValueError):
    """The file holds no credential."""


def baked(picture: bytes, credential: bytes) -> bytes:
    """The PNG with the credential in an uncompressed iTXt chunk before its end."""
    text = KEYWORD + b"\0\0\0\0\0" + credential
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
    return picture[:-12] + chunk + picture[-12:]


def credential_in(octets: bytes) -> bytes:
    """JSON stays as it is; from PNG and PDF what is inside. Raises NothingInside."""
    if len(octets) > LARGEST:
        raise NothingInside
    if octets.startswith(PNG):
        return _in_png(octets)
    return _in_pdf(octets) if octets.startswith(b"%PDF-") else octets


def _in_png(octets: bytes) -> bytes:
    at = len(PNG)
    while at + 12 <= len(octets):
        (length,) = struct.unpack_from(">I", octets, at)
        kind, body = octets[at + 4 : at + 8], octets[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            flag, _method, rest = body[len(KEYWORD) + 1], body[len(KEYWORD) + 2], body[len(KEYWORD) + 3 :]
            if flag:
                raise NothingInside
            return rest.split(b"\0", 2)[2]
        at += 12 + length
    raise NothingInside


def _in_pdf(octets: bytes) -> bytes:
    """The first embedded file that is a JSON object; pure Python, since anyone may bring a file here."""
    for found in EMBEDDED.finditer(octets):
        body = octets[found.end() : octets.find(b"endstream", found.end())]
        if b"/FlateDecode" in found.group():
            try:
                body = zlib.decompressobj().decompress(body, LARGEST)
            except zlib.error:
                continue
        if body.lstrip().startswith(b"{"):
            return body.strip()
    raise NothingInside
