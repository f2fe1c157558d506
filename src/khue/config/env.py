"""Typed readers of the environment; a wrong value stops the start with the name of the variable and what it takes."""

import os
import re
from email.utils import parseaddr
from pathlib import Path


class EnvError(SystemExit):
    """A setting that cannot be used; its text is ready for the administrator."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}={os.environ.get(name)!r}: expected {expected}. See .env.example.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    raw = text(name, "1" if default else "0").lower()
    if raw not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise EnvError(name, "1 or 0")
    return raw in {"1", "true", "yes", "on"}


def number(name: str, default: int, *, at_least: int = 0) -> int:
    raw = text(name) or str(default)
    if not raw.isdigit() or int(raw) < at_least:
        raise EnvError(name, f"a whole number, at least {at_least}")
    return int(raw)


def numbers(name: str, default: str, *, count: int) -> list[int]:
    raw = words(name, default)
    if len(raw) != count or not all(one.isdigit() for one in raw):
        raise EnvError(name, f"{count} whole numbers, separated by commas")
    return [int(one) for one in raw]


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, *others: str) -> str:
    raw = text(name).lower() or default
    if raw not in {default, *others}:
        raise EnvError(name, ", ".join((default, *others)))
    return raw


def sender(name: str, *, needed: bool) -> str:
    """An e-mail address, alone or as `Name <address>`."""
    address = parseaddr(text(name))[1]
    if needed and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address):
        raise EnvError(name, "the address that mail comes from, such as Academy <academy@example.vn>")
    return text(name)


def folder(name: str, default: Path) -> Path:
    return Path(text(name) or default).expanduser().resolve()
