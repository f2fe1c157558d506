"""Answers sorted into themes, and how far a person agrees."""

import numpy as np
import pytest

from khue.domains.synthesis.consulting import columns, themes
from khue.domains.synthesis.consulting.agreement import agreement, sample
from khue.domains.synthesis.grouping.clusters import k_means
from khue.domains.synthesis.grouping.naming import names
from khue.domains.synthesis.grouping.representing import spokesmen

ROWS = [
    ["STT", "Nghề nghiệp", "Tỉnh", "Ý kiến góp ý"],
    ["1", "Nông dân", "Huế", "Mong mở cửa thêm sáng thứ Bảy"],
    ["2", "Công nhân", "Huế", "Phần mềm hay bị lỗi; đăng nhập: rất chậm"],
]


def test_columns_are_found_by_headings_and_lengths():
    assert columns.found(ROWS).as_names(ROWS[0]) == {
        "answer": "Ý kiến góp ý", "group": "Nghề nghiệp", "place": "Tỉnh"
    }  # fmt: skip


def test_a_sheet_of_numbers_has_no_answers():
    with pytest.raises(columns.NoAnswers):
        columns.found([["a", "b"], ["1", "2"]])


def three_groups():
    chance = np.random.default_rng(3)
    middles = np.eye(20)[:3]
    rows = np.repeat(middles, 40, axis=0) + chance.normal(0, 0.12, (120, 20))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32), np.repeat(np.arange(3), 40)


def test_groups_that_are_there_are_found_again_and_again():
    rows, planted = three_groups()
    labels = k_means(rows, 3)
    assert len({(a, b) for a, b in zip(labels, planted, strict=True)}) == 3
    assert (labels == k_means(rows, 3)).all()


def test_as_many_themes_as_part_the_answers():
    rows, _planted = three_groups()
    assert len(set(themes.sorted_into(rows))) <= 6
    assert len(set(themes.sorted_into(rows, 2))) == 2


def test_wordings_that_many_signed_are_no_themes_of_their_own():
    """Each of three groups in eight wordings, each of these sent in ten times."""
    rows, planted = three_groups()
    kept = np.concatenate([np.arange(at, at + 8) for at in (0, 40, 80)])
    texts = [f"Câu {at}" for at in kept] * 10
    labels = themes.sorted_by(texts, np.tile(rows[kept], (10, 1)))
    assert len(set(labels)) <= 6
    assert all(len({labels[at] for at in range(len(texts)) if texts[at] == text}) == 1 for text in texts[:24])
    of_theme = {theme: {planted[kept[at % 24]] for at in range(240) if labels[at] == theme} for theme in set(labels)}
    assert all(len(groups) == 1 for groups in of_theme.values())


def test_themes_are_named_by_their_own_words():
    texts = ["mở cửa sáng thứ Bảy", "nên mở cửa sáng thứ Bảy", "phần mềm bị lỗi đăng nhập", "đăng nhập phần mềm chậm"]
    found = names(texts, np.array([0, 0, 1, 1]))
    assert "mở cửa" in found[0].lower() and "phần mềm" in found[1].lower()


def test_spokesmen_come_from_different_reports():
    rows = np.eye(4, dtype=np.float32) * 0.2 + 0.5
    chosen = spokesmen(rows, ["Huế", "Huế", "Huế", "Hà Tĩnh"], most=2)
    assert {["Huế", "Huế", "Huế", "Hà Tĩnh"][at] for at in chosen} == {"Huế", "Hà Tĩnh"}


def test_kappa_as_in_the_textbook():
    """Cohen's example: 0.70 of agreement where chance gives 0.50."""
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    found = agreement(pairs)
    assert found is not None and found.kappa is not None
    assert (found.count, round(found.share, 2), round(found.kappa, 2)) == (50, 0.7, 0.4)


def test_kappa_is_not_told_where_chance_agrees_always():
    found = agreement([("a", "a")] * 5)
    assert found is not None and found.kappa is None and agreement([]) is None


def test_the_sample_is_the_same_each_time():
    assert sample(range(1000), seed=4) == sample(range(1000), seed=4) != sample(range(1000), seed=5)
