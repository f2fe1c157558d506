"""The guard in a real process: what it refuses, what it lets pass, what stays of it."""

import socket
import threading

import pytest

from khue.gateway.egress.allowed import Allowed, Service, of_settings
from khue.gateway.egress.guard import Guard, NotAllowed
from khue.gateway.tests.egress import guarded
from khue.kernel import fence

OUTSIDE = "203.0.113.7"  # belongs to nobody


@pytest.fixture
def served():
    """A port of this machine on which somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].close(), daemon=True).start()
        yield server.getsockname()[1]


def test_an_address_outside_is_refused_in_words_and_recorded(tmp_path):
    out = guarded.run(
        f"egress.install(); out = tried(lambda: socket.create_connection(('{OUTSIDE}', 443), 1))", tmp_path
    )
    assert out[:2] == ["NotAllowed", 13]
    assert f"{OUTSIDE}:443: it is not among the services of its settings" in out[2]
    (note,) = guarded.notes(tmp_path)
    assert (note["way"], note["target"], note["times"]) == ("connect", f"{OUTSIDE}:443", "1")


@pytest.mark.parametrize(
    "act",
    [
        "socket.create_connection(('2001:db8::7', 443), 1)",
        "socket.create_connection(('::ffff:203.0.113.7', 443), 1)",
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "socket.socket(type=socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
        "socket.getaddrinfo('nobody.example', 80)",
        "socket.gethostbyname('nobody.example')",
        "socket.gethostbyaddr('203.0.113.7')",
        "socket.socket().connect(('nobody.example', 80))",
        "socket.socket().connect_ex(('203.0.113.7', 80))",
        "socket.socket(socket.AF_UNIX).connect('/run/docker.sock')",
        "socket.socket(socket.AF_UNIX).connect(os.environ['KHUE_HOME'] + '/../elsewhere.sock')",
    ],
)
def test_so_is_every_other_way(tmp_path, act):
    assert guarded.run(f"egress.install(); out = tried(lambda: {act})", tmp_path)[0] == "NotAllowed"


def test_the_parts_of_the_installation_are_reached(tmp_path, served):
    code = f"egress.install(); out = tried(lambda: socket.create_connection(('127.0.0.1', {served}), 5))"
    assert guarded.run(code, tmp_path, KHUE_RUNTIME_PORT=str(served)) == ["done"]
    assert guarded.run(code, tmp_path, KHUE_MODEL_URL=f"http://localhost:{served}/v1") == ["done"]
    assert guarded.run(code, tmp_path, KHUE_SERVICES=f"127.0.0.1:{served}") == ["done"]
    assert guarded.run(code, tmp_path)[0] == "NotAllowed"


def test_nothing_opens_it_again(tmp_path, served):
    """Neither another installation of the guard nor a changed setting."""
    code = f"""
egress.install()
from django.conf import settings
settings.KHUE_SERVICES = ["127.0.0.1:{served}"]
os.environ["KHUE_SERVICES"] = "127.0.0.1:{served}"
egress.install()
out = tried(lambda: socket.create_connection(("127.0.0.1", {served}), 5))
"""
    assert guarded.run(code, tmp_path)[0] == "NotAllowed"


def test_a_loop_does_not_flood_the_record(tmp_path):
    code = f"""
egress.install()
for _ in range(500):
    tried(lambda: socket.create_connection(("{OUTSIDE}", 443), 1))
for port in range(1000, 1500):
    tried(lambda: socket.create_connection(("{OUTSIDE}", port), 1))
from khue.gateway.egress import record
out = len(record.noted())
"""
    assert guarded.run(code, tmp_path) <= 210
    notes = guarded.notes(tmp_path)
    assert len(notes) <= 220
    assert sum(int(note["times"]) for note in notes) == 1000
    assert sum(int(note["times"]) for note in notes if note["target"] == f"{OUTSIDE}:443") == 500


def test_a_process_that_is_only_spoken_to_reaches_nothing_at_all(tmp_path, served):
    code = f"""
egress.shut()
here = tried(lambda: socket.create_connection(("127.0.0.1", {served}), 5))
server = socket.create_server(("127.0.0.1", 0))
out = [here[0], server.getsockname()[1] > 0]
"""
    assert guarded.run(code, tmp_path) == ["NotAllowed", True]


# The rules themselves --------------------------------------------------------------------------


def found(*numbers):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]


def test_of_an_allowed_name_only_the_addresses_that_it_resolved_to():
    guard = Guard(Allowed(frozenset({Service("models.example", 443)})))
    guard.look_up = lambda *_, **__: found("198.51.100.1")
    guard.learn("models.example", found("198.51.100.2"))
    guard.learn("elsewhere.example", found("198.51.100.3"))
    with socket.socket() as via:
        guard.check_socket(via, ("198.51.100.2", 443), "connect")
        guard.check_socket(via, ("198.51.100.1", 443), "connect")
        for target in [("198.51.100.3", 443), ("198.51.100.2", 444)]:
            with pytest.raises(NotAllowed):
                guard.check_socket(via, target, "connect")


def test_a_name_server_is_asked_for_allowed_names_only():
    guard = Guard(Allowed(frozenset({Service("models.example", 443), Service(".files.example", 443)})))
    for name in ["models.example", "MODELS.example.", "a.files.example", "localhost", None, "198.51.100.7"]:
        guard.check_name(name)
    for name in ["secret.models.example", "files.example", "models.example.evil.example"]:
        with pytest.raises(NotAllowed):
            guard.check_name(name)


PROVIDERS = """
providers:
  - {name: tinh, kind: chat, url: "https://gpu.tinh.example:8443/v1", zone: institution, jurisdiction: VN,
     operator: UBND tỉnh, models: {large: qwen}}
"""


def test_what_is_allowed_comes_from_the_settings(settings, monkeypatch, tmp_path):
    settings.KHUE_PROVIDERS = str(tmp_path / "providers.yaml")
    (tmp_path / "providers.yaml").write_text(PROVIDERS)
    settings.KHUE_MODEL_URL, settings.KHUE_OIDC_ISSUER = "https://models.example/v1", "https://id.example/realms/so"
    settings.KHUE_EMBED_URL, settings.KHUE_SERVICES = "", ["mail.example:587"]
    for name, value in {"HOST": "db1.example,db2.example", "PORT": "6432"}.items():
        monkeypatch.setitem(settings.DATABASES["default"], name, value)
    outside = {(s.host, s.port) for s in of_settings().services if not s.is_here}
    assert outside == {
        ("models.example", 443), ("id.example", 443), ("mail.example", 587), ("db1.example", 6432),
        ("db2.example", 6432), ("gpu.tinh.example", 8443),
    }  # fmt: skip
    assert of_settings().fence.names


def test_the_publishers_of_models_only_while_models_are_fetched():
    publishers = {s.host for s in of_settings(sources=True).services} - {s.host for s in of_settings().services}
    assert "huggingface.co" in publishers


def test_a_service_without_a_port_stops_the_start(settings):
    settings.KHUE_SERVICES = ["mail.example"]
    with pytest.raises(SystemExit, match="expected an address with its port"):
        of_settings()


def test_the_web_process_stands_inside_both_walls_before_it_serves(tmp_path):
    code = f"""
import khue.config.asgi
from khue.kernel import fence
out = [tried(lambda: socket.create_connection(("{OUTSIDE}", 443), 1))[0], fence.stands_around()]
"""
    assert guarded.run(code, tmp_path) == ["NotAllowed", fence.is_possible()]
