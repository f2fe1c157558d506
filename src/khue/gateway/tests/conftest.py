"""Two or more model servers of the providers file, each a fake."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from khue.gateway.tests.fake import FakeServer

Serve = Callable[..., list[FakeServer]]


@pytest.fixture
def serve(tmp_path: Path, settings: Any) -> Iterator[Serve]:
    """`serve(near="institution:default", far="country:cloud", otherwise={…})`: one fake for each name, no other chat
    model. The same alias twice makes two servers of one alias."""
    settings.KHUE_MODEL, settings.KHUE_MODEL_URL = "none", ""
    started: list[FakeServer] = []

    def start(*, otherwise: dict[str, str] | None = None, **wanted: str) -> list[FakeServer]:
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
