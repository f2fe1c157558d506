"""The fence in a real process: native code meets it too."""

import json
import subprocess
import sys

import pytest

from khue.kernel import fence

CODE = """
import errno, json, os, socket, sys
from khue.kernel.fence import Fence
Fence(frozenset(json.loads(sys.argv[1])), names=json.loads(sys.argv[2])).ready()()
def said(act):
    try:
        act()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"
out = {
    "allowed port": said(lambda: socket.create_connection(("127.0.0.1", 9), 2)),
    "other port": said(lambda: socket.create_connection(("203.0.113.7", 443), 2)),
    "datagram": said(lambda: socket.socket(type=socket.SOCK_DGRAM)),
    "ping": said(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)),
    "raw": said(lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)),
    "packets": said(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)),
    "other protocol": said(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)),
    "opened by sending": said(lambda: socket.socket().sendto(b"x", 0x20000000, ("127.0.0.1", 9))),
    "local": said(lambda: socket.socket(socket.AF_UNIX).connect("/nowhere")),
    "served": said(lambda: socket.create_server(("127.0.0.1", 0))),
    "child": said(lambda: sys.exit(0) if os.fork() == 0 else os.wait()),
}
print(json.dumps(out))
"""

pytestmark = pytest.mark.skipif(not fence.knows_ports(), reason="this kernel has no Landlock for ports (Linux 6.7)")


def inside(ports=(), names=False):
    command = [sys.executable, "-c", CODE, json.dumps(list(ports)), json.dumps(names)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


NEVER = ("ping", "raw", "packets", "other protocol", "opened by sending")


def test_connections_go_to_the_named_ports_only():
    found = inside(ports=[9])
    assert found["allowed port"] == "ECONNREFUSED"  # nobody listens there, but it was let through
    assert found["other port"] == found["datagram"] == "EACCES"
    assert found["local"] == "ENOENT"
    assert {found[way] for way in NEVER} == {"EACCES"}
    assert found["served"] == "done"


def test_datagrams_only_where_names_must_be_asked_for():
    found = inside(ports=[9], names=True)
    assert found["datagram"] == "done"
    assert {found[way] for way in NEVER} == {"EACCES"}


def test_without_ports_no_connection_can_be_opened_at_all():
    found = inside()
    assert {found[way] for way in (*NEVER, "allowed port", "other port", "datagram", "local")} == {"EACCES"}
    assert found["served"] == found["child"] == "done"
