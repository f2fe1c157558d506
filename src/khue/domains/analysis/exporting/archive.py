"""The ZIP: data or their digests, each step's SQL, code and result, and a program that runs all again and compares."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from khue.domains.analysis.exporting.notebook import notebook
from khue.domains.analysis.sql.engines import for_postgres

PACKAGE = "khue.domains.analysis"
# what every step needs
MODULES = (f"{PACKAGE}.engine.result", f"{PACKAGE}.stepping.outcome")
PROGRAM = Path(__file__).with_name("program.py")


@dataclass(frozen=True)
class ExportedTable:
    """`path` is None where the data stay at home; then only their digest goes along."""

    name: str
    title: str
    origin: str
    digest: str
    rows: int
    path: Path | None


@dataclass(frozen=True)
class ExportedStep:
    """`run`: the function by which it comes about ("package.module:name"); `modules` are those that it needs."""

    position: int
    question: str
    words: str
    sql: str
    run: str
    parameters: Mapping[str, Any]
    digest: str
    result: Mapping[str, Any]
    modules: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    chart: Mapping[str, Any] = field(default_factory=dict)
    svg: str = ""


@dataclass(frozen=True)
class Worksheet:
    title: str
    readme: str
    tables: Sequence[ExportedTable]
    steps: Sequence[ExportedStep]


def archive(worksheet: Worksheet, into: IO[bytes]) -> None:
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("README.txt", worksheet.readme)
        made.writestr("manifest.json", _json(_manifest(worksheet)))
        made.writestr("requirements.txt", "\n".join(requirements(worksheet)) + "\n")
        made.writestr("run.py", PROGRAM.read_text(encoding="utf-8"))
        made.writestr("worksheet.ipynb", _json(notebook(worksheet)))
        for table in worksheet.tables:
            if table.path:
                made.write(table.path, f"data/{table.name}.parquet", compress_type=zipfile.ZIP_STORED)
        for step in worksheet.steps:
            _write_step(made, step)
        for name, source in sorted(_sources(worksheet).items()):
            made.writestr(f"code/{name}", source)


def requirements(worksheet: Worksheet) -> list[str]:
    return sorted({"duckdb>=2.0", *(need for step in worksheet.steps for need in step.needs)})


def _manifest(worksheet: Worksheet) -> dict[str, Any]:
    tables = [{key: value for key, value in asdict(table).items() if key != "path"} for table in worksheet.tables]
    kept = ("position", "question", "words", "sql", "run", "parameters", "digest")
    return {
        "format": "khue-worksheet/1",
        "title": worksheet.title,
        "tables": tables,
        "steps": [{key: getattr(step, key) for key in kept} for step in worksheet.steps],
    }


def _write_step(made: zipfile.ZipFile, step: ExportedStep) -> None:
    base = f"steps/{step.position:02d}"
    made.writestr(f"{base}.result.json", _json(step.result))
    if step.sql:
        made.writestr(f"{base}.sql", step.sql + "\n")
        if other := for_postgres(step.sql):
            made.writestr(f"{base}.postgres.sql", other + "\n")
    if step.chart:
        made.writestr(f"{base}.vl.json", _json(step.chart))
    if step.svg:
        made.writestr(f"{base}.svg", step.svg)


def _sources(worksheet: Worksheet) -> dict[str, str]:
    """Path in the archive → source: the modules as they are, packages as empty ones."""
    names = {*MODULES, *(step.run.partition(":")[0] for step in worksheet.steps)}
    names |= {module for step in worksheet.steps for module in step.modules}
    found: dict[str, str] = {}
    for name in names:
        parts = name.split(".")
        for depth in range(1, len(parts)):
            found.setdefault("/".join(parts[:depth]) + "/__init__.py", "")
        source = import_module(name).__file__
        assert source
        found["/".join(parts) + ".py"] = Path(source).read_text(encoding="utf-8")
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
