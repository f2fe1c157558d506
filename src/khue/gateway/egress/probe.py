"""Tries to leave, in every way that code of ours or of others might, and says how each was refused.

The targets belong to nobody (RFC 5737, 3849, 2606): should a way be open, nobody hears of it.
"""

import asyncio
import ctypes
import errno
import socket
import struct
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import httpx
import psycopg

from khue.gateway.egress.allowed import Allowed
from khue.gateway.egress.guard import NotAllowed
from khue.kernel import fence

ADDRESS, ADDRESS_6, NAME = "203.0.113.7", "2001:db8::7", "offline-check.example"
PORTS = (443, 80, 8443)
SECONDS = 3
By = Literal["guard", "kernel", ""]


@dataclass(frozen=True)
class Tried:
    """`by` says who refused it: the guard, the kernel, or nobody; `said`: the words of the refusal, or what happened
    instead."""

    way: str
    target: str
    by: By
    said: str

    @property
    def refused(self) -> bool:
        return self.by != ""


@dataclass(frozen=True)
class Limit:
    """`what`: "no ports" (this kernel cannot hold native code to ports), "ports" (any address by these), "names" (name
    servers may be asked)."""

    what: str
    which: str = ""


def tries(allowed: Allowed) -> Iterator[Tried]:
    """Call it inside the guard and the fence of the process."""
    taken = allowed.fence.ports
    port = next(port for port in (*PORTS, *range(9, 99)) if port not in taken)
    for way, target, act in (*_python(port), *_native(port), *_children(port)):
        yield _tried(way, target, act)


def _tried(way: str, target: str, act: Callable[[], object]) -> Tried:
    try:
        happened = act()
    except Exception as error:
        return Tried(way, target, _refuser(error), str(error) or type(error).__name__)
    return Tried(way, target, "", str(happened))


def _refuser(error: BaseException) -> By:
    """From the error itself, or from the one that a library has wrapped."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, NotAllowed):
            return "guard"
        if isinstance(seen, OSError) and seen.errno in {errno.EACCES, errno.EPERM}:
            return "kernel"
        reason = getattr(seen, "reason", None)
        seen = reason if isinstance(reason, BaseException) else seen.__cause__ or seen.__context__
    return "kernel" if isinstance(error, psycopg.OperationalError) and "Permission denied" in str(error) else ""


Ways = Iterator[tuple[str, str, Callable[[], object]]]


def _python(port: int) -> Ways:
    at, at_6 = f"{ADDRESS}:{port}", f"[{ADDRESS_6}]:{port}"
    yield "HTTP client (httpx)", at, lambda: httpx.get(f"http://{at}/", timeout=SECONDS, trust_env=False)
    yield "HTTP client (urllib)", NAME, lambda: urllib.request.urlopen(f"http://{NAME}:{port}/", timeout=SECONDS)
    yield "TCP", at, lambda: socket.create_connection((ADDRESS, port), SECONDS)
    yield "TCP, asynchronous", at, lambda: asyncio.run(_opened(port))
    yield "TCP over IPv6", at_6, lambda: socket.create_connection((ADDRESS_6, port), SECONDS)
    yield "UDP", f"{ADDRESS}:53", lambda: _datagram().sendto(b"?", (ADDRESS, 53))
    yield "UDP, connected", f"{ADDRESS}:53", lambda: _datagram().connect((ADDRESS, 53))
    yield "raw packets", ADDRESS, lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    yield "name server", NAME, lambda: socket.getaddrinfo(NAME, port)
    yield "name server, older call", NAME, lambda: socket.gethostbyname(NAME)
    yield "name given to a socket", NAME, lambda: socket.socket().connect((NAME, port))
    yield "another program here", "127.0.0.1:9", lambda: socket.create_connection(("127.0.0.1", 9), SECONDS)
    yield "local socket", "/run/docker.sock", lambda: socket.socket(socket.AF_UNIX).connect("/run/docker.sock")


async def _opened(port: int) -> object:
    return await asyncio.wait_for(asyncio.open_connection(ADDRESS, port), SECONDS)


def _datagram() -> socket.socket:
    return socket.socket(type=socket.SOCK_DGRAM)


def _native(port: int) -> Ways:
    at = f"{ADDRESS}:{port}"
    there = f"host={ADDRESS} port={port} connect_timeout={SECONDS}"
    yield "TCP by native code", at, lambda: _native_connect(port)
    yield "TCP by a native library (libpq)", at, lambda: psycopg.connect(there)
    yield "raw packets by native code", ADDRESS, lambda: _native_socket(socket.SOCK_RAW, socket.IPPROTO_ICMP)


def _native_socket(kind: int, protocol: int = 0) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    made: int = libc.socket(socket.AF_INET, kind, protocol)
    if made < 0:
        raise OSError(ctypes.get_errno(), "the kernel refused the socket")
    return made


def _native_connect(port: int) -> None:
    """As C does it, past Python's own functions."""
    libc = ctypes.CDLL(None, use_errno=True)
    made = socket.socket(fileno=_native_socket(socket.SOCK_STREAM))
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_SYNCNT, 1)
    target = struct.pack("<H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(ADDRESS) + bytes(8)
    if libc.connect(made.fileno(), target, len(target)) < 0:
        raise OSError(ctypes.get_errno(), "the kernel refused the connection")


def _children(port: int) -> Ways:
    at = f"{ADDRESS}:{port}"
    connect = f"import socket; socket.create_connection(({ADDRESS!r}, {port}), {SECONDS})"
    ours = f"from khue.gateway import egress; egress.install(); {connect}"
    yield "child process of Khuê", at, lambda: _run("-c", ours)
    yield "child process of anybody", at, lambda: _run("-I", "-S", "-c", connect)


def _run(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    said = (done.stderr.strip().splitlines() or ["it connected"])[-1]
    if "NotAllowed" in said:
        raise NotAllowed(said.partition("connection to ")[2].partition(": it is")[0])
    if "PermissionError" in said:
        raise PermissionError(errno.EACCES, said)
    return said


def limits(allowed: Allowed) -> list[Limit]:
    """What native code and foreign children could still do. Nothing, when the list is empty."""
    here = {service.port for service in allowed.services if service.is_here}
    ports = sorted(allowed.fence.ports - here)
    found: list[Limit] = []
    if not fence.knows_ports():
        found.append(Limit("no ports"))
    elif ports:
        found.append(Limit("ports", ", ".join(map(str, ports))))
    if allowed.fence.names:
        found.append(Limit("names"))
    return found
