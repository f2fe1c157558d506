"""The demonstration's assistants: brought once, waiting for a test and for a steward's decision."""

from pathlib import Path

from khue.domains.assistants.actions import assistants, publications
from khue.domains.assistants.definition import file
from khue.domains.assistants.models import Assistant
from khue.domains.people import api as people

# of the demonstration's people: a lecturer, whose programme has the lab
OWNER = "binh"


def load(folder: Path) -> int:
    """Those whose short name is free; needs the demonstration's people and library → how many."""
    by = people.operator(OWNER)
    added = 0
    for path in sorted(folder.glob("*.yaml")):
        shared = file.read(path.read_bytes())
        if Assistant.objects.filter(slug=shared.slug).exists():
            continue
        made = assistants.bring(by=by, shared=shared)
        # its test is begun by a person: at a first start the model belongs to the first question
        publications.ask_for_entry(by=by, assistant=made)
        added += 1
    return added
