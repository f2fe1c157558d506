"""A state is filled, saved, destroyed and restored."""

import json
import shutil
import stat
import tarfile

import pytest
from tests.running.installation import Installation

pytestmark = pytest.mark.slow

SNAPSHOT = """
import json
from khue.cli.session import session
with session():
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public' order by 1")
        found = {}
        for (name,) in cursor.fetchall():
            cursor.execute(f'select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from "{name}" t')
            found[name] = cursor.fetchone()
print(json.dumps(found))
"""


def rows(installation):
    return json.loads(installation.python(SNAPSHOT))


def filled(home):
    installation = Installation(home)
    assert installation.khue("demo", "load").returncode == 0
    (home / "files" / "2026").mkdir(parents=True, exist_ok=True)
    (home / "files" / "2026" / "quy chế.txt").write_text("Điều 1. Phạm vi điều chỉnh")
    return installation


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """An installation with the demo and a file, and its archive."""
    folder = tmp_path_factory.mktemp("backup")
    installation = filled(folder / "home")
    archive = folder / "khue.tar"
    done = installation.khue("backup", str(archive))
    assert done.returncode == 0, done.stderr
    return installation, archive


def test_a_destroyed_state_comes_back_whole(saved):
    installation, archive = saved
    before, secret = rows(installation), (installation.home / "secret-key").read_text()
    assert before["people_person"][0] >= 6
    shutil.rmtree(installation.home)

    done = installation.khue("restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert rows(installation) == before
    assert (installation.home / "files" / "2026" / "quy chế.txt").read_text() == "Điều 1. Phạm vi điều chỉnh"
    assert (installation.home / "secret-key").read_text() == secret


def test_the_archive_is_for_its_owner_only_and_says_what_it_holds(saved):
    _, archive = saved
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert {"database.dump", "state/secret-key", "state/files/2026/quy chế.txt"} <= manifest["digests"].keys()


def test_a_state_that_is_in_use_is_not_replaced_without_being_told_to(saved):
    installation, archive = saved
    before = rows(installation)
    refused = installation.khue("restore", str(archive))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert rows(installation) == before

    assert installation.khue("restore", str(archive), "--force").returncode == 0
    assert rows(installation) == before


def test_a_damaged_archive_changes_nothing(saved, tmp_path):
    installation, archive = saved
    before = rows(installation)
    damaged = tmp_path / "damaged.tar"
    content = bytearray(archive.read_bytes())
    middle = content.index(b"PGDMP") + 2000
    content[middle] ^= 1
    damaged.write_bytes(content)
    cut = tmp_path / "cut.tar"
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])

    for bad in (damaged, cut):
        refused = installation.khue("restore", str(bad), "--force")
        assert refused.returncode == 1
        assert "Nothing was changed" in refused.stderr
    assert rows(installation) == before
