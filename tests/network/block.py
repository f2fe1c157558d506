"""A pytest plugin: no test reaches anything but this machine. The block itself is tested beside it."""

import ipaddress
import socket
from typing import Any

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
_sendto = socket.socket.sendto


class NetworkBlocked(BaseException):
    """Not an Exception: code that catches all errors must not hide that it tried."""


def is_here(address: Any) -> bool:
    if not isinstance(address, tuple):  # a Unix socket's path
        return True
    return is_own_name(address[0])


def is_own_name(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", socket.gethostname()}:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _check(allowed: bool, what: Any) -> None:
    if not allowed:
        raise NetworkBlocked(f"A test tried to reach {what!r}. Serve what it needs on 127.0.0.1.")


def connect(self: socket.socket, address: Any) -> None:
    _check(is_here(address), address)
    _connect(self, address)


def connect_ex(self: socket.socket, address: Any) -> int:
    _check(is_here(address), address)
    return _connect_ex(self, address)


def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
    _check(is_here(rest[-1]), rest[-1])
    return _sendto(self, data, *rest)


def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
    _check(is_own_name(host), host)
    return _getaddrinfo(host, *arguments, **options)


def pytest_configure() -> None:
    socket.socket.connect = connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = connect_ex  # type: ignore[method-assign,assignment]
    socket.socket.sendto = sendto  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = getaddrinfo
