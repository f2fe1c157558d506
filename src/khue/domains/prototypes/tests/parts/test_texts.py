"""Functions of texts do in the browser what the search for formulas takes them to do."""

import json

import pytest

from khue.domains.prototypes.fitting.texts import CHECKS, COUNTS, TEXTS
from khue.domains.prototypes.tests.tools import page

pytestmark = pytest.mark.browser
GIVEN = (
    "Nguyễn Văn An",
    "Đỗ Thị Bình\nchi\nĐỗ Thị Bình\n  An ",
    "Một câu. Hai câu! Ba?",
    "0100109106",
    "0912 345 678",
    "binh@coquan.vn",
    "",
)


@pytest.fixture(scope="module")
def tab(chromium):
    with chromium.tab(width=390) as tab:
        tab.open(page('<k-field label="Tên" name="t"></k-field>', language="vi"))
        yield tab


@pytest.mark.parametrize("called", [*TEXTS, *COUNTS, *CHECKS])
def test_a_function_gives_the_same_in_both(tab, called):
    does, _words = {**TEXTS, **COUNTS, **CHECKS}[called]
    asked = f"{json.dumps(GIVEN)}.map((t) => Khue.formula.evaluate('{called}(t)', {{ t }}))"
    assert tab.ask(asked) == [does(one) for one in GIVEN]
