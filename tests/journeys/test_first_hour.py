"""The first hour: fresh state, up, records of the portal, questions in three languages, one about something else."""

import json

import pytest
import yaml
from django.conf import settings

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(600)]

COLLECTION = "Thủ tục của xã"
LIBRARY_CARD = {
    "ma_thu_tuc": "9.000301",
    "ten_thu_tuc": "Cấp thẻ bạn đọc của thư viện cấp xã",
    "linh_vuc": "Văn hóa",
    "cap_thuc_hien": "Cấp xã",
    "doi_tuong_thuc_hien": "Công dân Việt Nam",
    "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
    "cach_thuc_thuc_hien": (
        "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việc12,000 VNĐTrực tiếp1 Ngày15,000 VNĐ"
    ),
    "thanh_phan_ho_so": (
        "--Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai cấp thẻ bạn đọcMẫu số 05.docx1 bản chínhẢnh chân dung2 bản chính"
    ),
    "ket_qua_xu_ly": "Thẻ bạn đọcMã: KQ.G15.000301Từ khóaKhông có thông tinMô tảKhông có thông tin",
}
MARKET_STALL = {
    "ma_thu_tuc": "9.000302",
    "ten_thu_tuc": "Thuê chỗ bán hàng tại chợ phiên",
    "linh_vuc": "Thương mại",
    "cap_thuc_hien": "Cấp xã",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 Ngày làm việcMiễn phí",
}
ANSWER = {"answer", "abstained", "language", "sentences", "evidence", "timings", "model"}
CITATION = {"document", "title", "page", "quote", "start", "end"}
CITED = """select d.file_name, substr(t.text, %s + 1, %s - %s) from knowledge_document d
           join knowledge_documenttext t on t.document_id = d.id where d.id = %s::uuid"""


def demo_questions():
    listed = yaml.safe_load((settings.CONTENT / "demo" / "questions.yaml").read_text())["questions"]
    return {question["id"]: question for question in listed if question["split"] == "report"}


@pytest.fixture(scope="module")
def ingested(khue, tmp_path_factory):
    path = tmp_path_factory.mktemp("portal") / "procedures.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) for record in (LIBRARY_CARD, MARKET_STALL)]
    path.write_text("\n".join(lines), encoding="utf-8")
    words = ("--collection", COLLECTION, "--kind", "procedures", "--class", "public", "--json")
    return khue.khue("ingest", str(path), *words)


@pytest.fixture
def ask(khue, ingested, all_read):
    def ask(question, *options, exit_code=0):
        done = khue.khue("ask", question, *options, "--json")
        assert done.returncode == exit_code, done.stdout + done.stderr
        return json.loads(done.stdout)

    return ask


def check_shape(result):
    assert set(result) == ANSWER
    assert set(result["timings"]) == {"evidence_ms", "first_token_ms", "total_ms"}
    for sentence in result["sentences"]:
        assert set(sentence) == {"text", "supported", "citations"}
        assert all(set(citation) == CITATION for citation in sentence["citations"])
    for item in result["evidence"]:
        assert set(item) == {"document", "title", "score", "text"}


def check_cited(result, records):
    """Every sentence shown as supported stands on words of a document; the names of the files that were cited."""
    supported = [sentence for sentence in result["sentences"] if sentence["supported"]]
    assert supported and all(sentence["citations"] for sentence in supported)
    files = set()
    for citation in [citation for sentence in supported for citation in sentence["citations"]]:
        start, end = citation["start"], citation["end"]
        file, words = records.one(CITED, start, end, start, citation["document"])
        assert citation["quote"] == words
        files.add(file)
    return files


def said(result):
    """The answer and what it quotes."""
    quotes = [c["quote"] for s in result["sentences"] if s["supported"] for c in s["citations"]]
    return "\n".join([result["answer"], *quotes])


def test_records_of_the_portal_are_brought_in(ingested):
    assert ingested.returncode == 0, ingested.stderr
    result = json.loads(ingested.stdout)
    assert (result["added"], result["failed"]) == (2, [])


def test_a_code_finds_its_procedure_first(khue, ingested):
    done = khue.khue("search", "9.000302", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["title"].endswith(MARKET_STALL["ten_thu_tuc"])


def test_a_fee_is_answered_from_the_records(ask, records):
    result = ask("Cấp thẻ bạn đọc của thư viện, nộp trực tuyến thì lệ phí bao nhiêu?", "--collection", COLLECTION)
    check_shape(result)
    check_cited(result, records)
    assert not result["abstained"] and "12.000" in said(result)


@pytest.mark.parametrize("name", ["vi-01", "en-01", "fr-01"])
def test_each_language_gets_a_cited_and_checked_answer(ask, records, name):
    question = demo_questions()[name]
    result = ask(question["text"])
    check_shape(result)
    assert (result["abstained"], result["language"]) == (False, question["language"])
    assert result["model"]
    files = check_cited(result, records)
    assert question["document"].rpartition("/")[2] in files
    assert question["answer"] in said(result)


def test_a_question_outside_the_library_gets_no_answer(ask):
    result = ask(demo_questions()["vi-25"]["text"], exit_code=1)
    check_shape(result)
    assert result["abstained"] and not any(sentence["supported"] for sentence in result["sentences"])
