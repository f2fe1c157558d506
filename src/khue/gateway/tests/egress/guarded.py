"""A process of its own inside the guard: in this one it could never be taken down again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[4]
BEGIN = """
import json, os, socket
from khue.gateway import egress
def tried(act):
    try:
        act()
    except OSError as error:
        return [type(error).__name__, error.errno, str(error)]
    return ["done"]
"""


def run(code: str, home: Path, **settings: str) -> Any:
    """What the code leaves in `out`."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KHUE_") and not k.lower().endswith("_proxy")}
    environment = clean | {"KHUE_HOME": str(home), "PYTHONPATH": str(SOURCE), **settings}
    environment["DJANGO_SETTINGS_MODULE"] = "khue.config.settings"
    source = f"{BEGIN}\n{code}\nprint(json.dumps(out))"
    done = subprocess.run([sys.executable, "-c", source], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def notes(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home / "run" / "refused.jsonl").read_text().splitlines()]
