"""The child's side: whatever a file does to its reader stays here."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from khue.domains.analysis.reading.refusals import Unreadable
from khue.kernel import child


def answer(request: dict[str, Any]) -> dict[str, Any]:
    from khue.domains.analysis.reading import files

    try:
        found = asdict(files.read(Path(request["path"]), request["name"], Path(request["into"])))
    except Unreadable as refusal:
        return {"fault": refusal.code, "detail": refusal.detail}
    except MemoryError:
        return {"fault": "too_heavy", "detail": ""}
    except Exception as problem:  # any other failure of a parser is a file that it cannot read
        return {"fault": "broken", "detail": str(problem)[:300]}
    for table in found["tables"]:
        table["path"] = str(table["path"])
    return found


if __name__ == "__main__":
    child.shut_in(memory=int(sys.argv[1]), writes=int(sys.argv[2]))
    child.serve(answer)
