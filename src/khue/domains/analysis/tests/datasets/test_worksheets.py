"""From a file to an export, with the real engine and the real database; the model has its own tests."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from khue.domains.analysis.actions import asking, datasets, merging, steps, worksheets
from khue.domains.analysis.models import Dataset, Step
from khue.domains.analysis.queries import tables
from khue.domains.analysis.queries.shown import dataset_as_json
from khue.domains.analysis.sql.engines import transpiled
from khue.domains.people.api import Actor, actor_of
from khue.domains.people.tests.cast import Cast
from khue.gateway.api import DataClass
from khue.kernel.errors import UserError

OLD_PROVINCES = "Tỉnh,Năm,Số hồ sơ,Điểm (điểm)\n" + "".join(
    f"{name},{year},{files},{score}\n"
    for name, files, score in (("Quảng Nam", 100, 5.0), ("Đà Nẵng", 300, 7.0), ("Huế", 50, 6.0), ("Cả nước", 450, 6.0))
    for year in (2023, 2024)
)
PEOPLE = "Họ và tên,CCCD,Xã,Thu nhập\n" + "".join(
    f"{name},{number},{place},{income}\n"
    for name, number, place, income in (
        ("Nguyễn Văn An", "001085012345", "Xã A", 5000),
        ("Trần Thị Bình", "036192004567", "Xã A", 6000),
        ("Lê Văn Chi", "079088001234", "Xã B", 7000),
    )
)


@pytest.fixture
def binh(cast: Cast) -> Actor:
    return actor_of(cast.binh.pk)


def brought(by: Actor, text: str, title: str = "Hồ sơ", **facts: Any) -> Dataset:
    made = datasets.begin(by=by, title=title, file=ContentFile(text.encode()), file_name="a.csv", **facts)
    return datasets.load(made)


def table_of(dataset: Dataset) -> str:
    return dataset.tables.get().name


def stepped(by: Actor, dataset: Dataset, sql: str) -> Step:
    return asking.run(by=by, analysis=worksheets.begin(by=by, datasets=[dataset], title="Thử"), sql=sql)


def test_provinces_of_before_are_summed_to_those_of_today(binh: Actor) -> None:
    made = brought(binh, OLD_PROVINCES)
    place = dataset_as_json(made)["tables"][0]["columns"][0]
    assert (place["role"], place["provinces"]["vintage"], place["provinces"]["unknown"]) == ("place", "before", [])
    today = merging.to_provinces_of_today(by=binh, table=made.tables.get())
    with tables.opened(tables.of_datasets([today])) as engine:
        name = today.tables.get().name
        rows = engine.query(f"SELECT tinh, so_ho_so, diem, so_tinh_cu FROM {name} WHERE nam = 2024 ORDER BY tinh").rows
    assert rows == (("Huế", 50, 6.0, 1), ("Đà Nẵng", 400, 6.0, 2))


def test_personal_data_raise_the_class_and_no_row_of_a_person_is_shown(binh: Actor) -> None:
    made = brought(binh, PEOPLE, data_class=DataClass.PUBLIC)
    assert made.data_class == DataClass.CONFIDENTIAL and {"person", "cccd"} <= set(made.found)
    assert "001085012345" not in json.dumps(dataset_as_json(made))
    name = made.tables.get().name
    with pytest.raises(asking.NotAnswered, match="personal data"):
        stepped(binh, made, f"SELECT thu_nhap FROM {name} WHERE ho_va_ten = 'Nguyễn Văn An'")
    step = stepped(binh, made, f"SELECT xa, avg(thu_nhap) AS tb FROM {name} GROUP BY xa ORDER BY xa")
    assert step.table.rows == (("Xã A", 5500.0), ("Xã B", 7000.0)) and step.data_class == DataClass.CONFIDENTIAL


def test_a_bad_file_says_what_to_do_and_leaves_nothing(binh: Actor) -> None:
    made = datasets.begin(by=binh, title="Hỏng", file=ContentFile(b"a,b\n1,\x002\n"), file_name="a.csv")
    with pytest.raises(datasets.Unusable, match="CSV"):
        datasets.load(made)
    made.refresh_from_db()
    assert made.state == "failed" and "NUL" in made.error and not made.tables.exists()


def test_a_step_gives_the_same_again_until_its_data_change(binh: Actor) -> None:
    made = brought(binh, OLD_PROVINCES)
    step = stepped(
        binh, made, f"SELECT tinh, sum(so_ho_so) AS n FROM {made.tables.get().name} GROUP BY tinh ORDER BY n"
    )
    again = steps.rerun(step)
    assert again.is_same and not again.changed
    other = brought(binh, OLD_PROVINCES.replace("100", "120"), title="Khác")
    datasets.replace_with(made, other)
    table = made.tables.get()
    table.name = step.inputs[0]["table"]
    table.save()
    again = steps.rerun(step)
    assert not again.is_same and again.changed == (table.name,)
    found = steps.differences(step.table, again.outcome.result)
    assert [(one.column, one.before, one.now) for one in found] == [("n", 200, 240)]


def test_an_export_runs_without_khue_and_gives_the_same(
    binh: Actor, client: Client, cast: Cast, tmp_path: Path
) -> None:
    made = brought(binh, OLD_PROVINCES, origin="Số liệu giả định")
    step = stepped(
        binh, made, f"SELECT nam, sum(so_ho_so) AS n FROM {made.tables.get().name} GROUP BY nam ORDER BY nam"
    )
    client.force_login(cast.binh)
    answer = client.get(f"/work/data/worksheets/{step.analysis_id}/export/")
    (tmp_path / "w.zip").write_bytes(b"".join(answer.streaming_content))
    with zipfile.ZipFile(tmp_path / "w.zip") as archive:
        archive.extractall(tmp_path)
    # -I and -S with the site packages alone: neither this source nor Django's settings can be reached
    site = str(Path(duckdb.__file__).parents[1])
    run = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {site!r}]; import run; sys.exit(run.main())"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", run], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 steps give the same result." in done.stdout
    assert json.loads((tmp_path / "worksheet.ipynb").read_text())["nbformat"] == 4


def test_confidential_data_stay_and_only_their_digest_goes(binh: Actor, client: Client, cast: Cast) -> None:
    import io

    made = brought(binh, PEOPLE)
    step = stepped(binh, made, f"SELECT count(*) AS n FROM {made.tables.get().name}")
    client.force_login(cast.binh)
    answer = client.get(f"/work/data/worksheets/{step.analysis_id}/export/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".parquet")]
        assert json.loads(archive.read("manifest.json"))["tables"][0]["digest"] == made.tables.get().digest


def test_postgresql_gives_the_same(binh: Actor) -> None:
    """The same analysis on an engine that serves many machines: transpiled, run there, results equal."""
    made = brought(binh, OLD_PROVINCES)
    table = made.tables.get()
    sql = (
        f"SELECT tinh, CAST(avg(diem) AS DOUBLE) AS diem, count(*) FILTER (WHERE nam = 2024) AS n, "
        f"sum(so_ho_so) AS tong FROM {table.name} WHERE tinh <> 'Cả nước' GROUP BY tinh ORDER BY tong DESC LIMIT 2"
    )
    step = stepped(binh, made, sql)
    with tables.opened(tables.of_datasets([made])) as engine:
        rows = engine.query(f"SELECT * FROM {table.name}").rows
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE {table.name} (tinh text, nam bigint, so_ho_so bigint, diem double precision)"
        )
        cursor.executemany(f"INSERT INTO {table.name} VALUES (%s, %s, %s, %s)", rows)
        cursor.execute(transpiled(step.sql, "postgres"))
        there = cursor.fetchall()
    assert [(tinh, diem, n, int(tong)) for tinh, diem, n, tong in there] == [tuple(row) for row in step.table.rows]


def test_data_are_their_owners_until_shared(binh: Actor, cast: Cast) -> None:
    made = brought(binh, OLD_PROVINCES)
    chi = actor_of(cast.chi.pk)
    assert not Dataset.objects.visible_to(chi).exists()
    Dataset.objects.update(is_shared=True)
    assert Dataset.objects.visible_to(chi).get() == made
    assert not Dataset.objects.visible_to(actor_of(cast.hai.pk)).exists()
    with pytest.raises(UserError):
        datasets.delete(by=actor_of(cast.an.pk), dataset=made)
