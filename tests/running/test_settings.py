"""Every setting that the code reads is described in .env.example, and nothing else is."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
# what the supervisor tells its children, not what an administrator sets
INTERNAL = {"KHUE_DATABASE_ROLE"}


def read_in_code() -> set[str]:
    reader = re.compile(r"(?:env\.\w+|environ\.get|environ\[|getenv)\W{1,2}[\"']((?:KHUE_|DATABASE_)\w+)")
    sources = [path.read_text() for path in (REPOSITORY / "src").rglob("*.py") if "tests" not in path.parts]
    return {name for source in sources for name in reader.findall(source)} - INTERNAL


def test_every_setting_is_described():
    described = set(re.findall(r"^#?([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), re.M))
    assert described == read_in_code()


def test_a_setting_of_the_wrong_kind_stops_the_start_and_names_itself(monkeypatch):
    import pytest

    from khue.config import env

    monkeypatch.setenv("KHUE_PORT", "eighty")
    with pytest.raises(SystemExit, match="KHUE_PORT='eighty': expected a whole number"):
        env.number("KHUE_PORT", 8000, at_least=1)
