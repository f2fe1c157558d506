"""What others made is kept as it came."""

import hashlib
import json
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parent.parent
VENDOR = UI / "static" / "ui" / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())


@pytest.mark.parametrize("package", MANIFEST, ids=lambda package: package["folder"])
def test_each_file_is_the_one_that_was_published(package):
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (VENDOR / package["folder"]).iterdir()
    }
    assert found == package["files"]
    assert package["name"] and package["version"] and package["licence"] and "LICENSE" in found


def test_nothing_lies_beside_the_manifest():
    assert {path.name for path in VENDOR.iterdir()} == {package["folder"] for package in MANIFEST} | {"manifest.json"}


def test_every_font_that_a_style_sheet_names_is_there():
    css = UI / "static" / "ui" / "css"
    named = re.findall(r'url\("\.\./(vendor/[^"]+)"\)', (css / "fonts.css").read_text())
    assert len(named) == 18 and all((css.parent / name).is_file() for name in named)
