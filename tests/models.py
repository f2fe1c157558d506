"""A pytest plugin: model servers for tests.

- `model_server`, `embedding_server`: fakes (khue.gateway.tests.fake.FakeServer), settings point at them; fast.
  `no_model`: as with KHUE_MODEL=none. `serve(…)`: several chat servers in zones of choice, instead.
- `real_model`, `real_embeddings`: the real child processes, started once for the run on free ports; the tests that
  use them are marked `model` and are skipped, with a line that says why, where the model has not been fetched.
"""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import yaml

if TYPE_CHECKING:
    from khue.gateway.tests.fake import FakeServer

Serve = Callable[..., "list[FakeServer]"]
REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def _fakes() -> "Iterator[tuple[FakeServer, FakeServer]]":
    from khue.gateway.tests.fake import FakeServer

    fakes = FakeServer(), FakeServer()
    yield fakes
    for fake in fakes:
        fake.stop()


@pytest.fixture(autouse=True)
def _nobody_listens() -> "Iterator[None]":
    """A connection that stays open would keep the test's database from being emptied and removed."""
    yield
    from khue.kernel import notices

    notices.close()


@pytest.fixture
def model_server(_fakes: "tuple[FakeServer, FakeServer]", settings: Any) -> "FakeServer":
    fake = _fakes[0]
    fake.reset()
    settings.KHUE_MODEL_URL, settings.KHUE_MODEL_NAME = fake.url, "fake"
    return fake


@pytest.fixture
def embedding_server(_fakes: "tuple[FakeServer, FakeServer]", settings: Any) -> "FakeServer":
    fake = _fakes[1]
    fake.reset()
    settings.KHUE_EMBED_URL = fake.url
    return fake


@pytest.fixture(autouse=True)
def _all_servers_are_well() -> "Iterator[None]":
    """What one test has found out about a server, or a text, is not true in the next."""
    from khue.gateway import screening
    from khue.gateway.providers import health, state

    yield
    health.forget()
    state.forget()
    screening.forget()


@pytest.fixture
def serve(tmp_path: Path, settings: Any) -> "Iterator[Serve]":
    """`serve(near="institution:default", far="country:cloud", otherwise={…})`: one fake for each name, no other chat
    model. The same alias twice makes two servers of one alias."""
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL = "none", ""
    from khue.gateway.tests.fake import FakeServer

    started: list[FakeServer] = []

    def start(*, otherwise: dict[str, str] | None = None, **wanted: str) -> "list[FakeServer]":
        rows = []
        for name, what in wanted.items():
            zone, alias = what.split(":")
            started.append(FakeServer())
            rows.append(
                {"name": name, "kind": "chat", "url": started[-1].url, "zone": zone, "jurisdiction": "VN",
                 "operator": "Test", "models": {alias: "fake"}}
            )  # fmt: skip
        path = tmp_path / "providers.yaml"
        path.write_text(yaml.safe_dump({"providers": rows, "otherwise": otherwise}))
        settings.KHUE_PROVIDERS = str(path)
        return started

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def no_model(settings: Any) -> None:
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL = "none", ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _started(name: str, port_setting: str) -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    from django.test import override_settings

    from khue.gateway import api

    port = free_port()
    with override_settings(KHUE_MODEL="local", KHUE_MODEL_URL="", KHUE_EMBED_URL="", **{port_setting: port}):
        child = next(child for child in api.children() if child.name == name)
    if child.missing:
        pytest.skip(f"{child.missing} is not here: khue models pull {child.missing}")
    process = start(child.argv, child.health_url)
    yield port, process
    process.terminate()
    process.wait(10)


def start(argv: tuple[str, ...], health_url: str, *, patience_s: float = 120) -> "subprocess.Popen[bytes]":
    """The child, answering."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "src")}
    process = subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        try:
            if httpx.get(health_url, timeout=1, trust_env=False).status_code == 200:
                return process
        except httpx.HTTPError:
            pass
        assert process.poll() is None, f"{argv[2]} ended with {process.returncode}"
        time.sleep(0.1)
    process.kill()
    raise AssertionError(f"{argv[2]} did not answer within {patience_s} s")


@pytest.fixture(scope="session")
def _runtime() -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    yield from _started("runtime", "KHUE_RUNTIME_PORT")


@pytest.fixture(scope="session")
def _embeddings() -> "Iterator[tuple[int, subprocess.Popen[bytes]]]":
    yield from _started("embeddings", "KHUE_EMBED_PORT")


@pytest.fixture
def real_model(_runtime: "tuple[int, subprocess.Popen[bytes]]", settings: Any) -> "subprocess.Popen[bytes]":
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL, settings.KHUE_RUNTIME_PORT = "local", "", _runtime[0]
    return _runtime[1]


@pytest.fixture
def real_embeddings(_embeddings: "tuple[int, subprocess.Popen[bytes]]", settings: Any) -> "subprocess.Popen[bytes]":
    settings.KHUE_EMBED_URL, settings.KHUE_EMBED_PORT = "", _embeddings[0]
    return _embeddings[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"real_model", "real_embeddings"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.model)
