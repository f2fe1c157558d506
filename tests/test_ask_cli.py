"""khue ask and khue eval grounding as a user runs them: output, exit, and nothing left behind."""

import json

import pytest
from typer.testing import CliRunner

from khue.cli.main import app, gather
from khue.domains.knowledge import api
from khue.domains.knowledge.models import Collection, Conversation
from khue.domains.people import api as people
from khue.domains.people.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db(transaction=True)

BIRTH = """Đăng ký khai sinh phải làm trong thời hạn 60 ngày kể từ ngày sinh con.
Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng."""
OTHERS = [
    ("Hộ chiếu", "Hộ chiếu phổ thông có giá trị 10 năm."),
    ("Thường trú", "Công dân đăng ký thường trú tại công an cấp xã."),
]
FEE = "Lệ phí đăng ký khai sinh quá hạn là bao nhiêu?"


@pytest.fixture(scope="module", autouse=True)
def _gathered():
    if not app.registered_commands:
        gather()


@pytest.fixture
def run(settings, tmp_path, embedding_server, model_server):
    settings.KHUE_HOME = tmp_path
    model_server.answers = ["Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng."]
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def library(run):
    organisation = Organisation.objects.create(slug="hv", kind="academy", names={"vi": "Học viện"}, path="hv/")
    person = Person.objects.create(username="an")
    Membership.objects.create(person=person, organisation=organisation, role=people.Role.ADMINISTRATOR)
    by = people.operator()
    place = api.create_collection("Thủ tục", by=by)
    for title, text in [("Đăng ký khai sinh", BIRTH), *OTHERS]:
        api.add_document(place.id, api.NewDocument(title, tuple(api.paragraphs(text))), by=by)
    api.embed_waiting()
    return place


def test_ask_prints_the_checked_answer(run, library):
    result = run("ask", FEE, "--collection", "Thủ tục", "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert set(said) == {
        "answer", "abstained", "language", "sentences", "evidence", "timings", "model",
    }  # fmt: skip
    assert (said["abstained"], said["language"], said["model"]) == (False, "vi", "fake")
    first = said["sentences"][0]
    assert set(first) == {"text", "supported", "citations"}
    assert set(first["citations"][0]) == {"document", "title", "page", "quote", "start", "end"}
    assert set(said["evidence"][0]) == {"document", "title", "score", "text"}
    assert set(said["timings"]) == {"evidence_ms", "first_token_ms", "total_ms"}
    assert not Conversation.objects.exists()


def test_ask_says_by_its_exit_that_it_has_no_backed_answer(run, library):
    result = run("ask", "Đỉnh núi cao nhất châu Phi tên là gì?", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["abstained"]


def test_ask_names_what_went_wrong(run, library, model_server):
    model_server.failure = "refuse"
    result = run("ask", FEE, "--json")
    assert result.exit_code == 1
    assert result.stderr.strip()
    assert json.loads(result.stdout)["evidence"]


@pytest.mark.parametrize("words", [("ask", ""), ("ask", FEE, "--collection", "Không có")])
def test_ask_refuses_wrong_use(run, library, words):
    result = run(*words, "--json")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.fixture
def files(tmp_path):
    passages, queries = tmp_path / "p.jsonl", tmp_path / "q.jsonl"
    texts = [("Đăng ký khai sinh", BIRTH), *OTHERS]
    records = [{"id": str(n), "title": title, "text": text, "art": n} for n, (title, text) in enumerate(texts)]
    passages.write_text("".join(json.dumps(record) + "\n" for record in records))
    asked = [
        {"id": "a", "text": FEE, "positive_ids": ["0"], "answers": ["8.000 đồng"], "answerable": True, "art": 0},
        {"id": "b", "text": "Đỉnh núi cao nhất châu Phi?", "positive_ids": [], "answers": [], "answerable": False},
    ]
    queries.write_text("".join(json.dumps(record) + "\n" for record in asked))
    return "--passages", str(passages), "--queries", str(queries)


def test_eval_grounding_asks_what_it_should_and_leaves_nothing_behind(run, files):
    result = run("eval", "grounding", *files, "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert list(figures) == [
        "n_answerable", "n_unanswerable", "answer_f1", "contains_answer", "false_abstain", "abstain_on_unanswerable",
        "unsupported_sentences", "evidence_ms_p50", "first_token_ms_p50", "total_ms_p50",
    ]  # fmt: skip
    assert (figures["n_answerable"], figures["n_unanswerable"]) == (1, 1)
    assert (figures["contains_answer"], figures["false_abstain"], figures["abstain_on_unanswerable"]) == (1.0, 0.0, 1.0)
    assert not Collection.objects.exists()
    assert not Person.objects.exists()


def test_a_question_whose_article_is_withheld_counts_as_unanswerable(run, files):
    figures = json.loads(run("eval", "grounding", *files, "--withhold", "1", "--json").stdout)
    assert (figures["n_answerable"], figures["n_unanswerable"]) == (0, 2)
    assert figures["abstain_on_unanswerable"] == 1.0
    assert figures["contains_answer"] is None


def test_eval_refuses_what_is_not_json(run, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("no json\n")
    result = run("eval", "grounding", "--passages", str(broken), "--queries", str(broken), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
