"""What fields and results are called: as the examples of the person call them, whatever the model wrote."""

from collections.abc import Mapping
from typing import Any

from khue.domains.prototypes import examples as acceptance
from khue.domains.prototypes.patterns import Pattern
from khue.domains.prototypes.rules import plain
from khue.domains.prototypes.writing.paths import leaves, put

# parameters that are a name, not a text
NAMES = ("label", "name", "title", "input", "result", "item", "question", "text")


def named(one: Pattern, made: Mapping[str, Any], examples: str) -> dict[str, Any]:
    """The parameters, with names that are nearly those of the examples made the same."""
    filled, expected = _labels(examples)
    for label in filled:
        made = _renamed(made, label)
    if "result" in one.schema.get("properties", {}) and len(expected) == 1 and not _has(made, expected[0]):
        made = {**made, "result": expected[0]}
    else:
        for label in expected:
            made = _renamed(made, label)
    return dict(made)


def _labels(examples: str) -> tuple[list[str], list[str]]:
    filled: dict[str, None] = {}
    expected: dict[str, None] = {}
    for line in examples.splitlines():
        try:
            for one in acceptance.read(line):
                filled |= {step.label: None for step in one.steps if isinstance(step, acceptance.Fill) and step.label}
                expected |= {expect.label: None for expect in one.expects if expect.label and not expect.absent}
        except acceptance.UnreadableExample:
            continue
    return list(filled), list(expected)


def _has(made: Mapping[str, Any], label: str) -> bool:
    return any(plain(value) == plain(label) for _path, value in leaves(made) if isinstance(value, str))


def _renamed(made: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """The one name that shares most words with the label, where none is the label already."""
    if _has(made, label):
        return made
    wanted = set(plain(label).split())
    scored = sorted(
        (
            (len(wanted & set(plain(value).split())) / len(wanted | set(plain(value).split())), path)
            for path, value in leaves(made)
            if isinstance(value, str) and value and path.split(".")[-1] in NAMES and path != "title"
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < 0.3 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return made
    renamed: Mapping[str, Any] = put(made, scored[0][1], label)
    return renamed
