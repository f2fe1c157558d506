"""What a brief says without a model, and which words of a model say the same."""

import pytest

from khue.domains.drafting.planning import ideas, incoming, inviting, parts, stating, support, terms, wordy


@pytest.mark.parametrize(
    ("line", "title", "to", "first"),
    [
        ("trình UBND tỉnh mua 45 máy tính", "TỜ TRÌNH", ("Ủy ban nhân dân tỉnh",), "mua 45 máy tính"),
        ("báo cáo Thanh tra tỉnh công tác tiếp dân", "BÁO CÁO", ("Thanh tra tỉnh",), "công tác tiếp dân"),
        ("gửi Sở Tài chính, Sở Y tế: đề nghị cử 2 người", "", ("Sở Tài chính", "Sở Y tế"), "đề nghị cử 2 người"),
        ("gửi UBND các xã, phường: rà soát", "", ("Ủy ban nhân dân các xã, phường",), "rà soát"),
        ("gửi UBND các xã; Sở Khoa học và Công nghệ\nđề nghị cử 2 người", "",
         ("Ủy ban nhân dân các xã", "Sở Khoa học và Công nghệ"), "đề nghị cử 2 người"),
        ("gửi Sở Văn hóa, Thể thao và Du lịch, Sở Y tế và UBND xã Hòa: đề nghị cử 2 người", "",
         ("Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Ủy ban nhân dân xã Hòa"), "đề nghị cử 2 người"),
        ("gửi Sở Y tế; Sở Tài chính cấp 3 triệu đồng", "", ("Sở Y tế",), "Sở Tài chính cấp 3 triệu đồng"),
        ("kế hoạch tập huấn năm 2026", "KẾ HOẠCH", (), "tập huấn năm 2026"),
        ("Quyết định số 5/QĐ-SNV hết hiệu lực", "QUYẾT ĐỊNH", (), "Quyết định số 5/QĐ-SNV hết hiệu lực"),
        ("báo cáo kết quả trước 05/3/2026", "", (), "báo cáo kết quả trước ngày 05 tháng 3 năm 2026"),
    ],
)  # fmt: skip
def test_the_first_line_says_to_whom_and_about_what(line, title, to, first):
    read = ideas.read(line, "vi", title)
    assert (read.to, read.ideas[0]) == (to, first)


@pytest.mark.parametrize(
    ("note", "language", "text", "whole"),
    [
        ("đề nghị cử 2 người", "vi", "Đề nghị cử 2 người.", True),
        ("yêu cầu tốt nghiệp đại học", "vi", "Yêu cầu tốt nghiệp đại học.", True),
        ("máy in hỏng", "vi", "Máy in hỏng.", False),
        ("ask for 2 officers on 3 May", "en", "We ask for 2 officers on 3 May.", True),
        ("save your work before 5 pm", "en", "Please save your work before 5 pm.", True),
        ("lunch provided", "en", "Lunch provided.", False),
        ("demander l’avis sur le budget", "fr", "Nous vous demandons l’avis sur le budget.", True),
        ("ne pas utiliser le monte-charge", "fr", "Merci de ne pas utiliser le monte-charge.", True),
    ],
)
def test_a_note_becomes_a_sentence(note, language, text, whole):
    said = stating.stated(note, language)
    assert (said.text, said.whole) == (text, whole)


def test_what_follows_a_request_is_asked_for_too():
    assert stating.asked_for("gửi danh sách", "vi") == ""
    assert stating.asked_for("gửi danh sách", "vi", asking=True) == "gửi danh sách"
    assert stating.asked_for("đề nghị quý cơ quan cử 2 người", "vi") == "cử 2 người"


@pytest.mark.parametrize(
    ("note", "language", "about"),
    [
        ("thành lập Tổ công tác gồm 7 người, bà Hà làm Tổ trưởng", "vi", "thành lập Tổ công tác"),
        ("đề nghị cử người dự họp ngày 12 tháng 5", "vi", "cử người dự họp"),
        ("cử 01 công chức tham dự lớp tập huấn sử dụng trợ lý AI trong giải quyết thủ tục hành chính", "vi",
         "cử 01 công chức tham dự lớp tập huấn sử dụng trợ lý AI trong giải quyết thủ tục hành chính"),
        ("rà soát toàn bộ hồ sơ tồn đọng ở các xã và phường của tỉnh về đất đai và nhà ở theo chỉ đạo của Chủ tịch Ủy "
         "ban nhân dân tỉnh", "vi", "rà soát toàn bộ hồ sơ tồn đọng ở các xã và phường của tỉnh về đất đai và nhà ở "
         "theo chỉ đạo"),
        ("server room closed 7 March 2026, 6 pm", "en", "Server room closed"),
        ("remercier pour l’accueil de 14 stagiaires en juin", "fr", "Accueil de 14 stagiaires"),
        ("demander l’avis sur le budget 2027, 3 euros", "fr", "Avis sur le budget 2027"),
    ],
)  # fmt: skip
def test_a_subject_is_the_note_without_day_and_place(note, language, about):
    assert stating.subject(note, language) == about


