"""The child: calls the function that a request names."""

import json
import sys
from importlib import import_module
from typing import Any

from khue.kernel import child


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    module, function = request["run"].split(":")
    try:
        facts = getattr(import_module(module), function)(request["handed_in"], request["settings"])
        answer = {"facts": {**facts, "passed": bool(facts["passed"])}}
        json.dumps(answer)
    except Exception as error:  # whatever goes wrong in a check, what it says included, is that check's
        return {"error": type(error).__name__}
    return answer


if __name__ == "__main__":
    child.shut_in(memory=int(sys.argv[1]))
    child.serve(_answer)
