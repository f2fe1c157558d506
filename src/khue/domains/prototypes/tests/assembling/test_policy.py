"""The policy in a tool's file."""

from khue.domains.prototypes.assembling import assemble, insert, policy, seal
from khue.domains.prototypes.tests.tools import page, tool


def test_scripts_are_named_by_their_digests_and_nothing_is_reached():
    held = policy(tool("fee-calculator"))
    assert "script-src 'sha256-" in held
    assert "unsafe-eval" not in held
    for closed in (
        "default-src 'none'",
        "connect-src 'none'",
        "form-action 'none'",
        "frame-src 'none'",
        "base-uri 'none'",
    ):
        assert closed in held


def test_the_policy_stands_before_anything_that_could_load():
    html = tool("fee-calculator")
    assert html.index("Content-Security-Policy") < html.index("<meta charset") < html.index("<style")


def test_handlers_in_elements_may_run_and_only_then():
    assert "script-src 'unsafe-inline'" in policy(page("<button onclick='x()'>A</button>"))
    assert "script-src 'sha256-" in policy(page("<p>Bấm nút này: onclick = x</p>"))


def test_a_foreign_policy_goes():
    html = page("").replace("default-src 'none'", "default-src *")
    assert "default-src *" not in seal(html)
    assert seal(seal(html)) == seal(html)


def test_an_added_script_is_named_too():
    html = insert(page("<p>A</p>"), "document.title = 'x'")
    assert html.count("<script>") == page("<p>A</p>").count("<script>") + 1
    assert policy(html) in html


def test_a_script_cannot_end_its_element_early():
    html = assemble("<p>A</p>", title="A", language="vi", script="const a = '</script><img src=x>';")
    assert "</script><img" not in html


def test_a_title_is_text():
    assert "<title>A &lt;b&gt;</title>" in assemble("", title="A <b>", language="vi")
