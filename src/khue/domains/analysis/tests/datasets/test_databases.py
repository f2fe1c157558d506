"""Tables of a database become data: read only, named in a file, nothing of its account shown. The source is the tests'
own PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from khue.domains.analysis.actions import databases, datasets
from khue.domains.analysis.models import Dataset, DatasetState
from khue.domains.people.api import actor_of
from khue.domains.people.tests.cast import Cast
from khue.gateway import api as gateway
from khue.gateway.databases import file as listed

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "mat-khau-rieng"


@pytest.fixture
def permit(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """`permit(rows=…, user=…)`: the tests' database as one that may be read."""
    own = django_settings.DATABASES["default"]

    def write(*, user: str = "doc_so_lieu", database: str = "", **more: Any) -> None:
        host = own["HOST"].replace("/", "%2F")
        url = f"postgresql://{user}@{host}:{own['PORT'] or 5432}/{database or connection.settings_dict['NAME']}"
        row = {"name": "so-goc", "title": "Sổ gốc", "url": url, "class": "internal", "schemas": ["thu"]} | more
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yaml"
        path.write_text(yaml.safe_dump({"databases": [row]}), encoding="utf-8")
        settings.KHUE_DATABASES = str(path)

    monkeypatch.setenv("SO_GOC", SECRET)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS thu CASCADE; DROP ROLE IF EXISTS doc_so_lieu")
        cursor.execute("CREATE SCHEMA thu; CREATE TABLE thu.ho_so (tinh text, nam int, phi numeric, ngay date)")
        cursor.execute("COMMENT ON COLUMN thu.ho_so.phi IS 'Phí (đồng)'")
        cursor.execute(
            "INSERT INTO thu.ho_so SELECT 'Huế', 2020 + n % 5, n * 1000.5, date '2024-01-01' + n "
            "FROM generate_series(1, 500) n"
        )
        cursor.execute(f"CREATE ROLE doc_so_lieu LOGIN PASSWORD '{SECRET}'")
        cursor.execute("GRANT USAGE ON SCHEMA thu TO doc_so_lieu; GRANT ALL ON thu.ho_so TO doc_so_lieu")
        cursor.execute("CREATE TABLE thu.cua_nguoi_khac (a int); ANALYZE thu.ho_so")
    yield write
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA thu CASCADE; DROP ROLE doc_so_lieu")


def copied(cast: Cast, **more: Any) -> Dataset:
    by = actor_of(cast.binh.pk)
    facts = {"tables": ["thu.ho_so"], "title": "Hồ sơ", "data_class": 0} | more
    return databases.copy(databases.begin(by=by, database=databases.permitted(by)[0], **facts))


def fault(name: str, cast: Cast) -> str:
    with pytest.raises(gateway.DatabaseFault) as caught:
        caller = gateway.Caller(cast.binh.pk, cast.academy.pk, "analysis")
        with gateway.opened_database(name, caller=caller, lineage=("hoc-vien",)) as session:
            list(session.rows("thu.ho_so", session.columns("thu.ho_so")))
    return caught.value.code


def test_tables_are_copied_with_day_and_digest_and_copied_again(cast: Cast, permit: Any) -> None:
    permit()
    by = actor_of(cast.binh.pk)
    assert [one.id for one in databases.tables_of(by, "so-goc")] == ["thu.ho_so"], "what it may not read is not shown"
    made = copied(cast)
    table = made.tables.get()
    assert (made.state, table.rows, made.data_class) == (DatasetState.READY, 500, gateway.DataClass.INTERNAL)
    assert {one["title"] for one in table.profile["columns"]} == {"tinh", "nam", "Phí (đồng)", "ngay"}
    assert made.source["at"] and len(table.digest) == 64
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO thu.ho_so VALUES ('Đà Nẵng', 2024, 8000, '2024-05-05')")
    databases.refresh(by=by, dataset=made)
    again = databases.copy(Dataset.objects.get(pk=made.pk)).tables.get()
    assert (again.rows, again.name) == (501, table.name) and again.digest != table.digest
    targets = [entry.facts.get("target", "") for entry in gateway.entries(gateway.Filter(kinds=("database",)))]
    assert targets and all("doc_so_lieu" not in target for target in targets)


