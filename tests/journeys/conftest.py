"""One Khuê for all journeys: fresh state, `khue up`, the real models, the demonstration; no process is left after."""

from collections.abc import Iterator

import psutil
import pytest
from django.test import override_settings

from khue.kernel.embedded import Postgres
from khue.kernel.supervision import answers
from tests.journeys.visitor import Visitor
from tests.running.installation import Installation, eventually

UNREAD = "select count(*) from knowledge_passage where embedding is null"


class Records:
    """What a running Khuê has stored, read past it: the database may have been killed a moment ago."""

    def __init__(self, installation: Installation) -> None:
        self.server = Postgres(installation.home)

    def one(self, query: str, *values: object) -> tuple[object, ...]:
        with self.server.connect() as connection:
            row = connection.execute(query, values).fetchone()
        assert row is not None, f"{query} {values}: no such row"
        return row


@pytest.fixture(scope="session")
def khue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    _skip_without_models()
    installation = Installation(tmp_path_factory.mktemp("journey") / "home", KHUE_MODEL="local")
    try:
        installation.up().wait_for("documents added", 180)
        assert eventually(lambda: answers(int(installation.environment["KHUE_RUNTIME_PORT"]), "/health"), 120)
        yield installation
        running = installation.everything()
    finally:
        installation.stop()
    _, alive = psutil.wait_procs(running, timeout=30)
    assert not alive


def _skip_without_models() -> None:
    from khue.gateway import api

    with override_settings(KHUE_MODEL="local", KHUE_MODEL_URL="", KHUE_EMBED_URL=""):
        for child in api.children():
            if child.missing:
                pytest.skip(f"{child.missing} is not here: khue models pull {child.missing}")


@pytest.fixture(scope="session")
def records(khue: Installation) -> Records:
    return Records(khue)


@pytest.fixture
def all_read(records: Records) -> None:
    """Every passage has its vector: before, words alone decide what is evidence."""
    assert eventually(lambda: records.one(UNREAD) == (0,), 240)


@pytest.fixture
def visitor(khue: Installation) -> Iterator[Visitor]:
    with Visitor(f"http://127.0.0.1:{khue.port}") as visitor:
        yield visitor
