"""The demonstration's library: collections and files of content/demo/library.yaml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Loaded:
    collections: int
    added: int
    there_before: int


def load(folder: Path) -> Loaded:
    """Brings what is missing; what is there already, by its content, is left alone."""
    from khue.domains.knowledge import api as knowledge

    described = yaml.safe_load((folder / "library.yaml").read_text())["collections"]
    suggested = _suggested(folder)
    added = there_before = 0
    with knowledge.Sandbox() as sandbox:
        for entry in described:
            place = _collection(entry, [suggested[name] for name in entry["files"] if name in suggested])
            for name in entry["files"]:
                brought = knowledge.bring_file(place, folder / "library" / name, by=None, sandbox=sandbox)
                new = sum(1 for one in brought.added if not one.duplicate)
                added += new
                there_before += len(brought.added) - new
    return Loaded(len(described), added, there_before)


def _suggested(folder: Path) -> dict[str, str]:
    """document → the question that the Ask page offers for it."""
    questions = yaml.safe_load((folder / "questions.yaml").read_text())["questions"]
    return {question["document"]: question["text"] for question in questions if question.get("suggest")}


def _collection(entry: dict[str, Any], examples: list[str]) -> Any:
    from khue.domains.knowledge import api as knowledge
    from khue.domains.people import api as people

    organisation = people.organisation_id(entry["organisation"])
    found = knowledge.collection(entry["name"], by=None, organisation_id=organisation)
    made = found or knowledge.create_collection(
        entry["name"],
        by=None,
        organisation_id=organisation,
        description=entry["description"],
        access=knowledge.Access(entry["access"]),
        data_class=knowledge.DataClass[entry["class"].upper()],
        examples=examples,
    )
    return made.id
