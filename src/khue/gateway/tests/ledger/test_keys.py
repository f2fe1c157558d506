"""Keys are made once, for their owner only, and nothing stands in for one that cannot be used."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from khue.gateway import keys


@pytest.fixture
def home(settings, tmp_path):
    settings.KHUE_HOME, settings.KHUE_KEYS = tmp_path, {}
    return tmp_path


def test_a_key_is_made_once_and_kept(home):
    key = keys.secret("vault")
    assert len(key) == 32 and keys.secret("vault") == key != keys.secret("ledger")
    assert stat.S_IMODE((home / "keys" / "vault").stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_processes_that_start_at_once_share_one_key(home):
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: keys.secret("vault"), range(64)))) == 1
    assert [path.name for path in (home / "keys").iterdir()] == ["vault"]


def test_a_given_key_is_used_and_nothing_is_written(home, settings):
    settings.KHUE_KEYS = {"ledger": base64.b64encode(b"k" * 32).decode()}
    assert keys.secret("ledger") == b"k" * 32
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("given", ["no base64!", base64.b64encode(b"short").decode()])
def test_a_given_key_that_is_none_stops(home, settings, given):
    settings.KHUE_KEYS = {"ledger": given}
    with pytest.raises(keys.KeyNotUsable):
        keys.secret("ledger")


def test_a_key_that_others_can_read_is_not_used(home):
    keys.secret("ledger")
    (home / "keys" / "ledger").chmod(0o644)
    with pytest.raises(keys.KeyNotUsable, match="chmod 600"):
        keys.secret("ledger")


def test_a_damaged_key_is_not_replaced(home):
    keys.secret("ledger")
    (home / "keys" / "ledger").write_text("")
    with pytest.raises(keys.KeyNotUsable):
        keys.secret("ledger")
