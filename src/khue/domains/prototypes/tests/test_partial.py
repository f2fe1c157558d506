"""JSON that has not come to its end."""

import json

from hypothesis import given
from hypothesis import strategies as st

from khue.domains.prototypes.writing import partial

WHOLE = {"title": 'Phí "sao y", nhanh', "lines": [{"label": "Số bản", "price": 8000}, {"label": "Trang", "price": 500}]}


def test_only_values_that_are_finished_are_read():
    text = json.dumps(WHOLE, ensure_ascii=False)
    cut = text[: text.index("500") + 2]
    assert partial.read(cut) == {"title": WHOLE["title"], "lines": [WHOLE["lines"][0], {"label": "Trang"}]}
    assert partial.read(text[:12]) is None
    assert partial.read(text) == WHOLE


def test_words_before_and_after_do_not_matter():
    assert partial.read('Here it is: {"a": 1} I hope it helps') == {"a": 1}


VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=4), st.floats(0, 1))
def test_however_it_is_cut_what_is_read_is_part_of_the_whole(value, share):
    text = json.dumps(value)
    read = partial.read(text[: int(len(text) * share)])
    assert read is None or _is_part(read, value)


def _is_part(part, whole):
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(
            name in whole and _is_part(one, whole[name]) for name, one in part.items()
        )
    if isinstance(part, list):
        return isinstance(whole, list) and all(_is_part(a, b) for a, b in zip(part, whole, strict=False))
    return part == whole
