"""Data and a worksheet for tests that only need some: Bình's own, with one step."""

from typing import Any

from khue.domains.analysis.engine import Column, digest
from khue.domains.analysis.models import Analysis, Brief, Dataset, DatasetState, ForecastRun, Question, Release, Step

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


def stored_asked(people: Any) -> Question:
    """One that is being written."""
    facts = {"by": people.binh, "state": "working", "stage": "writing", "draft": "SELECT tinh, sum("}
    return Question.objects.get_or_create(analysis=stored_analysis(people), text="Tổng theo tỉnh?", defaults=facts)[0]


def stored_brief(people: Any) -> Brief:
    """With a figure that a result holds and one that none holds."""
    step = stored_step(people)
    cell = {"step": str(step.pk), "table": "", "row": ["Huế"], "column": "so_ho_so", "value": 1200.0}
    text = "Huế có 1.200 hồ sơ; thêm một quầy tốn 350 triệu đồng."
    bound = [
        {"start": 7, "end": 12, "text": "1.200", "cell": cell, "times": 0},
        {"start": 38, "end": 41, "text": "350", "cell": None, "times": 0},
    ]
    facts = {"sections": {"problem": text}, "bindings": {"problem": bound}, "options": [{"name": "Thêm một quầy"}]}
    return Brief.objects.get_or_create(analysis=step.analysis, title="Thêm quầy ở đâu?", defaults=facts)[0]


def stored_release(people: Any) -> Release:
    risk = {"rows": 300, "k": 1, "unique": 120, "below": 280, "expected": 190.5, "highest": 1.0, "diversity": {}}
    facts = {
        "source": stored_dataset(people), "source_title": "Hồ sơ thử", "source_digest": "0" * 64, "by": people.binh,
        "kind": "rows", "before": risk, "after": risk | {"k": 5, "unique": 0, "below": 0, "highest": 0.2},
        "changes": [{"column": "ho_ten", "what": "dropped"}, {"column": "tuoi", "what": "coarser", "to": "bands 10"}],
        "demanded_class": 2,
    }  # fmt: skip
    made = Dataset.objects.get_or_create(
        organisation=people.academy, slug="ho-so-cong-bo",
        defaults={"title": "Hồ sơ công bố", "owner": people.binh, "state": DatasetState.READY, "data_class": 2},
    )[0]  # fmt: skip
    return Release.objects.get_or_create(dataset=made, defaults=facts)[0]


def stored_forecast(people: Any) -> ForecastRun:
    return ForecastRun.objects.get_or_create(analysis=stored_analysis(people), by=people.binh)[0]
