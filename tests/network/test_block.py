import socket
from urllib.request import urlopen

import httpx
import pytest

from tests.network.block import NetworkBlocked

OUTSIDE = "203.0.113.7"  # TEST-NET-3: no such machine, should the block fail


def test_an_address_outside_cannot_be_reached():
    with socket.socket() as probe, pytest.raises(NetworkBlocked):
        probe.settimeout(0.1)
        probe.connect((OUTSIDE, 80))


def test_nor_by_the_ways_that_return_a_code_or_send_without_connecting():
    with socket.socket() as probe, pytest.raises(NetworkBlocked):
        probe.connect_ex((OUTSIDE, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as probe, pytest.raises(NetworkBlocked):
        probe.sendto(b"?", (OUTSIDE, 53))


@pytest.mark.parametrize("fetch", [urlopen, httpx.get])
def test_nor_a_name_by_a_client_library(fetch, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NetworkBlocked):
        fetch("http://example.com/")


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        client.sendall(b"here")
        accepted, _ = server.accept()
        assert accepted.recv(4) == b"here"
        accepted.close()
