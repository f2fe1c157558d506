"""Which procedure a question means, over a handful of records: everyday words, marks left out, levels, who may read."""

import pytest

from khue.domains.procedures import api
from khue.domains.procedures.api import ProcedureScope

pytestmark = pytest.mark.django_db

NAMES = {
    "9.000001": ("Thủ tục đăng ký khai sinh", "Hộ tịch", "Cấp xã"),
    "9.000002": ("Thủ tục đăng ký khai sinh có yếu tố nước ngoài", "Hộ tịch", "Cấp xã"),
    "9.000003": ("Thủ tục đăng ký lại khai sinh", "Hộ tịch", "Cấp xã"),
    "9.000004": ("Đổi giấy phép lái xe", "Đường bộ", "Cấp tỉnh"),
    "9.000005": ("Cấp lại giấy phép lái xe", "Đường bộ", "Cấp tỉnh"),
    "9.000006": ("Cấp lại thẻ căn cước (thực hiện tại cấp trung ương)", "Căn cước", "Cấp bộ"),
    "9.000007": ("Cấp lại thẻ căn cước", "Căn cước", "Cấp xã"),
    "9.000008": ("Đăng ký thường trú", "Cư trú", "Cấp xã"),
    "9.000009": ("Tách hộ", "Cư trú", "Cấp xã"),
    "9.000010": ("Thủ tục hải quan đối với tàu bay quá cảnh", "Hải quan", "Cấp bộ"),
    "9.000011": ("Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh", "Cấp xã"),
}


@pytest.fixture
def known(lines, library, an):
    records = [
        {"ma_thu_tuc": code, "ten_thu_tuc": name, "linh_vuc": field, "cap_thuc_hien": level}
        for code, (name, field, level) in NAMES.items()
    ]
    api.ingest(lines(*records), collection=library.id, by=an)


def first(question, actor, **scope):
    found = api.match(question, actor=actor, scope=ProcedureScope(**scope))
    return found.best[0].code if found.best else None


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("làm giấy khai sinh cho con", "9.000001"),
        ("lam giay khai sinh cho con", "9.000001"),
        ("Con tôi có bố là người Pháp, khai sinh ở đâu?", "9.000002"),
        ("mất bản gốc giấy khai sinh, xin làm lại", "9.000003"),
        ("đổi bằng lái", "9.000004"),
        ("rớt mất bằng lái rồi", "9.000005"),
        ("chuyển hộ khẩu về nhà chồng", "9.000008"),
        ("muốn tách sổ hộ khẩu", "9.000009"),
        ("How do I renew my driving licence?", "9.000004"),
        ("J'ai perdu mon permis de conduire", "9.000005"),
        ("mở quán phở thì đăng ký gì", "9.000011"),
    ],
)
def test_everyday_words_find_the_procedure(known, an, question, code):
    assert first(question, an) == code


def test_cost_is_not_taken_for_a_loss(known, an):
    assert first("làm giấy khai sinh có mất tiền không", an) == "9.000001"


def test_a_citizen_is_sent_to_the_commune_before_the_ministry(known, an):
    found = api.match("mất căn cước làm lại", actor=an)

    assert [one.code for one in found.best[:2]] == ["9.000007", "9.000006"]
    assert found.decided
    assert not found.ask_back


def test_what_may_mean_several_asks_back(known, an):
    found = api.match("giấy phép lái xe", actor=an)

    assert not found.decided
    assert {"9.000004", "9.000005"} <= {choice.code for choice in found.ask_back}
    assert {choice.label for choice in found.ask_back} >= {"Đổi giấy phép lái xe", "Cấp lại giấy phép lái xe"}


def test_a_code_is_taken_at_its_word(known, an):
    found = api.match("9.000010 cần gì?", actor=an)

    assert found.decided
    assert found.best[0].code == "9.000010"


@pytest.mark.parametrize("question", ["Ngày mai Hà Nội có mưa không?", "🙂🙂", "   ", "recette du bœuf bourguignon"])
def test_another_topic_is_outside(known, an, question):
    found = api.match(question, actor=an)

    assert found.outside
    assert not found.decided
    assert not found.ask_back


def test_fifty_thousand_characters_are_answered(known, an):
    assert api.match("mưa " * 12500, actor=an).outside


def test_a_scope_holds_what_is_found(known, an):
    assert first("làm giấy khai sinh cho con", an, fields=("Cư trú",)) != "9.000001"
    assert first("mất căn cước làm lại", an, levels=("Cấp bộ",)) == "9.000006"
    assert first("giấy khai sinh", an, codes=("9.000003",)) == "9.000003"
    assert api.match("giấy khai sinh", actor=an, scope=ProcedureScope(codes=("0.000000",))).outside


def test_who_may_not_read_the_library_finds_nothing_of_it(known, chi):
    found = api.match("làm giấy khai sinh cho con", actor=chi)

    assert not found.best
    assert found.outside


def test_what_comes_later_is_found_at_once(known, lines, library, an):
    record = {"ma_thu_tuc": "9.000012", "ten_thu_tuc": "Đăng ký khai tử", "cap_thuc_hien": "Cấp xã"}
    assert first("ông tôi mới mất, làm giấy chứng tử", an) != "9.000012"

    api.ingest(lines(record), collection=library.id, by=an)

    assert first("ông tôi mới mất, làm giấy chứng tử", an) == "9.000012"
