"""Run by the Python of the readers' own environment: what they find in the files of a folder, as JSON."""

import html
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

from moodle_xml_parser.parser import parse_file
from onyx2moodle.parser import parse_item
from qti_convert import downgrade_package


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def item(path: Path) -> dict[str, Any]:
    read = parse_item(path)
    (declared,) = read.response_decls.values()
    found: dict[str, Any] = {"html": True}
    kinds = [interaction.kind for interaction in read.interactions]
    if kinds == ["choice"]:
        choices = read.interactions[0].choices
        found["choices"] = [[words(c.html), round(declared.mapping.get(c.identifier, 0.0), 2)] for c in choices]
    elif kinds == ["match"]:
        sides = {
            c.identifier: words(c.html)
            for c in (*read.interactions[0].match_sources, *read.interactions[0].match_targets)
        }
        found["pairs"] = sorted([sides[name] for name in pair.split()] for pair in declared.correct_values)
    elif kinds == ["textEntry"] and declared.base_type == "float":
        found["number"] = float(declared.correct_values[0])
    elif kinds == ["textEntry"]:
        found["accepted"] = sorted(key for key, share in declared.mapping.items() if share == 1)
    elif kinds == ["extendedText"]:
        found["essay"] = True
    return {read.identifier: found}


def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("items/*.xml")):
        found |= item(path)
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    zipfile.ZipFile(folder / "qti21").extractall(folder / "of-21")
    downgrade_package(str(folder / "qti3"), str(folder / "down.zip"))
    zipfile.ZipFile(folder / "down.zip").extractall(folder / "of-3")
    choices = parse_file(str(folder / "moodle"))["multichoice"]
    sys.stdout.write(
        json.dumps(
            {
                "qti21": package(folder / "of-21"),
                "qti3": package(folder / "of-3"),
                "moodle": {question.text_pre_parse: choice(question) for question in choices},
            }
        )
    )


def choice(question: Any) -> dict[str, Any]:
    options = [[words(option.answer), round(option.score_fraction / 100, 2)] for option in question.options]
    return {"html": False, "choices": options}


main()
