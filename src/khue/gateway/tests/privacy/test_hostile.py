"""Texts made to be slow, or large: they come back as they were. What they cost: benchmarks/privacy.py."""

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


def of_size(piece, size):
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_hostile_text_comes_back_as_it_was(piece):
    text = of_size(piece, 20_000)
    mask = Mask.open(None)
    assert mask.restore(mask.hide(text)) == text
    secrecy_marking(text)


def test_a_large_text_is_looked_through_to_its_end():
    record = "Bà Trần Thị Bình, CCCD 079185012345, số 12 đường Lê Lợi, phường Bến Nghé, Quận 1. " + "lời văn " * 400
    found = scan(record * 300)
    assert [each.type for each in found] == ["person", "cccd", "address"] * 300
