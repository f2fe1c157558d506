import pytest

from khue.domains.knowledge.models import Collection, Document, Passage
from khue.domains.procedures import api
from khue.domains.procedures.models import Procedure
from khue.domains.procedures.tests.conftest import BIRTH, LICENCE
from khue.kernel.errors import NotAllowed


def test_a_fee_and_a_time_limit_are_fields(library, lines, an):
    api.ingest(lines(BIRTH), collection=library.id, by=an)
    online, desk = Procedure.objects.get().channels.all()
    assert (online.form, online.time_days, online.fee_amount, online.fee_currency) == ("online", 2, 4000, "VND")
    assert (desk.form, desk.time_unit, desk.fee_amount) == ("in_person", "day", 8000)


def test_the_document_carries_codes_and_facts(library, lines, an):
    api.ingest(lines(BIRTH), collection=library.id, by=an)
    document = Document.objects.get()
    assert (document.kind, document.codes) == ("procedure", ["9.000193", "999/QĐ-THU"])
    assert {fact["label"]["en"]: fact["value"] for fact in document.facts} == {
        "Procedure code": "9.000193",
        "Time limit": "2 ngày làm việc; 1 ngày",
        "Fee": "4.000 đồng; 8.000 đồng",
        "Agency": "Ủy ban nhân dân cấp xã",
        "Level": "Cấp xã",
    }


def test_each_section_is_a_passage_that_speaks_for_itself(library, lines, an):
    api.ingest(lines(BIRTH), collection=library.id, by=an)
    passages = {p.heading: p.text for p in Passage.objects.all()}
    name = "Đăng ký khai sinh (bản thử)"
    assert passages[f"{name} › Cách thức thực hiện, thời hạn, phí và lệ phí"] == (
        "Nộp trực tuyến: thời hạn giải quyết 2 ngày làm việc; phí, lệ phí: 4.000 đồng (4.000 đồng/lần).\n"
        "Nộp trực tiếp: thời hạn giải quyết 1 ngày; phí, lệ phí: 8.000 đồng."
    )
    assert passages[f"{name} › Thành phần hồ sơ"] == (
        "- Tờ khai đăng ký khai sinh theo mẫu (1 bản chính); mẫu: Mẫu số 01.docx.\n"
        "- Giấy chứng sinh (1 bản chính, 1 bản sao)."
    )
    assert passages[f"{name} › Căn cứ pháp lý"] == "Luật Hộ tịch (60/2014/QH13)."
    assert not any("Yêu cầu" in heading for heading in passages)


def test_what_could_not_be_placed_stays_readable(library, lines, an):
    api.ingest(lines(BIRTH | {"can_cu_phap_ly": "Luật không có số hiệu"}), collection=library.id, by=an)
    assert Passage.objects.filter(heading__endswith="Nội dung khác trên cổng", text="Luật không có số hiệu").exists()
    assert Procedure.objects.get().lost == len("Luậtkhôngcósốhiệu")


def test_a_second_time_changes_nothing(library, lines, an):
    path = lines(BIRTH, LICENCE)
    first = api.ingest(path, collection=library.id, by=an)
    second = api.ingest(path, collection=library.id, by=an)
    assert (first.added, second.added, second.duplicates) == (2, 0, 2)
    assert second.documents == first.documents
    assert (Procedure.objects.count(), Document.objects.count()) == (2, 2)


def test_a_changed_record_replaces_the_older(library, lines, an):
    api.ingest(lines(BIRTH, LICENCE), collection=library.id, by=an)
    changed = api.ingest(lines(BIRTH | {"linh_vuc": "Tư pháp"}), collection=library.id, by=an)
    assert (changed.added, changed.replaced) == (1, 1)
    assert Procedure.objects.get(code="9.000193").sector == "Tư pháp"
    assert Document.objects.count() == 2


def test_a_line_without_a_code_is_refused_and_the_rest_goes_on(library, lines, an):
    done = api.ingest(lines({"ten_thu_tuc": "Không mã"}, BIRTH), collection=library.id, by=an)
    assert [(refused.line, refused.reason) for refused in done.refused] == [(1, "no ma_thu_tuc")]
    assert done.added == 1


def test_a_file_of_another_kind(library, tmp_path, an):
    path = tmp_path / "other.jsonl"
    path.write_text("not json")
    with pytest.raises(api.UnreadableRecords, match="line 1"):
        api.ingest(path, collection=library.id, by=an)


def test_nobody_adds_to_another_organisations_collection(library, lines, chi):
    with pytest.raises((Collection.DoesNotExist, NotAllowed)):
        api.ingest(lines(BIRTH), collection=library.id, by=chi)


def test_progress_tells_the_lines_done(library, lines, an):
    told = []
    api.ingest(lines(BIRTH, LICENCE), collection=library.id, by=an, progress=told.append)
    assert told == [2]
