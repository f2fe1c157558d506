"""What is found, and what only looks like it. The numbers are made up."""

import unicodedata

import pytest

from khue.gateway.privacy import Kind, scan


def found(text):
    return [(str(each.type), each.text) for each in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Số CCCD 079185012345 cấp năm 2021", [("cccd", "079185012345")]),
        ("CCCD 079 185 012 345", [("cccd", "079 185 012 345")]),
        ("CCCD 0 7 9 1 8 5 0 1 2 3 4 5", [("cccd", "0 7 9 1 8 5 0 1 2 3 4 5")]),
        ("CCCD O79l85O12345", [("cccd", "O79l85O12345")]),
        ("GPLX 079185012345", [("driving_licence", "079185012345")]),
        ("CMND số 012345678", [("cmnd", "012345678")]),
        ("MST 0100109106", [("tax_code", "0100109106")]),
        ("chi nhánh 0100109106-001", [("tax_code", "0100109106-001")]),
        ("MST cá nhân 079185012345", [("cccd", "079185012345")]),
        ("Mã số BHXH 0100109106", [("social_insurance", "0100109106")]),
        ("điện thoại 0912345678, BHXH 0912345678", [("phone", "0912345678"), ("social_insurance", "0912345678")]),
        ("thẻ BHYT GD4797912345678", [("health_insurance", "GD4797912345678")]),
        ("hộ chiếu C1234567", [("passport", "C1234567")]),
        ("STK 0071001234567 tại Vietcombank", [("bank_account", "0071001234567")]),
        ("IBAN FR14 2004 1010 0505 0001 3M02 606", [("bank_account", "FR14 2004 1010 0505 0001 3M02 606")]),
        ("thẻ 4111 1111 1111 1111", [("card", "4111 1111 1111 1111")]),
        ("xe biển số 30A-123.45", [("plate", "30A-123.45")]),
        ("gọi (028) 3829 7611", [("phone", "(028) 3829 7611")]),
        ("tél. 06 12 34 56 78", [("phone", "06 12 34 56 78")]),
        ("phone +44 20 7946 0958", [("phone", "+44 20 7946 0958")]),
        ("thư an.nguyen@example.vn.", [("email", "an.nguyen@example.vn")]),
        ("bà Trần Thị Bình, sinh ngày 05/03/1985", [("person", "Trần Thị Bình"), ("birth_date", "05/03/1985")]),
        ("CCCD_Nguyễn_Văn_An_079185012345.pdf", [("person", "Nguyễn_Văn_An"), ("cccd", "079185012345")]),
        ("ong nguyen van an den hom nay", [("person", "nguyen van an")]),
        ("Mme Claire Dubois, née le 12 mars 1980", [("person", "Claire Dubois"), ("birth_date", "12 mars 1980")]),
        (
            "cư trú tại thôn Đông Hạ, xã Tân Phong, tỉnh Hưng Yên.",
            [("address", "thôn Đông Hạ, xã Tân Phong, tỉnh Hưng Yên")],
        ),
        ("He lives at 14 Maple Avenue, Leeds LS6 2AB.", [("address", "14 Maple Avenue, Leeds LS6 2AB")]),
        ("demeurant 12 rue des Lilas, 75020 Paris", [("address", "12 rue des Lilas, 75020 Paris")]),
    ],
)
def test_personal_data_is_found_with_its_type(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
        "Thủ tục mã 1.004222 thuộc lĩnh vực hộ tịch",
        "Số CCCD 123185012345 có mã tỉnh chưa cấp bao giờ",
        "MST 0100109107 sai số kiểm tra",
        "Mã hồ sơ 079185012345",
        "Hóa đơn số 0912345678",
        "kinh phí 1.234.567.890 đồng",
        "ngày ban hành 12/03/1985, phát sinh ngày 12/3/2024",
        "đường Lê Lợi, Trường THPT Nguyễn Trãi, phường Lê Hồng Phong",
        "UBND phường Bến Nghé, Quận 1 tổ chức tiếp công dân",
        "TP. Hồ Chí Minh, Bà Rịa - Vũng Tàu, Cao Bằng, Thái Nguyên",
        "Nguyen Du High School, Charles de Gaulle airport",
        "Theo Quy định số 114-QĐ/TW, Ban Thường vụ xem xét",
        "TÊN CƠ QUAN, QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ; QUẢN LÝ VĂN BẢN ĐẾN",
        "Phó Viện trưởng và Phó Chánh Thanh tra dự họp",
        "Bước 1: Tiếp nhận đơn, Thư ký Tòa án vào sổ",
        "Hội thi Tiếng hát, Cổng Dịch vụ công Quốc gia, Đô thị Thông minh",
        "Dear Sir or Madam, Kind regards, The Records Office",
    ],
)
def test_what_only_looks_like_it_is_left(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4|Phạm Như Quỳnh|nữ|1999|3133059090", {"person", "birth_date", "social_insurance"}),
        ("KOWALSKI, Andrzej / 19 January 1971 / B44811812", {"person", "birth_date", "passport"}),
        ("Con: Mai Tấn Dũng (2011), Mai Bảo Quyên (2016)", {"person", "birth_date"}),
        ("CT tu 0628194821993 TRAN VAN TUAN tai TECHCOMBANK", {"person", "bank_account"}),
    ],
)
def test_in_a_row_with_a_person_a_bare_number_says_what_it_is(text, expected):
    assert {type_ for type_, _text in found(text)} == expected


