"""The same as a notebook: a cell of words and a cell of code for each step."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khue.domains.analysis.exporting.archive import ExportedStep, Worksheet

BEGIN = """import json
from pathlib import Path

import run

manifest = json.loads(Path("manifest.json").read_text(encoding="utf-8"))
query = run.querying(run.opened(manifest))


class Table:
    def __init__(self, result):
        self.result = result

    def _repr_html_(self):
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.result.names)
        rows = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in self.result.rows[:200])
        return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
"""


def notebook(worksheet: "Worksheet") -> dict[str, Any]:
    cells = [_words(f"# {worksheet.title}\n\n{worksheet.readme}"), _code(BEGIN)]
    for step in worksheet.steps:
        cells += [_words(f"## {step.position}. {step.question or step.run}\n\n{step.words}"), _code(_source(step))]
    return {
        "cells": [{**cell, "id": f"cell-{at}"} for at, cell in enumerate(cells)],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _source(step: "ExportedStep") -> str:
    if step.run.endswith("stepping.sql:run"):
        quotes = '"""'
        return f"Table(query({quotes}\n{step.sql}\n{quotes}))"
    find = f'step = next(one for one in manifest["steps"] if one["position"] == {step.position})'
    return f"{find}\nTable(run.result_of(step, query).result)"


def _words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": lines}
