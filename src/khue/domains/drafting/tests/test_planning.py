"""A brief as ideas, their parts, what is asked of us, words that stay, changes one by one."""

import pytest

from khue.domains.drafting.planning import changes, ideas, incoming, parts, support, terms

BRIEF = """Viết công văn gửi Sở Tài chính và Sở Y tế đề nghị cử 2 người dự họp ngày 12/5/2026 lúc 8h tại phòng họp 2.
- nội dung: góp ý dự thảo quy chế chi tiêu; gửi danh sách trước 10/5"""
INCOMING = """ỦY BAN NHÂN DÂN TỈNH BẾN THUYỀN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH
Số: 210/STC-VP   Bến Thuyền, ngày 20 tháng 02 năm 2026
V/v góp ý dự thảo Quy chế tiếp công dân
Kính gửi: Sở Nội vụ
Sở Tài chính đang soạn Quy chế tiếp công dân. Đề nghị Sở Nội vụ cho ý kiến về thời hạn trả lời công dân.
Đề nghị cử một đầu mối phối hợp trước ngày 05 tháng 3 năm 2026."""


def test_an_order_to_the_writer_is_no_idea_and_says_to_whom():
    read = ideas.read(BRIEF)
    assert read.to == ("Sở Tài chính", "Sở Y tế")
    assert read.ideas == (
        "đề nghị cử 2 người dự họp ngày 12 tháng 5 năm 2026 lúc 08 giờ 00 tại phòng họp 2.",
        "nội dung: góp ý dự thảo quy chế chi tiêu",
        "gửi danh sách trước ngày 10 tháng 5",
    )


@pytest.mark.parametrize(
    ("text", "language", "to", "first"),
    [
        ("Write a letter to the Ministry of Health asking for the 2025 data. Deadline 3 May.", "en",
         ("Ministry of Health",), "asking for the 2025 data."),
        ("Rédigez une lettre à la Mairie de Huế pour demander un rendez-vous.", "fr", ("Mairie de Huế",),
         "demander un rendez-vous."),
    ],
)  # fmt: skip
def test_orders_in_english_and_french(text, language, to, first):
    read = ideas.read(text, language)
    assert (read.to, read.ideas[0]) == (to, first)


@pytest.mark.parametrize(
    "text", ["tỷ lệ 3/4 số xã", "phiên bản 2.5", "mục 1.2.3", "đạt 12,5%", "số 30/2020/NĐ-CP", "99/99/2026"]
)
def test_what_only_looks_like_a_day_stays(text):
    assert ideas.read(text).ideas[0].replace("ngày ", "") in {text, "tỷ lệ 03 tháng 4 số xã"}


def test_each_idea_has_one_place_and_none_is_left_out():
    told = ideas.read(
        "6 tháng giải quyết 1.198 hồ sơ\ncòn 52 hồ sơ trễ\nquý tới sẽ mua 2 máy quét\nđề nghị tỉnh cấp kinh phí"
    )
    outline = parts.outline("bao-cao", "vi")
    placed = dict(zip((part.title for part in outline), parts.placed(told, outline), strict=True))
    assert placed == {
        "": (), "Kết quả đạt được": (0,), "Khó khăn, hạn chế và nguyên nhân": (1,), "Phương hướng": (2,),
        "Đề xuất, kiến nghị": (3,),
    }  # fmt: skip


def test_what_belongs_to_a_request_follows_it():
    told = ideas.read("máy cũ từ năm 2015\nđề nghị cử 2 người\nthời gian: 8h ngày 12/5\nliên hệ: bà Lan")
    outline = parts.outline("cong-van", "vi")
    placed = [numbers for numbers in parts.placed(told, outline, {1}) if numbers]
    assert placed == [(0,), (1,), (2,), (3,)]


def test_headings_of_notes_lead_their_lines():
    told = ideas.read("Kết quả:\n- đề nghị cấp 12 máy đã được duyệt\nKhó khăn:\n- đã mua 3 máy cũ")
    outline = parts.outline("bao-cao", "vi")
    assert [numbers for numbers in parts.placed(told, outline) if numbers] == [(0,), (1,)]


def test_every_type_has_an_outline():
    from khue.domains.drafting.nd30.kinds import kinds

    for key in kinds():
        for language in ("vi", "en", "fr"):
            outline = parts.outline(key, language)
            assert not outline or any(part.main for part in outline)


def test_an_incoming_document_says_who_wrote_and_what_is_asked():
    read = incoming.read(INCOMING)
    assert (read.sender, read.code, read.day) == ("Sở Tài chính", "210/STC-VP", "ngày 20 tháng 02 năm 2026")
    assert read.about == "góp ý dự thảo Quy chế tiếp công dân"
    assert len(read.asked) == 2 and "thời hạn trả lời" in read.asked[0]
    assert read.cited("vi", "điền") == (
        "Công văn số 210/STC-VP ngày 20 tháng 02 năm 2026 của Sở Tài chính về việc góp ý dự thảo Quy chế tiếp công dân"
    )
    assert "[điền: ngày của văn bản]" in incoming.read("Số: 5/A-B").cited("vi", "điền")


@pytest.mark.parametrize(
    ("said", "idea", "fits"),
    [
        ("Máy quét bị hỏng từ tháng 3.", "máy quét hỏng từ tháng 3", True),
        (
            "Kinh phí sửa chữa máy in là 45 triệu đồng từ nguồn xã hội hóa.",
            "kinh phí 45 triệu, từ nguồn xã hội hóa",
            False,
        ),
        ("Xin lỗi vì thư viện ít sách.", "thư viện xã 300 cuốn sách cũ", False),
    ],
)
def test_a_sentence_of_other_words_says_something_else(said, idea, fits):
    assert (support.share(said, idea, "vi") >= 0.75 and support.share(idea, said, "vi") >= 0.7) is fits


def test_a_no_that_has_come_or_gone_is_seen():
    assert support.turned("Chưa cấp kinh phí.", "đã cấp kinh phí")
    assert not support.turned("Đã cấp kinh phí.", "đã cấp kinh phí rồi")


def test_terms_are_hidden_and_come_back_in_the_other_language():
    rows = terms.listed("Ủy ban nhân dân = People’s Committee = Comité populaire\nmột cửa")
    text = "Ủy ban nhân dân xã thực hiện Quyết định 15/QĐ-UBND về một cửa, (sau đây gọi tắt là Tổ công tác)."
    kept = terms.hidden(text, terms=rows, own=terms.defined([text]), to="en")
    assert "Ủy ban" not in kept.text and "15/QĐ-UBND" not in kept.text and "Tổ công tác" not in kept.text
    told, missing = kept.restored(" ".join(kept.kept))
    assert all(word in told for word in ("People’s Committee", "15/QĐ-UBND", "một cửa", "Tổ công tác"))
    assert missing == []
    assert kept.restored("nothing")[1] == [old for old, _new in kept.kept.values()]


def test_changes_are_taken_one_by_one():
    before = "Nhờ các anh gửi giúp danh sách cán bộ tham dự về Sở trước ngày 10 tháng 5."
    after = "Đề nghị quý cơ quan gửi danh sách cán bộ tham dự về Sở trước ngày 10 tháng 5 năm 2026."
    found = [one for one in changes.pieces(before, after) if one.number is not None]
    assert len(found) >= 2
    assert changes.taken(before, after, {one.number for one in found}) == after
    assert changes.taken(before, after, set()) == before
    assert changes.taken(before, after, {found[0].number}).endswith("trước ngày 10 tháng 5.")
