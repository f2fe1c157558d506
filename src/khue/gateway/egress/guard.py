"""Refuses, below the libraries, every connection that is not allowed, before anything is sent.

An audit hook: Python calls it inside socket's own functions, whatever library uses them, and it cannot be removed.
"""

import errno
import socket
import sys
import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from khue.gateway.egress import record
from khue.gateway.egress.allowed import LOCALHOST, Address, Allowed, Service, address, is_here

# an address of a name that is not known is looked up again, but not more often
LOOK_UP_AGAIN_S = 30.0
INTERNET = {socket.AF_INET, socket.AF_INET6}
FAMILIES = {socket.AF_UNIX, *INTERNET, -1}
Args = tuple[Any, ...]


class NotAllowed(PermissionError):
    """Nothing was sent. What was tried is on record."""

    def __init__(self, target: str) -> None:
        super().__init__(
            errno.EACCES,
            f"Khuê opens no connection to {target}: it is not among the services of its settings. Nothing was sent",
        )


def close(allowed: Allowed) -> None:
    """From now on, for the life of this process. A second guard can only forbid more."""
    guard = Guard(allowed)
    _remember_addresses(guard)
    _look_before_connecting(guard)
    checks: dict[str, Callable[[Args], None]] = {
        "socket.__new__": lambda args: guard.check_kind(args[1], args[2]),
        "socket.connect": lambda args: guard.check_socket(args[0], args[1], "connect"),
        "socket.sendto": lambda args: guard.check_socket(args[0], args[1], "send"),
        "socket.sendmsg": lambda args: guard.check_socket(args[0], args[1], "send"),
        "socket.getaddrinfo": lambda args: guard.check_name(args[0]),
        "socket.gethostbyname": lambda args: guard.check_name(args[0]),
        "socket.gethostbyaddr": lambda args: guard.check_name(args[0], numbers_too=True),
        "socket.getnameinfo": lambda args: guard.check_name(args[0][0], numbers_too=True),
    }

    def hook(event: str, args: Args, *, checks: dict[str, Callable[[Args], None]] = checks) -> None:
        check = checks.get(event)
        if check is not None:
            check(args)

    sys.addaudithook(hook)


class Guard:
    def __init__(self, allowed: Allowed) -> None:
        self.folders = tuple(f"{folder.rstrip('/')}/" for folder in allowed.folders)
        self.services = allowed.services
        self.ports_here = {service.port for service in allowed.services if service.is_here}
        self.named = [service for service in allowed.services if service.is_name]
        self.fixed = {(address(service.host), service.port) for service in allowed.services if not service.is_name}
        self.own_names = {"", LOCALHOST, socket.gethostname().lower()}
        self.known: dict[str, set[Address]] = {}
        self.passed: set[tuple[str, int]] = set()
        self.looked_up: dict[str, float] = {}
        self.look_up: Callable[..., Any] = socket.getaddrinfo

    def check_kind(self, family: int, kind: int) -> None:
        """Datagrams and raw packets go out without connecting; nothing of ours needs them."""
        is_stream = kind & 0xF == socket.SOCK_STREAM or kind == -1
        if family not in FAMILIES or (family in INTERNET and not is_stream):
            self._refuse("socket", f"{_name(socket.AddressFamily, family)} {_name(socket.SocketKind, kind & 0xF)}")

    def check_socket(self, via: socket.socket, target: Any, way: str) -> None:
        if target is None:  # connected before, and checked then
            return
        if via.family == socket.AF_UNIX:
            path = target.decode(errors="replace") if isinstance(target, bytes) else str(target)
            if ".." in path or not path.startswith(self.folders):
                self._refuse(way, path.replace("\0", "@"))
        elif via.family in INTERNET:
            host, port = str(target[0]), int(target[1])
            if via.type & 0xF != socket.SOCK_STREAM or not self._may_pass(host, port):
                self._refuse(way, _place(host, port))
        else:
            self._refuse(way, repr(target))

    def check_name(self, host: Any, *, numbers_too: bool = False) -> None:
        """Asking a name server tells it, and whoever reads along, the name. A number is asked only for its name."""
        name = (host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")).lower().rstrip(".")
        number = address(name)
        if number is not None and (not numbers_too or is_here(number)):
            return
        if name not in self.own_names and not any(service.is_called(name) for service in self.named):
            self._refuse("name", name)

    def learn(self, name: Any, found: Any) -> None:
        """The addresses that a name server gave for a name; only those of allowed names count."""
        if isinstance(name, str) and any(service.is_called(name) for service in self.named):
            self.known.setdefault(name, set()).update(filter(None, (address(item[4][0]) for item in found)))

    def _may_pass(self, host: str, port: int) -> bool:
        """What passed once passes again without being looked at."""
        if (host, port) in self.passed:
            return True
        allowed = self._is_allowed(host, port)
        if allowed:
            self.passed.add((host, port))
        return allowed

    def _is_allowed(self, host: str, port: int) -> bool:
        number = address(host)
        if number is None:
            return self._is_allowed_name(host.lower(), port)
        if (is_here(number) and port in self.ports_here) or (number, port) in self.fixed:
            return True
        services = [service for service in self.named if service.port == port]
        return self._is_of(number, services) or (self._look_up(services) and self._is_of(number, services))

    def _is_allowed_name(self, name: str, port: int) -> bool:
        if name in self.own_names:
            return port in self.ports_here
        return any(service.port == port and service.is_called(name) for service in self.named)

    def _is_of(self, number: Address, services: list[Service]) -> bool:
        return any(number in found for name, found in self.known.items() for s in services if s.is_called(name))

    def _look_up(self, services: list[Service]) -> bool:
        now, asked = time.monotonic(), False
        for service in services:
            if now - self.looked_up.get(service.host, -LOOK_UP_AGAIN_S) >= LOOK_UP_AGAIN_S:
                self.looked_up[service.host], asked = now, True
                try:
                    self.learn(service.host, self.look_up(service.host, service.port, type=socket.SOCK_STREAM))
                except OSError:
                    continue
        return asked

    def _refuse(self, way: str, target: str) -> None:
        record.note(way, target)
        raise NotAllowed(target)


def _name(kind: type[IntEnum], number: int) -> str:
    try:
        return kind(number).name
    except ValueError:
        return str(number)


def _place(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _remember_addresses(guard: Guard) -> None:
    """Whoever asks for an allowed name: what came back may be connected to."""
    ask = guard.look_up

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        found = ask(host, *arguments, **options)
        guard.learn(host, found)
        return found

    socket.getaddrinfo = getaddrinfo


def _look_before_connecting(guard: Guard) -> None:
    """A socket that is given a name asks the name server before the hook hears of it."""

    def looking(act: Callable[..., Any]) -> Callable[..., Any]:
        def checked(self: socket.socket, *arguments: Any) -> Any:
            if isinstance(arguments[-1], tuple) and arguments[-1]:
                guard.check_name(arguments[-1][0])
            return act(self, *arguments)

        return checked

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, looking(getattr(socket.socket, name)))
