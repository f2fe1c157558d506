"""Examples in words become steps."""

import pytest

from khue.domains.prototypes.examples import Expectation, Fill, Press, UnreadableExample, labels, read
from khue.domains.prototypes.tests.tools import tool


def one(text, known=()):
    (example,) = read(text, known)
    return example.steps, example.expects


@pytest.mark.parametrize(
    ("text", "steps", "expects"),
    [
        ("3 bản → 24.000 ₫", [Fill("bản", "3")], [Expectation("24.000 ₫")]),
        ("3 copies -> 24,000 ₫", [Fill("copies", "3")], [Expectation("24,000 ₫")]),
        ("Copies : 3 => Frais : 24 000 ₫", [Fill("Copies", "3")], [Expectation("24 000 ₫", "Frais")]),
        (
            "Số bản: 3, hỏa tốc: có → Phí 48.000 ₫",
            [Fill("Số bản", "3"), Fill("hỏa tốc", "có")],
            [Expectation("48.000 ₫", "Phí")],
        ),
        (
            'Họ tên: An; bấm "Thêm" → Tổng số: 1',
            [Fill("Họ tên", "An"), Press("Thêm")],
            [Expectation("1", "Tổng số")],
        ),
        ("press the button Add then press Add → 2", [Press("Add"), Press("Add")], [Expectation("2")]),
        ("cliquer sur « Ajouter » → non, « Il manque : B »", [Press("Ajouter")], None),
        ("tick Urgent → Fee 5", [Fill("Urgent", "yes")], [Expectation("5", "Fee")]),
        ("Giờ: 08:30 → 08:30–09:00", [Fill("Giờ", "08:30")], [Expectation("08:30–09:00")]),
        ("→ không thấy Lỗi", [], [Expectation("Lỗi", absent=True)]),
        ("- Số bản: 1 → 8.000 ₫", [Fill("Số bản", "1")], [Expectation("8.000 ₫")]),
    ],
)
def test_words_become_steps(text, steps, expects):
    found = one(text)
    assert list(found[0]) == steps
    if expects is not None:
        assert list(found[1]) == expects


def test_a_label_that_the_tool_has_is_known_without_a_colon():
    assert one("Hộ nghèo có → 0 ₫", ("Hộ nghèo",))[0] == (Fill("Hộ nghèo", "có"),)
    assert one("Hộ nghèo → 0 ₫", ("Hộ nghèo",))[0] == (Fill("Hộ nghèo", "yes"),)


def test_a_label_with_a_comma_stays_whole():
    assert one("Nam, nữ: 3 → 3", ("Nam, nữ",))[0] == (Fill("Nam, nữ", "3"),)


@pytest.mark.parametrize("text", ["3 bản là 24.000 ₫", "3 bản →", "3 bản →  "])
def test_a_line_without_arrow_or_end_is_named(text):
    with pytest.raises(UnreadableExample) as refused:
        read(f"1 bản → 8.000 ₫\n{text}")
    assert refused.value.line.strip() == text.strip()


def test_labels_of_a_tool_are_read_from_its_parts():
    assert {"Số bản", "Hỏa tốc", "Phí"} <= set(labels(tool("fee-calculator")))
    assert "Giấy A4" in labels(tool("inventory"))
