"""Hand-checked rows of `can_cu_phap_ly`."""

import pytest

from khue.domains.procedures.portal.legal_bases import HEADER, legal_bases


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("Luật Khiếu nại  năm 201102/2011/QH13", [("Luật Khiếu nại  năm 2011", "02/2011/QH13")]),
        ("Nghị định 05/2012/NĐ-CP05/2012/NĐ-CP", [("Nghị định 05/2012/NĐ-CP", "05/2012/NĐ-CP")]),
        (
            "Luật 54/2014/QH1354/2014/QH13Nghị định 08/2015/NĐ-CP08/2015/NĐ-CP",
            [("Luật 54/2014/QH13", "54/2014/QH13"), ("Nghị định 08/2015/NĐ-CP", "08/2015/NĐ-CP")],
        ),
        (
            "Nghị định số 84/2024/NĐ-CP về thí điểm.84/2024/NĐ-CPLUẬT XÂY DỰNG50/2014/QH13",
            [("Nghị định số 84/2024/NĐ-CP về thí điểm.", "84/2024/NĐ-CP"), ("LUẬT XÂY DỰNG", "50/2014/QH13")],
        ),
        (
            "Về quản lý thuế80/2021/TT-BTCQuy định về thú y101/2020/TT-BTC",
            [("Về quản lý thuế", "80/2021/TT-BTC"), ("Quy định về thú y", "101/2020/TT-BTC")],
        ),
        ("Luật Thú yLuật 79/2015/QH13", [("Luật Thú y", "Luật 79/2015/QH13")]),
        ("73/2025/TT-NHNNSố 73/2025/TT-NHNN", [("73/2025/TT-NHNN", "Số 73/2025/TT-NHNN")]),
        ("Luật Thi đua năm 202206/2022", [("Luật Thi đua năm 2022", "06/2022")]),
        ("Về phân bónNghị định 84/2019/NĐ-CP.", [("Về phân bón", "Nghị định 84/2019/NĐ-CP.")]),
        ("Nghị định số 46/2020/NĐ-CP46/2020", [("Nghị định số 46/2020/NĐ-CP", "46/2020")]),
        ("dựa trên dữ liệu66.7/2025/NQ-CP", [("dựa trên dữ liệu", "66.7/2025/NQ-CP")]),
        (
            "Thông tư số53/2025/TT-BCA ngày 01/7/202553/2025/TT-BCA",
            [("Thông tư số53/2025/TT-BCA ngày 01/7/2025", "53/2025/TT-BCA")],
        ),
        ("Pháp lệnh năm 202405/2024/UBTVQH15", [("Pháp lệnh năm 2024", "05/2024/UBTVQH15")]),
        ("Quy trình bảo hiểm166/QĐ-BHXH", [("Quy trình bảo hiểm", "166/QĐ-BHXH")]),
        (
            "thuộc Bộ Tư pháp18/2026/NĐ-CP Nghị định về hộ tịch87/2020/NĐ-CP",
            [("thuộc Bộ Tư pháp", "18/2026/NĐ-CP"), ("Nghị định về hộ tịch", "87/2020/NĐ-CP")],
        ),
        (
            "một cửa118/2025/NĐ-CNghị định 156/2018/NĐ-CP156/2018/NĐ-CP",
            [("một cửa", "118/2025/NĐ-C"), ("Nghị định 156/2018/NĐ-CP", "156/2018/NĐ-CP")],
        ),
    ],
)
def test_title_and_code(body, rows):
    parsed = legal_bases(HEADER + body)
    assert [(basis.title, basis.code) for basis in parsed.value] == rows
    assert (parsed.lost, parsed.remains) == (0, ())


def test_a_title_without_a_code_is_kept_and_counted():
    parsed = legal_bases(HEADER + "Luật Nhà ở27/2023/QH15Luật Hóa chất")
    assert parsed.remains == ("Luật Hóa chất",)
    assert parsed.lost == len("LuậtHóachất")


def test_no_information():
    parsed = legal_bases("Không có thông tin")
    assert (parsed.value, parsed.lost) == ((), 0)
