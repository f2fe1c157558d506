"""What is taken along of data about people passes disclosure control, in every form."""

import io
import json
import random
import zipfile

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from khue.domains.analysis.actions import asking, briefs, steps
from khue.domains.analysis.engine.result import Column, Result
from khue.domains.analysis.models import Analysis, Brief
from khue.domains.analysis.paper import workbook
from khue.domains.analysis.queries import outgoing
from khue.domains.analysis.tests.worksheets.conftest import dataset
from khue.domains.people.api import actor_of
from khue.domains.people.models import Person
from khue.gateway.api import DataClass

pytestmark = pytest.mark.django_db(transaction=True)
ILL = {"không": 90, "tim": 8, "phổi": 2}


@pytest.fixture
def people(cast) -> Analysis:
    """100 people in each of three wards; of "phổi" there are two in each."""
    chance = random.Random(3)
    rows: list[list[object]] = [["ho_ten", "phuong", "benh", "tuoi"]]
    for ward in ("An Hòa", "Bến Thuyền", "Cẩm Sơn"):
        for illness, count in ILL.items():
            rows += [[f"Nguyễn Văn {chance.random()}", ward, illness, chance.randint(20, 80)] for _ in range(count)]
    rows.append(["Trần Thị Lẻ", "Đồng Vọng", "tim", 44])
    made = Analysis.objects.create(organisation=cast.academy, owner=cast.binh, title="Người bệnh")
    made.datasets.add(dataset(cast.binh, "Người bệnh", rows, data_class=DataClass.CONFIDENTIAL))
    return made


@pytest.fixture
def binh(client, cast):
    Person.objects.update(language="en")
    client.force_login(cast.binh)
    return client


def run(cast, people, sql):
    name = people.datasets.get().tables.get().name
    return asking.run(by=actor_of(cast.binh.pk), analysis=people, sql=sql.format(t=f'"{name}"'))


def take(binh, step, form):
    return binh.get(reverse("analysis:step-file", args=[step.analysis_id, step.pk, form]))


def test_a_row_of_a_single_person_and_the_one_that_protects_it_stay(binh, cast, people):
    step = run(cast, people, "SELECT phuong, COUNT(*) AS n FROM {t} GROUP BY phuong ORDER BY n DESC")
    assert len(step.table.rows) == 4
    text = take(binh, step, "csv").content.decode()
    assert "Đồng Vọng" not in text and len(text.splitlines()) == 3  # head and two wards
    chart = json.loads(take(binh, step, "vega-lite").content)
    assert "Đồng Vọng" not in json.dumps(chart, ensure_ascii=False)
    book = load_workbook(io.BytesIO(take(binh, step, "xlsx").content))
    table, source = (list(sheet.values) for sheet in book)
    assert len(table) == 3 and all(type(count) is int for _ward, count in table[1:])
    told = dict(source)
    assert told["SQL"] == step.sql and "2 rows are left out" in told["Reading"]


def test_a_cell_that_looks_like_a_formula_stays_a_text_in_a_workbook():
    result = Result((Column("a", "VARCHAR"), Column("b", "DOUBLE")), (("=1+1", 2.5), ("@x", None)))
    book = load_workbook(io.BytesIO(workbook.xlsx(result, {"a": "Tên"}, [("SQL", "=1")], names=("Kết quả", "Nguồn"))))
    assert book.sheetnames == ["Kết quả", "Nguồn"]
    assert list(book["Kết quả"].values) == [("Tên", "b"), ("=1+1", 2.5), ("@x", None)]
    assert [cell.data_type for cell in book["Kết quả"]["A"]] == ["s", "s", "s"]


