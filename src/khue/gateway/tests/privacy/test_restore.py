"""What was hidden comes back, whatever a model made of the placeholder."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khue.gateway.privacy import Mask

SAID = "Ông Nguyễn Văn An gọi số 0901 234 567; bà Trần Thị Bình gọi 0912345678."


@pytest.fixture
def mask():
    mask = Mask.open(None)
    hidden = mask.hide(SAID)
    assert hidden == "Ông [NGƯỜI_1] gọi số [ĐIỆN_THOẠI_1]; bà [NGƯỜI_2] gọi [ĐIỆN_THOẠI_2]."
    return mask


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("[NGƯỜI_1]", "Nguyễn Văn An"),
        ("NGƯỜI_1", "Nguyễn Văn An"),
        ("người_1", "Nguyễn Văn An"),
        ("nguoi_1", "Nguyễn Văn An"),
        ("Nguoi_1", "Nguyễn Văn An"),
        ("[Người 1]", "Nguyễn Văn An"),
        ("[NGƯỜI-2]", "Trần Thị Bình"),
        ("[NGƯỜI_1", "Nguyễn Văn An"),
        ("NGƯỜI_1]", "Nguyễn Văn An"),
        ("**[NGƯỜI\\_1]**", "**Nguyễn Văn An**"),
        ("[NGƯỜI_1]'s", "Nguyễn Văn An's"),
        ("NGƯỜI_1s", "Nguyễn Văn Ans"),
        ("[NGƯỜI_1] và [NGƯỜI_1]", "Nguyễn Văn An và Nguyễn Văn An"),
        ("[NGƯỜI_1, NGƯỜI_2]", "[Nguyễn Văn An, Trần Thị Bình]"),
        ("(NGƯỜI_1)", "(Nguyễn Văn An)"),
        ("[PERSON_1]", "Nguyễn Văn An"),
        ("la PERSONNE_2", "la Trần Thị Bình"),
        ("dien_thoai_2", "0912345678"),
        ("[Điện thoại 1]", "0901 234 567"),
        ("[NGU\u031bO\u031b\u0300I_1]", "Nguyễn Văn An"),
        ("[NGƯỜI_12]", "[NGƯỜI_12]"),
        ("NGƯỜI_19 người", "NGƯỜI_19 người"),
        ("mỗi người 1 suất", "mỗi người 1 suất"),
        ("CCCD_1", "CCCD_1"),
    ],
)
def test_a_placeholder_is_known_again(mask, said, expected):
    assert mask.restore(said) == expected


@pytest.mark.parametrize(
    "said", ["a [NGƯỜI_1] b", "nguoi_2, [ĐIỆN THOẠI_1", "[NGƯỜI_1][NGƯỜI_2]", "[x] [NGƯỜI_1]]", "NGƯỜI_"]
)
def test_a_stream_gives_the_same_however_it_is_cut(mask, said):
    whole = mask.restore(said)
    for seed in range(200):
        cut = random.Random(seed)
        restorer, given_back, rest = mask.restorer(), "", said
        while rest:
            size = cut.randint(1, 4)
            given_back += restorer.feed(rest[:size])
            rest = rest[size:]
        assert given_back + restorer.end() == whole


def test_text_that_cannot_be_a_placeholder_does_not_wait(mask):
    restorer = mask.restorer()
    assert restorer.feed("Theo hồ sơ, ") == "Theo hồ sơ, "
    assert restorer.feed("[NGƯỜI_1]") == "Nguyễn Văn An"


def test_values_in_json_are_quoted_as_its_strings_are():
    mask = Mask.open(None)
    said = "địa chỉ: số 5 đường Lê Lợi,\nphường Bến Nghé"
    hidden = mask.hide(said)
    assert hidden == "địa chỉ: [ĐỊA_CHỈ_1]"
    restored = mask.restorer(within_json=True).feed(json.dumps({"said": hidden}, ensure_ascii=False))
    assert json.loads(restored) == {"said": said}


def test_one_value_has_one_number_and_each_way_of_writing_it_comes_back():
    mask = Mask.open(None)
    said = "ông Nguyễn Văn An, ông NGUYỄN VĂN AN, số điện thoại 0901234567 hay 0901.234.567"
    hidden = mask.hide(said)
    assert hidden == "ông [NGƯỜI_1], ông [NGƯỜI_1B], số điện thoại [ĐIỆN_THOẠI_1] hay [ĐIỆN_THOẠI_1B]"
    assert mask.restore(hidden) == said


def test_a_name_once_known_is_hidden_without_its_title():
    mask = Mask.open(None)
    mask.hide("Bà Rơ Châm Hvân nộp hồ sơ.")
    assert mask.hide("Hồ sơ của Rơ Châm Hvân đã nhận.") == "Hồ sơ của [NGƯỜI_1] đã nhận."


PIECES = st.sampled_from(
    [
        "[NGƯỜI_1]",
        "NGƯỜI_",
        "[",
        "]",
        "1",
        "\\",
        "nguoi_2",
        "Nguyễn Văn An",
        "ông ",
        "0901234567",
        " ",
        "\n",
        "CCCD 079185012345",
        "\u0301",
        "[ĐIỆN",
        "_THOẠI_1",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join))
def test_any_text_comes_back_to_the_byte(text):
    mask = Mask.open(None)
    assert mask.restore(mask.hide(text)) == text
