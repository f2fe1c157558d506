"""Where PostgreSQL is: the embedded server under KHUE_HOME, or the one that DATABASE_URL names."""

import base64
import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

NAME = "khue"
# what tells a process to connect as the role that web and worker have
ROLE_VARIABLE, APPLICATION = "KHUE_DATABASE_ROLE", "application"


class DatabaseUrlError(SystemExit):
    """DATABASE_URL cannot be used."""


def installation_secret(home: Path) -> str:
    """The secret of this installation, made at first use and kept in KHUE_HOME/secret-key (mode 0600)."""
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


def socket_folder(home: Path) -> Path:
    """A short path: a Unix socket's name may have 107 bytes at most."""
    return Path("/tmp") / f"khue-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"  # noqa: S108 - its owner is checked


def settings_for(url: str, *, home: Path) -> dict[str, Any]:
    """Django's settings of the database; an empty url means the embedded server of this home.

    Connections come from a pool in each process (persistent ones do not go with ASGI); one that broke, because the
    server was restarted, is replaced before it is handed out. When a class presses a button together, requests wait for
    one, up to a minute: ten seconds were too few for 65.
    """
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    pool = {"min_size": 1, "max_size": 20, "timeout": 60}
    if not url:
        place = {"NAME": NAME, "USER": "postgres", "HOST": str(socket_folder(home)), "PORT": ""}
        return common | place | {"OPTIONS": {"pool": pool}}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise DatabaseUrlError(
            f"DATABASE_URL: expected postgresql://user:password@host:port/name, got {parts.scheme!r}."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return common | {
        "NAME": unquote(parts.path.lstrip("/")) or NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options | {"pool": pool},
    }


def as_application(owner: dict[str, Any], *, app_url: str, secret: str, home: Path) -> dict[str, Any]:
    """The same database for web and worker: as a role that owns no table. Its name comes from the database's, its
    password from the secret that all processes of an installation share; or both from `app_url`."""
    if app_url:
        return settings_for(app_url, home=home)
    password = hmac.digest(secret.encode(), b"database role of web and worker", "sha256")
    return owner | {"USER": f"{owner['NAME']}_app", "PASSWORD": base64.urlsafe_b64encode(password).decode()}
