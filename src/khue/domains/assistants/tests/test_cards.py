"""A question about a procedure is answered from its fields: the card at once, several to choose from, then words."""

import gzip
import json

import pytest

from khue.domains.assistants.actions import assistants, benches, visits
from khue.domains.assistants.definition.file import Question
from khue.domains.assistants.definition.shape import Definition
from khue.domains.assistants.models import Outcome
from khue.domains.assistants.tests.conftest import DEFINITION
from khue.domains.knowledge import api as knowledge
from khue.domains.knowledge.actions import indexing
from khue.domains.procedures import api as procedures
from khue.domains.procedures.tests.conftest import BIRTH


@pytest.fixture
def assistant(transactional_db, an, embedding_server, no_model, tmp_path):
    place = knowledge.create_collection("Thủ tục", by=an, data_class=knowledge.DataClass.PUBLIC)
    path = tmp_path / "procedures.jsonl.gz"
    with gzip.open(path, "wt") as lines:
        lines.write(json.dumps(BIRTH, ensure_ascii=False) + "\n")
    procedures.ingest(path, collection=place.id, by=an)
    indexing.embed_waiting()
    procedures.embed_names()
    shape = DEFINITION | {"knowledge": {"procedures": {}}}
    return assistants.create(by=an, name="Hộ tịch", definition=Definition.model_validate(shape))


@pytest.fixture
def ask(assistant, an):
    version = assistants.freeze(by=an, assistant=assistant)

    def asked(question, **more):
        return visits.ask(assistant=assistant, question=question, version=version, **more)

    return asked


def test_the_card_is_there_before_any_words(ask):
    message = ask(f"{BIRTH['ten_thu_tuc']} hết bao nhiêu tiền?")
    assert message.outcome == Outcome.ANSWERING and message.card["code"] == BIRTH["ma_thu_tuc"]
    assert message.card["asked"] == ["fee"] and "8.000" in message.answer["answer"]
    assert message.answer["timings"]["card_ms"] > 0


def test_words_come_from_the_document_of_the_card_only(ask):
    message = ask(f"vợ em mới sinh bé, {BIRTH['ten_thu_tuc']} hết bao nhiêu tiền ạ?")
    for _event in visits.stream(message=message):
        pass
    cited = {c["document"] for s in message.answer["sentences"] for c in s["citations"]}
    assert message.outcome == Outcome.ANSWERED and cited == {message.card["document_id"]}


def test_a_chosen_procedure_is_shown(ask, an):
    [found] = procedures.match(BIRTH["ten_thu_tuc"], actor=an).best
    message = ask("cái đó", procedure_id=found.procedure_id)
    assert message.card["code"] == BIRTH["ma_thu_tuc"]


def test_a_follow_up_stays_with_its_procedure(ask):
    first = ask(f"{BIRTH['ten_thu_tuc']} hết bao nhiêu tiền?")
    second = ask("Còn thời hạn thì sao?", visit=first.visit)
    assert second.card["code"] == first.card["code"] and second.card["asked"] == ["time"]


def test_what_is_about_no_procedure_of_its_scope_is_declined(ask, assistant, an):
    assert ask("Giá vàng hôm nay bao nhiêu?").outcome == Outcome.ABSTAINED
    assistants.change(by=an, assistant=assistant, changes={"knowledge": {"procedures": {"codes": ["1.000000"]}}})
    version = assistants.freeze(by=an, assistant=assistant)
    other = visits.ask(assistant=assistant, question=f"{BIRTH['ten_thu_tuc']}?", version=version)
    assert other.outcome == Outcome.ABSTAINED and other.card is None


def test_a_bench_counts_the_card_as_source_and_content(assistant, an):
    from khue.domains.assistants.actions import questions

    asked = Question(
        question=f"{BIRTH['ten_thu_tuc']} hết bao nhiêu tiền?", source=BIRTH["ma_thu_tuc"], answer="8.000 đồng"
    )
    questions.add(by=an, assistant=assistant, question=asked)
    run = benches.work(benches.start(by=an, assistant=assistant, later=False).pk)
    assert run.totals["right_source"] == run.totals["right_answer"] == 1.0
