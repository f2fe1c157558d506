"""Data and a worksheet for tests that only need some: Bình's own, with one step."""

from typing import Any

from khue.domains.analysis.engine import Column, digest
from khue.domains.analysis.models import Analysis, Dataset, DatasetState, Step

RESULT: dict[str, Any] = {
    "columns": [{"name": "tinh", "type": "text"}, {"name": "so_ho_so", "type": "integer"}],
    "rows": [["Huế", 1200], ["Đà Nẵng", 900], ["Cần Thơ", 700]],
}
SQL = "SELECT * FROM (VALUES ('Huế', 1200), ('Đà Nẵng', 900), ('Cần Thơ', 700)) t(tinh, so_ho_so)"


def stored_dataset(people: Any) -> Dataset:
    facts = {"title": "Hồ sơ thử", "owner": people.binh, "state": DatasetState.READY, "origin": "Số liệu giả định"}
    return Dataset.objects.get_or_create(organisation=people.academy, slug="ho-so-thu", defaults=facts)[0]


def stored_analysis(people: Any) -> Analysis:
    made, is_new = Analysis.objects.get_or_create(
        organisation=people.academy, owner=people.binh, title="Hồ sơ theo tỉnh"
    )
    if is_new:
        made.datasets.add(stored_dataset(people))
    return made


def stored_step(people: Any) -> Step:
    columns = [Column(one["name"], one["type"]) for one in RESULT["columns"]]
    facts = {
        "kind": "sql", "question": "Số hồ sơ theo tỉnh", "parameters": {"sql": SQL, "by": "model", "words": "Mọi cột."},
        "sql": SQL, "result": RESULT, "digest": digest(columns, RESULT["rows"]), "words": "Cao nhất: Huế.",
    }  # fmt: skip
    return Step.objects.get_or_create(analysis=stored_analysis(people), position=1, defaults=facts)[0]