def test_nothing_can_be_written(cast: Cast, permit: Any) -> None:
    """Though the account might."""
    permit()
    caller = gateway.Caller(cast.binh.pk, cast.academy.pk, "analysis")
    with (
        pytest.raises(gateway.DatabaseFault, match="rights"),
        gateway.opened_database("so-goc", caller=caller, lineage=()) as session,
    ):
        session._connection.execute("DELETE FROM thu.ho_so")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thu.ho_so")
        assert cursor.fetchone() == (500,)


def test_what_is_too_large_or_gone_leaves_what_was_copied(cast: Cast, permit: Any) -> None:
    permit()
    made = copied(cast)
    permit(rows=100)
    with pytest.raises(datasets.Unusable, match="500"):
        databases.copy(made)
    made.refresh_from_db()
    assert made.state == DatasetState.READY and made.tables.get().rows == 500 and "500" in made.source["fault"]
    with connection.cursor() as cursor:
        cursor.execute("REVOKE ALL ON thu.ho_so FROM doc_so_lieu")
    permit()
    assert fault("so-goc", cast) == "gone"


def test_a_wrong_account_and_a_server_that_is_not_there(cast: Cast, permit: Any, settings: Any) -> None:
    permit(database="khong_co")
    assert fault("so-goc", cast) == "unreachable"
    permit(user="khong_ai")
    assert fault("so-goc", cast) == "password"
    permit()
    assert fault("ten-la", cast) == "unknown"


def test_only_permitted_organisations_reach_it(cast: Cast, permit: Any, client: Client) -> None:
    permit(organisations=["co-quan-khac"])
    assert databases.permitted(actor_of(cast.binh.pk)) == [] and fault("so-goc", cast) == "not_permitted"
    client.force_login(cast.binh)
    assert client.get(reverse("analysis:database", args=["so-goc"])).status_code == 404


def test_the_page_shows_tables_and_nothing_of_the_account(cast: Cast, permit: Any, client: Client) -> None:
    permit(password_from="SO_GOC")
    client.force_login(cast.binh)
    assert "Sổ gốc" in client.get(reverse("analysis:index")).content.decode()
    address = reverse("analysis:database", args=["so-goc"])
    page = client.get(address).content.decode()
    assert "thu.ho_so" in page and SECRET not in page and "doc_so_lieu" not in page
    client.post(address, {"title": "Hồ sơ", "tables": ["thu.ho_so"], "data_class": 1})
    made = databases.copy(Dataset.objects.get())
    shown = client.get(reverse("analysis:dataset", args=[made.pk])).content.decode()
    assert "Sổ gốc" in shown and SECRET not in shown and "doc_so_lieu" not in shown
    assert SECRET not in repr(databases.permitted(actor_of(cast.binh.pk)))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"url": "postgresql://a:b@db.example.vn/x"}, "password"),
        ({"url": "postgresql://a@db.example.vn/x?sslkey=/etc/x"}, "sslkey"),
        ({"url": "postgresql://a@one,two/x"}, "one host"),
        ({"url": "mysql://a@db/x"}, "postgresql"),
        ({"url": "postgresql://a@db.example.vn/x", "tls": "off"}, "this machine"),
        ({"class": "secret"}, "secrets"),
        ({"reader": "x"}, "unknown field"),
    ],
)
def test_a_file_that_says_too_much_or_too_little_is_refused(tmp_path: Path, facts: dict[str, str], why: str) -> None:
    row = {"name": "a", "title": "A", "url": "postgresql://a@localhost/x", "class": "internal"} | facts
    path = tmp_path / "databases.yaml"
    path.write_text(yaml.safe_dump({"databases": [row]}), encoding="utf-8")
    with pytest.raises(listed.DatabasesUnusable, match=why):
        listed.read(str(path))