@pytest.mark.parametrize(
    ("said", "note", "language", "same"),
    [
        ("Máy in bị hỏng từ tháng 2.", "máy in hỏng từ tháng 2", "vi", True),
        ("Kinh phí ăn ở do cơ quan cử đi tự lo.", "tiền ăn ở do cơ quan cử đi tự lo", "vi", True),
        ("Tiền ăn ở cơ quan cử đi tự làm.", "tiền ăn ở cơ quan cử đi tự lo", "vi", False),
        ("Chánh Văn phòng đã thi hành.", "Chánh Văn phòng thi hành", "vi", False),
        ("Máy cũ hoặc được treo.", "máy cũ hay treo", "vi", False),
        ("The deadline is 3 May, and we will pay 450 euros.", "deadline 3 May, we pay 450 euros", "en", True),
        ("We may pay 450 euros.", "we pay 450 euros", "en", False),
        ("La réunion se tiendra le 20 octobre.", "réunion le 20 octobre", "fr", True),
        ("La réunion est annulée.", "réunion le 20 octobre", "fr", False),
    ],
)
def test_a_sentence_says_what_its_note_says_and_no_more(said, note, language, same):
    assert support.is_same(said, note, language) is same


def test_a_decision_replaces_and_is_carried_out_in_the_words_of_the_form():
    outline = parts.outline("quyet-dinh", "vi")
    told = ideas.read("ban hành nội quy\nthay thế Quyết định số 4/QĐ-SNV\nChánh Văn phòng thi hành", "vi")
    said = [
        parts.said(part, told.ideas[number])
        for part, numbers in zip(outline, parts.placed(told, outline), strict=True)
        for number in numbers
    ]
    assert parts.said(outline[2], "Thay thế Quyết định số 4/QĐ-SNV.") == said[1]
    assert said[1:] == [
        "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 4/QĐ-SNV.",
        "Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.",
    ]


def test_an_invitation_is_read_from_its_brief():
    told = ideas.read(
        "mời lãnh đạo Sở Xây dựng và Chủ tịch UBND 5 phường dự họp rà soát ngập úng\n"
        "14h ngày 20/8/2026, phòng họp tầng 3, ông Trần Quốc Bảo chủ trì"
    )
    assert inviting.particulars(told.ideas) == {
        "guests": "lãnh đạo Sở Xây dựng và Chủ tịch Ủy ban nhân dân 5 phường",
        "event": "họp rà soát ngập úng",
        "time": "14 giờ 00 ngày 20 tháng 8 năm 2026",
        "venue": "phòng họp tầng 3",
        "chair": "ông Trần Quốc Bảo",
    }
    assert inviting.particulars(["mua 3 máy in"]) == {}


def test_who_agrees_has_answered_what_asks_for_an_opinion():
    ideas_ = ["nhất trí với dự thảo"]
    assert incoming.is_answered("Đề nghị góp ý trước ngày 20 tháng 8.", ideas_, "vi")
    assert not incoming.is_answered("Đề nghị cử một đầu mối.", ideas_, "vi")


def test_names_of_agencies_in_a_sentence():
    assert incoming.sentence_case("SỞ THÔNG TIN VÀ TRUYỀN THÔNG") == "Sở Thông tin và Truyền thông"


def test_words_of_an_office_are_shown_with_a_text_that_has_them():
    found = dict(terms.hints("Đề nghị cử công chức dự tập huấn tại hội trường.", to="fr"))
    assert found == {"công chức": "fonctionnaire", "hội trường": "salle", "tập huấn": "formation", "đề nghị": "prie"}
    assert terms.hints("The weather is fine.", to="vi") == []


@pytest.mark.parametrize(
    ("told", "language", "said"),
    [
        ("Department of Finance asks Department of Home Affairs.", "en",
         "The Department of Finance asks the Department of Home Affairs."),
        ("Direction des finances prie à Comité populaire de répondre.", "fr",
         "La Direction des finances prie au Comité populaire de répondre."),
    ],
)  # fmt: skip
def test_names_of_agencies_have_their_article(told, language, said):
    assert terms.articled(told, language) == said


@pytest.mark.parametrize(
    ("text", "manner", "language", "after"),
    [
        ("Nhờ các anh chị gửi giúp danh sách 12 người.", "formal", "vi", "Đề nghị quý đơn vị gửi danh sách 12 người."),
        ("We will commence the work prior to 3 May.", "plainer", "en", "We will begin the work before 3 May."),
        ("Nous vous saurions gré de bien vouloir procéder à la transmission des 14 dossiers susmentionnés.", "plainer",
         "fr", "Merci d’envoyer les 14 dossiers."),
    ],
)  # fmt: skip
def test_wordings_of_the_list_are_replaced(text, manner, language, after):
    assert wordy.reworded(text, manner, language) == after
