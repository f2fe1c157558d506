"""Hand-checked tables of `thanh_phan_ho_so`."""

from khue.domains.procedures.portal.documents import HEADER, documents


def cases(source):
    parsed = documents(source)
    assert (parsed.lost, parsed.remains) == (0, ())
    return parsed.value


def papers(body):
    (case,) = cases(f"--{HEADER}{body}")
    assert case.case == ""
    return case.papers


def test_originals_and_copies():
    found = papers("Đơn đề nghị1 bản chínhBản sao Quyết định0 bản chính,1 bản saoẢnh 4x6;2 bản chính,3 bản sao")
    assert [(p.name, p.originals, p.copies) for p in found] == [
        ("Đơn đề nghị", 1, 0),
        ("Bản sao Quyết định", 0, 1),
        ("Ảnh 4x6;", 2, 3),
    ]


def test_digits_before_the_count_end_the_name():
    found = papers("Đơn theo Mẫu số 181 bản chính,1 bản saoTờ khai ngày 13/02/20261 bản chính")
    assert [(p.name, p.originals) for p in found] == [("Đơn theo Mẫu số 18", 1), ("Tờ khai ngày 13/02/2026", 1)]


def test_a_count_inside_a_name_is_no_quantity():
    found = papers("- 01 bản chính văn bản đề nghị0 bản chính,1 bản saoHợp đồng: 01 bản chính1 bản chính")
    assert [(p.name, p.originals, p.copies) for p in found] == [
        ("- 01 bản chính văn bản đề nghị", 0, 1),
        ("Hợp đồng: 01 bản chính", 1, 0),
    ]


def test_cases_follow_the_last_quantity_of_the_table_before():
    found = cases(f"a) Cấp mới:{HEADER}Đơn1 bản chínhb) Cấp lại:{HEADER}Đơn1 bản chínhGiấy cũ1 bản chính")
    assert [(c.case, len(c.papers)) for c in found] == [("a) Cấp mới:", 1), ("b) Cấp lại:", 2)]


def test_a_named_case_beside_one_without_a_name():
    found = cases(f"--{HEADER}Đơn1 bản chínhỦy quyền{HEADER}Giấy ủy quyền1 bản chính--{HEADER}Ảnh1 bản chính")
    assert [c.case for c in found] == ["", "Ủy quyền", ""]


def test_a_form_file_is_cut_off_the_name():
    (paper,) = papers("Đơn đề nghị theo quy địnhMẫu số 02.docx1 bản chính")
    assert (paper.name, paper.forms) == ("Đơn đề nghị theo quy định", ("Mẫu số 02.docx",))


def test_a_file_named_after_the_mention_of_its_form():
    (paper,) = papers("Tờ khai theo Mẫu số 10.NT Phụ lục I Nghị định số 41/2026/NĐ-CPMẫu số 10.docx1 bản chính")
    assert paper.name.endswith("Nghị định số 41/2026/NĐ-CP")
    assert paper.forms == ("Mẫu số 10.docx",)


def test_several_form_files():
    (paper,) = papers("Danh sách theo mẫuMauDanhsachA.docxMauDanhsachB.doc1 bản chính")
    assert paper.forms == ("MauDanhsachA.docx", "MauDanhsachB.doc")


def test_a_file_glued_to_a_stop_with_a_number():
    (paper,) = papers("- Đơn xin nhận con nuôi;1.nxinnhconnui.doc1 bản chính")
    assert (paper.name, paper.forms) == ("- Đơn xin nhận con nuôi;", ("1.nxinnhconnui.doc",))


def test_no_papers():
    assert cases("--") == ()


def test_text_after_the_table_is_kept_and_counted():
    parsed = documents(f"--{HEADER}Đơn1 bản chínhHồ sơ nộp 01 bộ.")
    assert parsed.remains == ("Hồ sơ nộp 01 bộ.",)
    assert parsed.lost == len("Hồsơnộp01bộ.")
