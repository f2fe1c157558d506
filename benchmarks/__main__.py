"""python -m benchmarks [NAME…]: runs all benchmarks, or those named; each writes its own section of RESULTS.md."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
NOT_BENCHMARKS = {
    "schemas", "__init__", "__main__", "results", "spans", "stage", "calibrate", "name_reader", "synthesis_score",
    "synthesis_answers", "drafting_writing",
}  # fmt: skip


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*names(), []], help="; ".join(names()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")
    for name in parser.parse_args().name or names():
        sys.stderr.write(f"— {name}\n")
        import_module(f"benchmarks.{name}").run()


if __name__ == "__main__":
    main()
