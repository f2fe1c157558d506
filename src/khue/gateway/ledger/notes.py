"""Signed notes as transparency logs exchange them (C2SP signed-note, tlog-checkpoint, tlog-cosignature): a few lines
of text, an empty line, and a line for each signature. All signatures are Ed25519."""

import base64
import binascii
import hashlib
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
DASH = "\u2014 "


class NotANote(ValueError):
    """The text is not a signed note, a checkpoint or a key; it says what is wrong."""


@dataclass(frozen=True)
class Checkpoint:
    """That the ledger `origin` had `size` entries, and `root` over them."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Signature:
    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class Note:
    body: str
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        return self.body + "\n" + "".join(each.line for each in self.signatures)

    @property
    def checkpoint(self) -> Checkpoint:
        lines = self.body.split("\n")
        if len(lines) < 4 or not lines[0] or not lines[1].isdecimal() or (len(lines[1]) > 1 and lines[1][0] == "0"):
            raise NotANote("not a checkpoint: a name, a size and a root were expected")
        root = _decoded(lines[2], "the root")
        if len(root) != 32:
            raise NotANote("not a checkpoint: its root is not a SHA-256")
        return Checkpoint(lines[0], int(lines[1]), root)


@dataclass(frozen=True)
class Verifier:
    """A name and its public key; as text NAME+ID+KEY, as other tools of transparency logs write it."""

    name: str
    key: bytes
    kind: int = ED25519

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:4]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key).decode()}"

    def has_signed(self, note: Note) -> bool:
        """True when one of the note's signatures is this one's and right; for a countersignature too."""
        return any(self._is_right(note.body, each) for each in note.signatures if each.name == self.name)

    def _is_right(self, body: str, signature: Signature) -> bool:
        if signature.key_id != self.key_id:
            return False
        value, message = signature.value, body.encode()
        if self.kind == COSIGNATURE:
            if len(value) != 72:
                return False
            message, value = _cosigned(body, struct.unpack(">Q", value[:8])[0]), value[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(value, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A name and its private key, 32 bytes."""

    name: str
    seed: bytes

    def verifier(self, kind: int = ED25519) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw(), kind)

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def signed(self, body: str) -> Note:
        return Note(body, (Signature(self.name, self.verifier().key_id, self._key.sign(body.encode())),))

    def countersigned(self, note: Note, *, at: int | None = None) -> Note:
        """With one more signature, which also says when (seconds since 1970): cosignature/v1."""
        at = int(time.time()) if at is None else at
        value = struct.pack(">Q", at) + self._key.sign(_cosigned(note.body, at))
        own = Signature(self.name, self.verifier(COSIGNATURE).key_id, value)
        others = tuple(each for each in note.signatures if (each.name, each.key_id) != (own.name, own.key_id))
        return Note(note.body, (*others, own))

    @property
    def text(self) -> str:
        kind = self.verifier()
        return f"PRIVATE+KEY+{self.name}+{kind.key_id.hex()}+{base64.b64encode(bytes([ED25519]) + self.seed).decode()}"


def read(text: str) -> Note:
    body, empty, lines = text.partition("\n\n")
    if not empty or not lines.endswith("\n"):
        raise NotANote("not a signed note: an empty line and lines of signatures were expected")
    return Note(body + "\n", tuple(_signature(line) for line in lines.removesuffix("\n").split("\n")))


def verifier(text: str) -> Verifier:
    parts = text.strip().split("+", 2)
    key = _decoded(parts[2], "the key") if len(parts) == 3 else b""
    if len(key) != 33 or key[0] not in {ED25519, COSIGNATURE}:
        raise NotANote("not a public key: NAME+ID+KEY was expected")
    found = Verifier(parts[0], key[1:], key[0])
    if found.key_id.hex() != parts[1]:
        raise NotANote("the public key does not fit its own name")
    return found


def signer(text: str) -> Signer:
    parts = text.strip().split("+", 4)
    key = _decoded(parts[4], "the key") if len(parts) == 5 and parts[:2] == ["PRIVATE", "KEY"] else b""
    if len(key) != 33 or key[0] != ED25519:
        raise NotANote("not a private key: PRIVATE+KEY+NAME+ID+KEY was expected")
    return Signer(checked_name(parts[2]), key[1:])


def checked_name(name: str) -> str:
    if not name or "+" in name or any(mark.isspace() for mark in name):
        raise NotANote("a name has neither spaces nor a plus sign")
    return name


def valid(note: Note, verifiers: Sequence[Verifier]) -> list[str]:
    """The names of those who have signed it."""
    return [each.name for each in verifiers if each.has_signed(note)]


def _signature(line: str) -> Signature:
    name, space, value = line.removeprefix(DASH).partition(" ")
    decoded = _decoded(value, "a signature")
    if not line.startswith(DASH) or not space or not name or len(decoded) < 5:
        raise NotANote(f"not a line of a signature: {line[:60]}")
    return Signature(name, decoded[:4], decoded[4:])


def _cosigned(body: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{body}".encode()


def _decoded(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote(f"{what} is not base64") from None
