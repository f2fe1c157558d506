"""The keys of this installation: given by its settings, or made at first use and kept in KHUE_HOME/keys."""

import base64
import binascii
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from django.conf import settings


class KeyNotUsable(SystemExit):
    """A key cannot be used; nothing is done without it, and none is put in its place."""


def secret(name: str, length: int = 32) -> bytes:
    """The key of that name: "vault" or "ledger". The same for all processes; never a default."""
    given = settings.KHUE_KEYS.get(name, "")
    key = _decoded(given, f"KHUE_{name.upper()}_KEY") if given else _kept(settings.KHUE_HOME / "keys" / name, length)
    if len(key) != length:
        raise KeyNotUsable(f"The key {name!r} has {len(key)} bytes; expected: {length}, in base64.")
    return key


def _kept(path: Path, length: int) -> bytes:
    with suppress(FileExistsError):
        if not path.exists():
            _make(path, secrets.token_bytes(length))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyNotUsable(f"Others can read {path}, so it protects nothing: chmod 600 it, and ask who has read it.")
    return _decoded(path.read_text(), str(path))


def _make(path: Path, key: bytes) -> None:
    """Whole or not at all, and one only, however many processes start at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(new, path)
    finally:
        new.unlink()


def _decoded(text: str, where: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        raise KeyNotUsable(f"{where} is not base64.") from None
