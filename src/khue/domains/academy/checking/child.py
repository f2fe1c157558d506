"""The child: reads a line of JSON, calls the function that it names, answers with a line of JSON."""

import json
import os
import resource
import sys
from importlib import import_module
from typing import Any

from khue.kernel.fence import Fence


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    # there is nothing for it to write but its answer
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    module, function = request["run"].split(":")
    try:
        facts = getattr(import_module(module), function)(request["handed_in"], request["settings"])
        return {"facts": {**facts, "passed": bool(facts["passed"])}}
    except Exception as error:  # whatever goes wrong in a check is that check's
        return {"error": type(error).__name__}


def serve() -> None:
    _limit(int(sys.argv[1]))
    Fence().ready()()
    # what a check prints must not be taken for an answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        try:
            answer = json.dumps(_answer(json.loads(line)))
        except (TypeError, ValueError, MemoryError, RecursionError):
            answer = json.dumps({"error": "BadAnswer"})
        answers.write(answer.encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve()
