"""RESULTS.md: one section a benchmark, replaced when it runs again, with the machine and the day."""

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
INTRODUCTION = (
    "# Results\n\nWritten by `make bench`; each section by its own file in `benchmarks/`, when it last ran.\n"
    "Figures of peers were measured in the same run, on the same machine and the same data.\n"
)


def write(name: str, title: str, body: str) -> None:
    """The section of the benchmark `name`."""
    content = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else INTRODUCTION
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{begin}\n## {title}\n\n{machine()}\n\n{body.strip()}\n{end}\n"
    content = re.sub(f"\n*{begin}.*{end}\n", "\n", content, flags=re.DOTALL)
    RESULTS.write_text(f"{content.rstrip()}\n\n{section}", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}; load when it ended: {load:.1f}."
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()
