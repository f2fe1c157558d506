"""Reads files in a process of its own, with limits on memory and time, so that a hostile file harms nobody else.

    with Sandbox() as sandbox:
        reading = sandbox.read(path, "Quyết định.docx")

A child that died or was ended is replaced (khue.kernel.child).
"""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from khue.domains.knowledge.reading.blocks import Block, ReadDocument, Reading, Unreadable
from khue.kernel import child

MEMORY = 2 * 1024**3
SECONDS = 120


class Sandbox:
    """A context manager; used by one thread at a time."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self._child = child.Child(__name__, str(memory))

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *exc: object) -> None:
        self._child.end()

    def read(self, path: Path, name: str) -> Reading:
        """Raises Unreadable, with "too_heavy" or "too_slow" for a file that had to be stopped."""
        return _reading(self._asked({"path": str(path), "name": name}))

    def rows(self, path: Path, name: str) -> list[list[str]]:
        """The cells of a spreadsheet. Raises Unreadable, as `read` does."""
        answer = self._asked({"path": str(path), "name": name, "as": "rows"})
        if "error" in answer:
            raise Unreadable(answer["error"], answer["detail"])
        rows: list[list[str]] = answer["rows"]
        return rows

    def _asked(self, request: dict[str, str]) -> dict[str, Any]:
        try:
            answer = self._child.ask(request, seconds=self.seconds)
        except TimeoutError as problem:
            raise Unreadable("too_slow") from problem
        except EOFError as problem:
            raise Unreadable("too_heavy") from problem
        if answer.get("error") == "too_heavy":
            self._child.end()
        return answer


def _reading(answer: dict[str, Any]) -> Reading:
    if "error" in answer:
        raise Unreadable(answer["error"], answer["detail"])
    documents = tuple(
        ReadDocument(
            one["title"],
            tuple(Block(**block) for block in one["blocks"]),
            one["pages"],
            one["key"],
            tuple(one["capitals"]),
        )
        for one in answer["documents"]
    )
    return Reading(answer["media_type"], documents, answer["several"])


def _answer(request: dict[str, str]) -> dict[str, Any]:
    from khue.domains.knowledge.reading import reader

    try:
        path, name = Path(request["path"]), request["name"]
        return {"rows": reader.rows(path, name)} if request.get("as") == "rows" else asdict(reader.read(path, name))
    except Unreadable as refusal:
        return {"error": refusal.code, "detail": refusal.detail}
    except MemoryError:
        return {"error": "too_heavy", "detail": ""}
    except RecursionError:
        return {"error": "too_deep", "detail": ""}
    except Exception:  # any other failure of a parser is a file that it cannot read
        return {"error": "broken", "detail": ""}


if __name__ == "__main__":
    child.shut_in(memory=int(sys.argv[1]))
    # readers have their own limit of depth, well below what this needs of memory
    sys.setrecursionlimit(10_000)
    child.serve(_answer)
