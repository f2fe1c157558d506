"""Examples tried in free tools: green when they hold, red with what stood there when not."""

import pytest

from khue.domains.prototypes import examples
from khue.domains.prototypes.examples.running import Tries
from khue.domains.prototypes.tests.tools import page

pytestmark = pytest.mark.browser
FREE = """<h1>Phí</h1><label for="n">Số bản</label><input id="n" type="number">
<button onclick="out.textContent = (n.value * 8000).toLocaleString('vi-VN') + ' ₫'">Tính</button>
<p>Tổng: <b id="out"></b></p>"""


@pytest.fixture(scope="module")
def tries(chromium):
    tries = Tries(chromium)
    yield tries
    tries.close()


def outcome(tries, html, text):
    (example,) = examples.read(text, examples.labels(html))
    return tries.one(html, example)


@pytest.mark.parametrize(
    "text",
    ["3 bản → 24.000 ₫", "Số bản: 3 → Tổng: 24.000 đồng", "Số bản: 3, bấm Tính → 24,000 VND", "→ không thấy 24.000"],
)
def test_what_holds_is_green(tries, text):
    assert outcome(tries, page(FREE), text).passed


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3 bản → 25.000 ₫", "different"),
        ("3 bản → 4.000 ₫", "different"),  # the end of 24.000
        ("3 bản → 24 ₫", "different"),  # the beginning of 24.000
        ("Họ và tên người nộp: An → 0", "field: Họ và tên người nộp"),
        ("bấm Xuất bản → 1", "button: Xuất bản"),
        ("3 bản, bấm Tính → không thấy 24.000", "absent"),
    ],
)
def test_what_does_not_hold_is_red_and_says_why(tries, text, problem):
    found = outcome(tries, page(FREE), text)
    assert not found.passed
    assert found.problem == problem


def test_an_error_of_the_tool_is_told(tries):
    found = outcome(tries, page("<button onclick='nothing.here()'>Tính</button>"), "bấm Tính → 1")
    assert not found.passed
    assert any("nothing is not defined" in fault for fault in found.faults)


def test_an_endless_loop_ends_and_the_next_example_runs(tries, monkeypatch):
    with monkeypatch.context() as impatient:
        impatient.setattr("khue.domains.prototypes.examples.running.SECONDS", 1.0)
        assert outcome(tries, page("<button onclick='for(;;);'>Tính</button>"), "bấm Tính → 1").problem == "hung"
    assert outcome(tries, page(FREE), "3 bản → 24.000 ₫").passed


def test_examples_do_not_see_what_the_one_before_kept(tries):
    html = page(
        """<p id="p"></p>""", "p.textContent = localStorage.getItem('a') ?? 'mới'; localStorage.setItem('a', 'cũ');"
    )
    assert [outcome(tries, html, "→ mới").passed for _ in range(2)] == [True, True]