def test_hidden_counts_of_two_dimensions_cannot_be_worked_out_again(binh, cast, people):
    step = run(cast, people, "SELECT phuong, benh, COUNT(*) AS n FROM {t} WHERE tuoi > 0 GROUP BY phuong, benh")
    kept = {row[:2] for row in outgoing.of_step(step).result.rows}
    assert not {one for one in kept if one[1] == "phổi" or one[0] == "Đồng Vọng"}
    # each ward's row of "phổi" needs a companion, or its total would give it away
    for ward in ("An Hòa", "Bến Thuyền", "Cẩm Sơn"):
        assert len([one for one in kept if one[0] == ward]) <= 1


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT phuong, MAX(tuoi) AS n FROM {t} GROUP BY phuong",
        "SELECT tuoi, benh FROM {t}",
        "SELECT COUNT(*) AS n FROM {t} WHERE phuong = 'Đồng Vọng'",
        "SELECT n FROM (SELECT phuong, COUNT(*) AS n FROM {t} GROUP BY phuong) AS x",
    ],
)
def test_what_shows_single_people_or_cannot_be_counted_stays_and_says_why(binh, cast, people, sql):
    step = run(cast, people, sql)
    answer = take(binh, step, "csv")
    assert answer.status_code == 302
    page = binh.get(answer["Location"]).content.decode()
    assert "This result stays here" in page and "passes disclosure control" in page


def test_the_zip_and_the_notebook_hold_nothing_that_stays(binh, cast, people):
    run(cast, people, "SELECT phuong, AVG(tuoi) AS t FROM {t} GROUP BY phuong")
    run(cast, people, "SELECT tuoi, benh FROM {t} WHERE phuong = 'Bến Thuyền'")
    answer = binh.get(reverse("analysis:export", args=[people.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as found:
        everything = "".join(found.read(name).decode() for name in found.namelist() if name.endswith((".json", ".svg")))
        manifest = json.loads(found.read("manifest.json"))
        assert not [name for name in found.namelist() if name.endswith(".parquet")]
        assert json.loads(found.read("steps/02.result.json")) == {}
    assert "Đồng Vọng" not in everything
    assert [one["digest"] for one in manifest["steps"]] == ["", ""]
    notebook = binh.get(reverse("analysis:export", args=[people.pk]), {"form": "notebook"}).content.decode()
    assert "Đồng Vọng" not in notebook and "This result stays here" in notebook


def test_a_method_with_a_group_of_one_stays_and_one_with_large_groups_goes(binh, cast, people):
    table, by = people.datasets.get().tables.get().name, actor_of(cast.binh.pk)
    groups = {"table": table, "value": "tuoi", "group": "benh"}
    assert outgoing.of_step(steps.take(by=by, analysis=people, kind="statistics.groups", parameters=groups)).is_whole
    spread = {"table": table, "value": "tuoi", "group": "phuong"}
    held = steps.take(by=by, analysis=people, kind="statistics.inequality", parameters=spread)
    assert outgoing.of_step(held).result is None
    safe = steps.take(by=by, analysis=people, kind="protected", parameters={"table": table, "by": ["phuong", "benh"]})
    assert outgoing.of_step(safe).is_whole


def test_a_brief_on_paper_leaves_such_figures_out(binh, cast, people):
    step = run(cast, people, "SELECT phuong, AVG(tuoi) AS tuoi FROM {t} GROUP BY phuong ORDER BY phuong")
    by = actor_of(cast.binh.pk)
    brief = briefs.create(by=by, analysis=people, title="Ai cần giúp?")
    known = {row[0]: row[1] for row in step.table.rows}
    text = f"An Hòa: {known['An Hòa']:.2f}; Đồng Vọng: {known['Đồng Vọng']:.2f}."
    briefs.change(by=by, brief=brief, title=brief.title, sections={"problem": text}, options=[])
    assert not [one for one in Brief.objects.get().bindings["problem"] if one["cell"] is None]
    word = binh.get(reverse("analysis:brief-file", args=[brief.pk, "docx"]))
    written = "\n".join(line.text for line in Document(io.BytesIO(word.content)).paragraphs)
    assert "Đồng Vọng: …" in written and f"{known['Đồng Vọng']:.2f}" not in written and "stay where" in written


def test_data_about_nobody_go_as_they_are(binh, cast, worksheet):
    step = run(cast, worksheet, "SELECT phuong, thang, phut FROM {t} LIMIT 3")
    assert len(take(binh, step, "csv").content.decode().splitlines()) == 4
