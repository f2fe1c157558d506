"""khue search, khue index and khue eval retrieval as a user runs them: output and exit."""

import json

import pytest
from typer.testing import CliRunner

from khue.cli.main import app, gather
from khue.domains.knowledge import api
from khue.domains.people import api as people
from khue.domains.people.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def _gathered():
    if not app.registered_commands:
        gather()


@pytest.fixture
def run(settings, tmp_path, embedding_server):
    settings.KHUE_HOME = tmp_path
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def library(run):
    organisation = Organisation.objects.create(slug="hv", kind="academy", names={"vi": "Học viện"}, path="hv/")
    person = Person.objects.create(username="an")
    Membership.objects.create(person=person, organisation=organisation, role=people.Role.ADMINISTRATOR)
    by = people.operator()
    place = api.create_collection("Thủ tục", by=by)
    blocks = tuple(api.paragraphs("Đăng ký khai sinh không thu lệ phí."))
    api.add_document(place.id, api.NewDocument("Khai sinh", blocks, codes=("1.001193",)), by=by)
    return place


@pytest.mark.parametrize("words", ["lệ phí khai sinh", "le phi khai sinh", "1.001193"])
def test_search_prints_what_it_found(run, library, words):
    result = run("search", words, "--collection", "Thủ tục", "--json")
    assert result.exit_code == 0
    [hit] = json.loads(result.stdout)
    assert set(hit) == {"document", "passage", "title", "score", "text"}
    assert (hit["title"], hit["text"]) == ("Khai sinh", "Đăng ký khai sinh không thu lệ phí.")


def test_search_that_finds_nothing_says_so_by_its_exit(run, library):
    api.delete_collection(library.id, by=None)
    result = run("search", "khai sinh", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])


def test_an_unknown_collection_is_wrong_use(run, library):
    result = run("search", "khai sinh", "--collection", "Không có", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""


def test_rebuilding_counts_the_passages(run, library):
    assert "1 passages" in run("index", "rebuild").stdout


def test_eval_works_on_an_empty_installation(run, tmp_path):
    passages, queries = tmp_path / "p.jsonl", tmp_path / "q.jsonl"
    passages.write_text('{"id": "a", "text": "Đăng ký khai sinh không thu lệ phí."}\n', encoding="utf-8")
    queries.write_text(
        '{"id": "1", "text": "lệ phí khai sinh", "positive_ids": ["a"]}\n'
        '{"id": "2", "text": "x", "positive_ids": []}\n',
        encoding="utf-8",
    )
    result = run("eval", "retrieval", "--passages", str(passages), "--queries", str(queries), "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert (figures["n"], figures["recall@1"], figures["mrr@10"]) == (1, 1.0, 1.0)


def test_eval_refuses_what_is_not_json(run, tmp_path):
    broken = tmp_path / "p.jsonl"
    broken.write_text("no json\n")
    result = run("eval", "retrieval", "--passages", str(broken), "--queries", str(broken), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
