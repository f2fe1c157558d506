"""The ten schemas of corpora/text_to_sql with data by a seeded generator, as Parquet with a profile."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from khue.domains.analysis.engine import Engine, Source
from khue.domains.analysis.profile import profile
from khue.domains.analysis.sql.schema import Schema

CORPUS = Path(__file__).parent / "corpora" / "text_to_sql"
SEED = 7
Column = list[Any]


@dataclass(frozen=True)
class Subject:
    name: str
    part: str
    sources: tuple[Source, ...]
    schema: Schema
    questions: Mapping[str, Any]


def subjects(folder: Path) -> list[Subject]:
    asked = yaml.safe_load((CORPUS / "questions.yaml").read_text(encoding="utf-8"))
    written = yaml.safe_load((CORPUS / "schemas.yaml").read_text(encoding="utf-8"))
    return [_subject(one, asked[one["name"]], folder) for one in written]


def _subject(one: Mapping[str, Any], questions: Mapping[str, Any], folder: Path) -> Subject:
    chance = random.Random(f"{SEED} {one['name']}")
    made: dict[str, dict[str, Column]] = {}
    sources = []
    for table in one["tables"]:
        made[table["name"]] = columns = _columns(table, made, chance)
        path = folder / f"{one['name']}.{table['name']}.parquet"
        pq.write_table(pa.table(columns), path)
        sources.append(Source(table["name"], str(path)))
    with Engine(sources) as engine:
        tables = [
            (
                table["name"],
                table.get("title", table["name"]),
                profile(engine.query, table["name"], _titles(table)).as_json(),
            )
            for table in one["tables"]
        ]
    return Subject(one["name"], one["part"], tuple(sources), Schema.of(tables), questions)


def _titles(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: spec["title"] for name, spec in table["columns"].items() if "title" in spec}


def _columns(table: Mapping[str, Any], made: Mapping[str, Any], chance: random.Random) -> dict[str, Column]:
    crossed = _crossed(table.get("cross", {}), made)
    rows = len(next(iter(crossed.values()))) if crossed else table["rows"]
    columns = dict(crossed)
    for name, spec in table["columns"].items():
        if name not in columns:
            columns[name] = _with_gaps(_values(spec, rows, columns, chance), spec.get("gaps", 0), chance)
    return columns


def _crossed(cross: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Column]:
    """Every combination; a name of a table stands for its column of the same name."""
    sides = [made[values][name] if isinstance(values, str) else values for name, values in cross.items()]
    rows = list(product(*sides)) if sides else []
    return {name: [row[at] for row in rows] for at, name in enumerate(cross)} if rows else {}


def _values(spec: Mapping[str, Any], rows: int, columns: Mapping[str, Column], chance: random.Random) -> Column:
    if "serial" in spec:
        return [f"{spec['serial']}{n:04d}" for n in range(1, rows + 1)]
    if "pattern" in spec:
        return [spec["pattern"].format(n=n) for n in range(1, rows + 1)]
    if "by" in spec:
        return [spec["of"][value] for value in columns[spec["by"]]]
    if "of" in spec:
        weights = [1 + at % 3 for at in range(len(spec["of"]))]
        return chance.choices(spec["of"], weights, k=rows)
    if "whole" in spec:
        return [chance.randint(*spec["whole"]) for _ in range(rows)]
    if "number" in spec:
        return [round(chance.uniform(*spec["number"]), spec["digits"]) for _ in range(rows)]
    if "days" in spec:
        first, last = (date.fromisoformat(str(day)) for day in spec["days"])
        return [first + timedelta(days=chance.randint(0, (last - first).days)) for _ in range(rows)]
    return [chance.random() < spec[True] for _ in range(rows)]


def _with_gaps(values: Column, share: float, chance: random.Random) -> Column:
    return [None if chance.random() < share else value for value in values] if share else values
