"""An outline as people write it: one point a line, what it looks for after a colon or on lines set in."""

import re
from dataclasses import dataclass

_MARK = re.compile(r"^\s*(?:[-*+•]\s+|#+\s+|(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)+")
MOST = 40


@dataclass(frozen=True)
class Point:
    title: str
    looks_for: str = ""

    @property
    def words(self) -> str:
        return f"{self.title}. {self.looks_for}".strip(" .")


class NoPoints(ValueError):
    pass


def parsed(text: str) -> list[Point]:
    """Raises NoPoints where nothing is left."""
    points: list[Point] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        bare = _MARK.sub("", line).strip(" .;")
        if points and line[:1] in " \t":
            last = points[-1]
            points[-1] = Point(last.title, f"{last.looks_for} {bare}".strip())
        elif bare:
            title, _, more = bare.partition(":")
            points.append(Point(title.strip()[:200], more.strip()[:500]))
    if not points:
        raise NoPoints
    return points[:MOST]
