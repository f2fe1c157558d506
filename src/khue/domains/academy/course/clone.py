"""A copy of a programme to run again elsewhere: its own start, its origin remembered, everything else as it was."""

import re
from collections.abc import Mapping
from datetime import date

from khue.domains.academy.course.course import Course

FILE = "programme.yaml"


def cloned(course: Course, *, starts_on: date | None = None, new_id: str = "") -> dict[str, bytes]:
    """The files of the copy. Lines are changed in place, so that comments and order stay."""
    changes = {"cloned_from": f'"{course.programme.id} {course.programme.version} {course.digest[:16]}"'}
    if new_id:
        changes["id"] = new_id
    if starts_on:
        changes["starts_on"] = starts_on.isoformat()
    return {**course.files, FILE: _with(course.files[FILE].decode("utf-8-sig"), changes).encode()}


def _with(text: str, changes: Mapping[str, str]) -> str:
    for name, value in changes.items():
        line = f"{name}: {value}"
        text, found = re.subn(rf"(?m)^{name}:.*$", line, text, count=1)
        if not found:
            text = f"{text.rstrip()}\n{line}\n"
    return text
