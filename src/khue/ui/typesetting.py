"""PDF from a Typst template and data, with our own fonts and nothing from the network."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

VENDOR = Path(__file__).resolve().parent / "static" / "ui" / "vendor"


@cache
def _fonts() -> typst.Fonts:
    folders = [str(VENDOR / "be-vietnam-pro-ttf"), str(VENDOR / "source-serif-4-ttf")]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The template reads `data` by json(bytes(sys.inputs.data)). A tagged PDF (PDF/UA-1); the same template, data and
    time give the same bytes. A template reads files of its own folder only."""
    compiler = typst.Compiler(root=str(template.parent), font_paths=_fonts(), package_path=str(template.parent))
    made = compiler.compile(
        template.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
