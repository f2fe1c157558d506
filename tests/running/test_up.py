"""khue up as its user meets it: real processes, real PostgreSQL."""

import signal

import psutil
import pytest
from tests.running.installation import Installation, eventually

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("up") / "home").up()
    yield installation
    installation.stop()


def test_it_serves_and_says_where(running):
    assert running.serves()
    assert f"http://127.0.0.1:{running.port}" in running.console()


@pytest.mark.parametrize("part", ["web", "worker", "postgres"])
def test_a_killed_part_comes_back(running, part):
    killed = running.part(part)
    killed.kill()

    assert eventually(lambda: running.part(part) not in {None, killed})
    assert eventually(running.serves)
    assert f"{part} ended (SIGKILL); starting it again" in running.console()


def test_a_second_up_with_the_same_state_is_refused(running):
    second = running.khue("up")
    assert second.returncode == 1
    assert "already running" in second.stderr
    assert running.serves()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_however_it_ends(tmp_path, how):
    installation = Installation(tmp_path / "home").up()
    mine = installation.everything()
    assert len(mine) >= 4

    installation.process.send_signal(how)
    installation.process.wait(60)

    _, alive = psutil.wait_procs(mine, timeout=30)
    assert not alive
    if how is not signal.SIGKILL:
        assert installation.process.returncode == 0
