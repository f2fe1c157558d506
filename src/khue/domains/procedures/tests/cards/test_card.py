"""A card shows what the record's fields say, what is asked first, each row with its source."""

import json

import pytest

from khue.domains.procedures import api
from khue.domains.procedures.models import Procedure
from khue.domains.procedures.tests.conftest import BIRTH

pytestmark = pytest.mark.django_db

MARRIAGE = BIRTH | {
    "ma_thu_tuc": "9.000194",
    "ten_thu_tuc": "Đăng ký kết hôn (bản thử)",
    "thanh_phan_ho_so": (
        "* Giấy tờ phải nộp:Tên giấy tờMẫu đơn, tờ khaiSố lượngTờ khai1 bản chính"
        "Trường hợp người nước ngoàiTên giấy tờMẫu đơn, tờ khaiSố lượngHộ chiếu1 bản sao"
        "Trường hợp quân nhânTên giấy tờMẫu đơn, tờ khaiSố lượngGiấy giới thiệu của đơn vị1 bản chính"
    ),
    "trinh_tu_thuc_hien": (
        "Bước 1: Nộp hồ sơ.\nTrường hợp nộp trực tuyến thì đính kèm bản chụp.\nTrường hợp nộp trực tiếp thì xuất trình "
        "bản chính.\nBước 2: Nhận kết quả."
    ),
}


@pytest.fixture
def shown(lines, library, an):
    def show(record, question="", **more):
        api.ingest(lines(record), collection=library.id, by=an)
        procedure = Procedure.objects.get(code=record["ma_thu_tuc"])
        return api.card(procedure.pk, question=question, actor=an, **more)

    return show


def rows(card):
    return {row.kind: row for row in card.rows}


def test_fees_and_times_stand_with_their_way_to_apply(shown):
    card = shown(BIRTH)

    assert [(item.head, item.text) for item in rows(card)["fee"].items] == [
        ("Trực tuyến", "4.000\xa0₫"),
        ("Trực tiếp", "8.000\xa0₫"),
    ]
    assert rows(card)["fee"].items[0].note == "4.000 đồng/lần"
    assert [item.text for item in rows(card)["time"].items] == ["2 ngày làm việc", "1 ngày"]


def test_labels_are_in_the_readers_language_and_contents_as_written(shown):
    card = shown(BIRTH, language="fr")

    assert rows(card)["papers"].label == "Pièces à fournir"
    assert [item.text for item in rows(card)["papers"].items] == [
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Giấy chứng sinh",
    ]
    assert rows(card)["papers"].items[1].note == "1 original, 1 copie"


def test_what_is_asked_comes_first(shown):
    card = shown(BIRTH, "làm khai sinh mất bao lâu?")

    assert card.asked == ("time",)
    assert card.rows[0].kind == "time"


def test_every_row_names_its_source_and_date(shown):
    card = shown(BIRTH)

    for row in card.rows:
        assert row.source.document_id == card.document_id
        assert row.source.passage
        assert row.source.field in BIRTH
        assert row.date == card.date


def test_no_row_says_what_the_record_does_not(shown):
    card = shown({"ma_thu_tuc": "9.000300", "ten_thu_tuc": "Không có gì"})

    assert card.rows == ()


def test_the_askers_case_stands_apart_from_the_others(shown):
    papers = rows(shown(MARRIAGE, "lấy chồng người nước ngoài cần giấy tờ gì"))["papers"]

    assert [item.text for item in papers.own] == ["Tờ khai", "Hộ chiếu"]
    assert [item.text for item in papers.others] == ["Giấy giới thiệu của đơn vị"]


def test_a_case_may_be_chosen(shown):
    card = shown(MARRIAGE, "giấy tờ gì", case="Trường hợp quân nhân")

    assert card.cases == ("* Giấy tờ phải nộp:", "Trường hợp người nước ngoài", "Trường hợp quân nhân")
    assert "Giấy giới thiệu của đơn vị" in [item.text for item in rows(card)["papers"].own]
    assert "Hộ chiếu" not in [item.text for item in rows(card)["papers"].own]


def test_steps_are_those_of_the_way_that_is_asked_for(shown):
    steps = rows(shown(MARRIAGE, "đăng ký kết hôn trực tuyến thế nào?"))["steps"]

    assert "Trường hợp nộp trực tuyến thì đính kèm bản chụp." in [item.text for item in steps.own]
    assert [item.text for item in steps.others] == ["Trường hợp nộp trực tiếp thì xuất trình bản chính."]


def test_a_card_can_be_sent_as_json(shown):
    found = json.loads(json.dumps(shown(BIRTH).as_json()))

    assert found["code"] == "9.000193"
    assert found["rows"][0]["source"]["document_id"]


def test_a_card_of_another_house_is_not_shown(shown, chi):
    card = shown(BIRTH)

    with pytest.raises(Procedure.DoesNotExist):
        api.card(card.procedure_id, actor=chi)
