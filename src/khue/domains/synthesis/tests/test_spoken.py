"""Figures that sentences of many units give, in one line by code."""

from khue.domains.synthesis.figures.comparing import contradictions
from khue.domains.synthesis.figures.indicators import named
from khue.domains.synthesis.figures.periods import Period
from khue.domains.synthesis.figures.rows import Around
from khue.domains.synthesis.figures.sentences import figures
from khue.domains.synthesis.figures.writing import measured
from khue.domains.synthesis.queries.passages import Said
from khue.domains.synthesis.queries.spoken import lines, spoken

HALF = Period(2026, "H", 1)
PLACES = ("Huế", "Hà Tĩnh", "Lai Châu")


def told(*texts):
    """One sentence for each of An's, Bình's and Chi's provinces → the lines of figures."""
    said = [
        Said(f"r{at}", 0, place, f"{place}.docx", text, 1, True, "Kinh phí")
        for at, (place, text) in enumerate(zip(PLACES, texts, strict=False))
    ]
    found = named([one for at, place in enumerate(PLACES) for one in read(at, place, texts)])
    counted = spoken(found, said, contradictions(found), str(HALF))
    return list(lines(counted, {(one.report, one.n) for one in said}))


def read(at, place, texts):
    return figures(texts[at], Around(f"r{at}", place, HALF, 1)) if at < len(texts) else ()


def test_from_the_lowest_to_the_highest_whatever_unit_they_are_written_in():
    (line,) = told(
        "Kinh phí đã giải ngân đạt 43,5 tỷ đồng.", "Kinh phí đã giải ngân đạt 9.800 triệu đồng.",
        "Kinh phí đã giải ngân đạt 12 tỷ đồng.",
    )  # fmt: skip
    assert line["text"] == "Kinh phí đã giải ngân: từ 9,8 tỷ đồng (Hà Tĩnh) đến 43,5 tỷ đồng (Huế); 3 đơn vị nêu."
    assert [one["place"] for one in line["citations"]] == ["Hà Tĩnh", "Huế", "Lai Châu"]
    assert (line["state"], line["units"]) == ("counted", 3)


def test_two_units_make_no_line():
    assert told("Kinh phí đã giải ngân đạt 43,5 tỷ đồng.", "Kinh phí đã giải ngân đạt 12 tỷ đồng.") == []


def test_the_same_everywhere():
    (line,) = told(*["Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%."] * 3)
    assert "đều là 98,5%" in line["text"]


def test_whose_figures_contradict_each_other_is_named_and_is_no_end_of_the_line():
    (line,) = told(
        "Kinh phí đã giải ngân đạt 43,5 tỷ đồng; đến nay, kinh phí đã giải ngân đạt 50 tỷ đồng.",
        "Kinh phí đã giải ngân đạt 9,8 tỷ đồng.", "Kinh phí đã giải ngân đạt 12 tỷ đồng.",
    )  # fmt: skip
    assert "đến 12 tỷ đồng (Lai Châu)" in line["text"]
    assert "1 đơn vị có số liệu chưa thống nhất (Huế)" in line["text"]


def test_money_in_a_measure_that_can_be_read():
    assert [measured(value, "đồng") for value in (4.35e10, 3.5e8, 8000)] == [
        "43,5 tỷ đồng",
        "350 triệu đồng",
        "8.000 đồng",
    ]
    assert (measured(97.5, "%"), measured(45230, "hồ sơ")) == ("97,5%", "45.230 hồ sơ")
