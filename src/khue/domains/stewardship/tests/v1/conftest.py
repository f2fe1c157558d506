"""A server of its own process before the test's database, as `khue up` runs it; models are the fakes."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from openai import OpenAI
from tests.models import free_port

from khue.domains.people.api import actor_of
from khue.domains.stewardship.actions import keys
from khue.domains.stewardship.actions.keys import Made
from khue.gateway.api import DataClass

Make = Callable[..., Made]


@pytest.fixture
def make(cast: Any) -> Make:
    """A key of the lecturer Bình."""

    def made(
        name: str = "Bảng tính", aliases: tuple[str, ...] = (), highest: DataClass = DataClass.INTERNAL, days: int = 30
    ) -> Made:
        return keys.create(by=actor_of(cast.binh.pk), name=name, aliases=aliases, highest_class=highest, days=days)

    return made


@pytest.fixture(scope="session")
def _process(django_db_setup: None, _fakes: Any) -> Iterator[str]:
    port, place = free_port(), connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DATABASE_URL": url,
        "KHUE_MODEL_URL": _fakes[0].url,
        "KHUE_MODEL_NAME": "fake",
        "KHUE_MODEL_SLOTS": "1",
        "KHUE_EMBED_URL": _fakes[1].url,
    }
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--log-level", "warning", "khue.config.asgi:application"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _until_it_answers(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.1)


@pytest.fixture
def served(_process: str, model_server: Any, embedding_server: Any) -> str:
    return _process


@pytest.fixture
def key(make: Make) -> Made:
    return make()


@pytest.fixture
def program(served: str, key: Made) -> OpenAI:
    return OpenAI(base_url=f"{served}/v1", api_key=key.text, max_retries=0, timeout=30)
