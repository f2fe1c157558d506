"""What no code of a process can pass, native or not: orders to the Linux kernel that hold it and all its children.

Nobody can take them back, and no privilege is needed to give them. Landlock (Linux 6.7) says to which TCP ports a
connection may go, a system call filter takes away the ways round it: datagrams, raw packets, other protocols, opening
a connection by sending, io_uring, reaching into another process. Ports are all that both can tell apart: which address
a connection may go to is the guard's affair (khue.gateway.egress).
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

PR_SET_NO_NEW_PRIVS = 38
# Landlock: the same numbers on every processor
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
CONNECT_TCP, RULE_NET_PORT, ABI_WITH_PORTS = 1 << 1, 2, 4
# seccomp
SET_MODE_FILTER, ALL_THREADS = 1, 1
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
MSG_FASTOPEN = 0x20000000
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK = 1, 2, 10, 16
STREAM, DATAGRAM, TCP, UDP = 1, 2, 6, 17
IO_URING_SETUP, PIDFD_GETFD = 425, 438


class _Machine(NamedTuple):
    """Numbers of a processor: its name for the kernel, and its system calls."""

    audit: int
    seccomp: int
    socket: int
    connect: int
    sendto: int
    sendmsg: int
    sendmmsg: int
    ptrace: int
    write_other: int


MACHINES = {
    "x86_64": _Machine(0xC000003E, 317, 41, 42, 44, 46, 307, 101, 311),
    "aarch64": _Machine(0xC00000B7, 277, 198, 203, 206, 211, 269, 117, 271),
}


@dataclass(frozen=True)
class Fence:
    """`ports` that TCP connections may go to; `names`: whether name servers may be asked, which takes datagrams.
    Without either, no connection can be opened at all; being connected to stays possible."""

    ports: frozenset[int] = frozenset()
    names: bool = False

    def ready(self) -> Callable[[], None]:
        """Everything is prepared now; calling the result, also between fork and exec, puts it up."""
        if not is_possible():
            return lambda: None
        machine, libc = MACHINES[platform.machine()], ctypes.CDLL(None, use_errno=True)
        rules = b"".join(_program(machine, self))
        code = ctypes.create_string_buffer(rules, len(rules))
        program = _Program(len(rules) // 8, ctypes.cast(code, ctypes.c_void_p))
        rights = ctypes.create_string_buffer(struct.pack("QQ", 0, CONNECT_TCP), 16)
        ports = [ctypes.create_string_buffer(struct.pack("QQ", CONNECT_TCP, port), 16) for port in self.ports]

        def put_up() -> None:
            libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
            knows_ports = libc.syscall(CREATE_RULESET, None, 0, 1) >= ABI_WITH_PORTS
            ruleset = libc.syscall(CREATE_RULESET, rights, 16, 0) if knows_ports else -1
            if ruleset >= 0:
                for port in ports:
                    libc.syscall(ADD_RULE, ruleset, RULE_NET_PORT, port, 0)
                libc.syscall(RESTRICT_SELF, ruleset, 0)
                os.close(ruleset)
            libc.syscall(machine.seccomp, SET_MODE_FILTER, ALL_THREADS, ctypes.byref(program))

        return put_up


def is_possible() -> bool:
    return sys.platform == "linux" and platform.machine() in MACHINES


def knows_ports() -> bool:
    """Whether this kernel can tell ports apart; one that cannot still takes the ways round TCP away."""
    if not is_possible():
        return False
    return int(ctypes.CDLL(None).syscall(CREATE_RULESET, None, 0, 1)) >= ABI_WITH_PORTS


def stands_around(pid: int | None = None) -> bool:
    """Whether a process has been given a system call filter."""
    try:
        with open(f"/proc/{pid or 'self'}/status") as status:
            return any(line.split() == ["Seccomp:", "2"] for line in status)
    except OSError:
        return False


class _Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


# The filter -------------------------------------------------------------------------------------
# Classic BPF over struct seccomp_data {int nr; u32 arch; u64 ip; u64 args[6]}. Each check is a block of its own that
# begins by loading the number of the call and skips its own end when the call is another.


def _load(offset: int) -> bytes:
    return struct.pack("HBBI", 0x20, 0, 0, offset)


def _argument(number: int) -> bytes:
    return _load(16 + 8 * number)


def _if_equal(value: int, then: int, otherwise: int) -> bytes:
    return struct.pack("HBBI", 0x15, then, otherwise, value)


def _end(verdict: int) -> bytes:
    return struct.pack("HBBI", 0x06, 0, 0, verdict)


ALLOWED = _end(ALLOW)
REFUSED = _end(REFUSE | errno.EACCES)
NUMBER, ARCHITECTURE = 0, 4


def _program(machine: _Machine, fence: Fence) -> list[bytes]:
    shut = not fence.ports and not fence.names
    return [
        _load(ARCHITECTURE), _if_equal(machine.audit, 1, 0), REFUSED,
        # x32: the same processor with other numbers
        _load(NUMBER), struct.pack("HBBI", 0x35, 0, 1, 0x40000000), REFUSED,
        *_never(IO_URING_SETUP, errno.ENOSYS),
        *(_never(machine.connect, errno.EACCES) if shut else []),
        *[step for call in (machine.ptrace, machine.write_other, PIDFD_GETFD) for step in _never(call, errno.EPERM)],
        *_never_with_flag(machine.sendto, 3), *_never_with_flag(machine.sendmsg, 2),
        *_never_with_flag(machine.sendmmsg, 3),
        *_sockets(machine, datagrams=fence.names),
        ALLOWED,
    ]  # fmt: skip


def _never(call: int, error: int) -> list[bytes]:
    return [_load(NUMBER), _if_equal(call, 0, 1), _end(REFUSE | error)]


def _never_with_flag(call: int, argument: int) -> list[bytes]:
    """Sending may open a connection, past the checks of connecting."""
    flagged = struct.pack("HBBI", 0x45, 0, 1, MSG_FASTOPEN)
    return [_load(NUMBER), _if_equal(call, 0, 3), _argument(argument), flagged, REFUSED]


def _kind(kind: int, protocol: int) -> list[bytes]:
    """Allows sockets of this kind with this protocol, said or implied; goes on for any other."""
    without_flags = struct.pack("HBBI", 0x54, 0, 0, 0xF)
    implied_or_said = [_argument(2), _if_equal(0, 1, 0), _if_equal(protocol, 0, 1), ALLOWED]
    return [_argument(1), without_flags, _if_equal(kind, 0, 4), *implied_or_said]


def _sockets(machine: _Machine, *, datagrams: bool) -> list[bytes]:
    """Local sockets, TCP, and UDP where names must be asked for; nothing else, so no raw packets and no other
    protocol that carries bytes away."""
    kinds = [*_kind(STREAM, TCP), *(_kind(DATAGRAM, UDP) if datagrams else []), REFUSED]
    # a local family is allowed at once, the two of the internet go on to the kinds
    families = [
        _argument(0),
        _if_equal(AF_UNIX, 4, 0), _if_equal(AF_NETLINK, 3, 0), _if_equal(AF_INET, 3, 0), _if_equal(AF_INET6, 2, 0),
        REFUSED, ALLOWED,
    ]  # fmt: skip
    block = [*families, *kinds]
    return [_load(NUMBER), _if_equal(machine.socket, 0, len(block)), *block]
