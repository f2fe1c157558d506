"""Texts made to be slow, or large."""

import time

import pytest

from khue.gateway.privacy import Mask, scan, secrecy_marking

PIECES = {
    "digits": "0",
    "spelt digits": "0 ",
    "groups of digits": "12-",
    "at signs": "a@",
    "domains": "a@b.",
    "brackets": "[",
    "half placeholders": "[NGƯỜI_",
    "placeholders": "[NGƯỜI_1] ",
    "surnames": "Nguyễn ",
    "names": "ông Nguyễn Văn An, ",
    "house numbers": "số 1 ",
    "addresses": "số 1 đường Lê Lợi, phường 1, ",
    "initials": "A. ",
    "combining marks": "\u0301",
    "labels": "stk ",
    "births": "sinh ",
    "phones": "0901234567 ",
    "misread digits": "CCCD Oo0l",
    "lines": "\n",
    "stamps": "MẬT\n",
    "blanks": " ",
    "letters and digits": "FR76 ",
}


def seconds(text):
    began = time.process_time()
    mask = Mask.open(None)
    assert mask.restore(mask.hide(text)) == text
    secrecy_marking(text)
    return time.process_time() - began


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_time_grows_with_the_length_only(piece):
    def text(size):
        return (piece * (size // len(piece) + 1))[:size]

    seconds(text(100))
    # the least of several: another process's noise is not growth; four times the square would be 16
    long, short = (min(seconds(text(size)) for _ in range(3)) for size in (80_000, 20_000))
    assert long < 10 * short + 0.5


@pytest.mark.slow
def test_ten_megabytes():
    text = (
        "Bà Trần Thị Bình, CCCD 079185012345, số 12 đường Lê Lợi, phường Bến Nghé, Quận 1. " + "lời văn " * 400
    ) * 3_000
    text = text[:10_000_000]
    began = time.process_time()
    found = scan(text)
    assert len(found) > 3 * 2_900 and time.process_time() - began < 120


def test_a_prompt_of_four_thousand_characters_costs_milliseconds():
    text = ("Căn cứ Nghị định số 30/2020/NĐ-CP, bà Trần Thị Bình, số điện thoại 0901234567, nộp hồ sơ ở Quận 1. " * 50)[
        :4000
    ]
    scan(text)
    began = time.process_time()
    for _ in range(10):
        scan(text)
    assert (time.process_time() - began) / 10 < 0.05
