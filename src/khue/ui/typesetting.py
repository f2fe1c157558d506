"""PDF from a Typst template and data, with our own fonts and nothing from the network."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

VENDOR = Path(__file__).resolve().parent / "static" / "ui" / "vendor"


# Tinos has the metrics of Times New Roman, for administrative documents;
# the last is there for letters that the others lack, such as ƀ and ĭ of the Central Highlands' languages
FOLDERS = ("be-vietnam-pro-ttf", "source-serif-4-ttf", "tinos-ttf", "noto-serif-ttf")


@cache
def _fonts() -> typst.Fonts:
    folders = [str(VENDOR / folder) for folder in FOLDERS]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The template reads `data` by json(bytes(sys.inputs.data)). A tagged PDF (PDF/UA-1); the same template, data and
    time give the same bytes. A template reads files of its own folder only."""
    made = _compiler(template).compile(
        template.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def png(template: Path, data: Mapping[str, Any], *, ppi: float = 144) -> bytes:
    """The template's only page as a picture."""
    made = _compiler(template).compile(
        template.read_bytes(), format="png", ppi=ppi, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
    )
    if not isinstance(made, bytes):
        raise TypeError("a picture is one page")
    return made


def _compiler(template: Path) -> typst.Compiler:
    return typst.Compiler(root=str(template.parent), font_paths=_fonts(), package_path=str(template.parent))


def without_glyphs(text: str) -> Sequence[str]:
    """The characters that none of the fonts has, each once: a PDF would show boxes in their place."""
    composed = unicodedata.normalize("NFC", text)
    return [char for char in dict.fromkeys(composed) if ord(char) not in _known_characters() and not char.isspace()]


@cache
def _known_characters() -> frozenset[int]:
    found: set[int] = set()
    for folder in FOLDERS:
        for path in (VENDOR / folder).glob("*.ttf"):
            with TTFont(path, lazy=True) as font:
                found |= font.getBestCmap().keys()
    return frozenset(found)
