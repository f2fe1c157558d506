"""What may be reached: read from the settings once, when a process starts."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies_environment

from khue.kernel.fence import Fence

if TYPE_CHECKING:
    from khue.gateway.databases.file import Database

PORTS = {"http": 80, "https": 443, "postgresql": 5432, "postgres": 5432}
LOCALHOST = "localhost"


@dataclass(frozen=True)
class Service:
    """`host` is an address or a name; one that begins with a dot stands for all names below it."""

    host: str
    port: int

    @property
    def is_name(self) -> bool:
        return self.host != LOCALHOST and address(self.host) is None

    @property
    def is_here(self) -> bool:
        known = address(self.host)
        return self.host == LOCALHOST or bool(known and is_here(known))

    def is_called(self, name: str) -> bool:
        return name == self.host or (self.host.startswith(".") and name.endswith(self.host))


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Allowed:
    """`folders` hold local sockets: the database's, and this installation's own."""

    services: frozenset[Service] = frozenset()
    folders: tuple[str, ...] = ()

    @property
    def fence(self) -> Fence:
        ports = frozenset(service.port for service in self.services)
        return Fence(ports, names=any(service.is_name for service in self.services))


def address(host: str) -> Address | None:
    """None for a name. An IPv4 address in IPv6 clothes is that address."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def is_here(known: Address) -> bool:
    """Linux takes the empty address for this machine."""
    return known.is_loopback or known.is_unspecified


def of_settings(*, sources: bool = False) -> Allowed:
    from django.conf import settings

    urls = [settings.KHUE_MODEL_URL, settings.KHUE_EMBED_URL, settings.KHUE_OIDC_ISSUER, *_storage(settings)]
    urls += _providers(settings)
    urls = [url for url in urls if url] + (list(_sources()) if sources else [])
    found = [
        *(Service("127.0.0.1", port) for port in _own_ports(settings)),
        Service(settings.KHUE_HOST, settings.KHUE_PORT),
        *map(_service, urls),
        *(_proxies() if urls else []),
        *([Service(settings.EMAIL_HOST, settings.EMAIL_PORT)] if settings.EMAIL_HOST else []),
        *(_service(f"tcp://{place}") for place in settings.KHUE_SERVICES),
    ]
    folders = [str(settings.KHUE_HOME)]
    for read in _databases(settings):
        if read.host.startswith("/"):
            folders.append(read.host)
        else:
            found.append(Service(read.host, read.port))
    # web and worker may be given an address of their own
    for database in (settings.DATABASES["default"], settings.APPLICATION_DATABASE):
        if database["HOST"].startswith("/"):
            folders.append(database["HOST"])
        elif database["HOST"]:
            found += [Service(host, int(database["PORT"] or 5432)) for host in database["HOST"].split(",")]
    return Allowed(frozenset(found), tuple(dict.fromkeys(folders)))


def _own_ports(settings: Any) -> tuple[int, ...]:
    return settings.KHUE_PORT, settings.KHUE_RUNTIME_PORT, settings.KHUE_EMBED_PORT


def _providers(settings: Any) -> list[str]:
    """The model servers that have a file of their own."""
    from khue.gateway.providers import file

    try:
        return [provider.info.url for provider in file.read(settings.KHUE_PROVIDERS).providers]
    except file.ProvidersUnusable as error:
        raise SystemExit(str(error)) from error


def _databases(settings: Any) -> "tuple[Database, ...]":
    """Those that may be read."""
    from khue.gateway.databases import file

    try:
        return file.read(settings.KHUE_DATABASES)
    except file.DatabasesUnusable as error:
        raise SystemExit(str(error)) from error


def _storage(settings: Any) -> Iterator[str]:
    """Where uploads go, if elsewhere."""
    for storage in settings.STORAGES.values():
        yield storage.get("OPTIONS", {}).get("endpoint_url") or ""


def _sources() -> Iterator[str]:
    """The publishers of the catalogue's models, and where they lead on to."""
    from khue.gateway.weights import catalogue

    for entry in catalogue.entries().values():
        for source in entry.sources:
            if isinstance(source, catalogue.Url):
                yield source.url
                yield from (f"https://{host}" for host in source.hosts)


def _proxies() -> Iterator[Service]:
    """Of the environment, which only an administrator sets. What goes on from a proxy is the proxy's affair."""
    for scheme, url in getproxies_environment().items():
        if scheme in {"http", "https", "all"}:
            yield _service(url if "://" in url else f"http://{url}")


def _service(url: str) -> Service:
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme)
    if not parts.hostname or not port:
        raise SystemExit(f"{url!r}: expected an address with its port, such as mail.example.vn:587.")
    return Service(parts.hostname, port)