def test_a_year_behind_an_author_is_no_date_of_birth():
    assert "birth_date" not in [type_ for type_, _text in found("Theo ông Trần Văn Bình (2019), thủ tục còn dài")]


@pytest.mark.parametrize(
    "text",
    [
        "Quê quán: Gia Viễn, Ninh Bình",
        "Tổ 12, Khuê Trung, Cẩm Lệ, Đà Nẵng",
        "15B Lê Thánh Tôn, Bến Nghé, Q1, HCM",
        "tổ dân phố số 7, phường Hòa Khánh, thành phố Đà Nẵng",
        "12 Tran Phu St., Hai Ba Trung Dist., Ha Noi",
    ],
)
def test_an_address_is_found_to_its_end(text):
    address = text.removeprefix("Quê quán: ")
    assert found(f"Nơi ở: {text}" if address == text else text) == [("address", address)]


@pytest.mark.parametrize("label", ["Số CMND", "Citizen ID", "carte d'identité"])
def test_province_codes_century_and_year_are_checked(label):
    for number in ("003185012345", "079985012345", "079299012345"):
        assert "cccd" not in [type_ for type_, _text in found(f"{label} {number}")]


def test_a_name_found_once_is_found_everywhere():
    text = "Bà Rơ Châm Hvân nộp đơn. Đơn của Rơ Châm Hvân đã nhận."
    assert found(text) == [("person", "Rơ Châm Hvân")] * 2


def test_places_are_those_of_the_given_text_also_where_it_is_decomposed():
    text = unicodedata.normalize("NFD", "Bà Trần Thị Bình gọi số 0912345678 hôm qua")
    assert [text[each.start : each.end] for each in scan(text)] == [each.text for each in scan(text)]
    assert [unicodedata.normalize("NFC", each.text) for each in scan(text)] == ["Trần Thị Bình", "0912345678"]


def test_findings_are_in_order_and_apart():
    text = "MST 0100109106, ông Lê Văn Ba, số 12 đường Lê Lợi, phường 3, quận 5, ĐT 0912345678, a@b.vn; " * 20
    findings = scan(text)
    assert len(findings) >= 100
    assert all(one.end <= two.start for one, two in zip(findings, findings[1:], strict=False))


def test_every_type_has_a_name():
    from khue.gateway.privacy import NAMES

    assert set(NAMES) == set(Kind)


@pytest.mark.parametrize(
    "text",
    [
        "Có mặt: ông Đặng Khoa, bà Trịnh Mơ và Phan Khôi.",
        "1. Hoàng Hoa Tham – 06/07/2004 – 0816088654",
        "Bertille Cassagne a signé le procès-verbal.",
        "ong le van dat va ba tran thi no da den",
        "Hồ sơ của Ho Thi Nga gửi ngày 5/5",
        "Mr. van der Berg and Ms. O'Hara agreed",
        "Anh Y Thông Kbuôr trồng cà phê",
        "Hôm qua mai Phương trực thay Quang nhé",
        "em ngoc gui lai don, bac si le quang hai hen ngay 20",
        "Bonjour Solveig, le dossier est complet",
        "Xã đội trưởng Hồ Pả Ta cùng dân quân tuần tra",
        "NGUYEN, Van Toan - seat 14C",
    ],
)
def test_names_are_known_by_what_stands_around_them(text):
    assert "person" in [type_ for type_, _text in found(text)]
