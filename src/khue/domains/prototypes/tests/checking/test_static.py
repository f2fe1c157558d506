"""What the static checks find, and what they leave alone."""

import pytest

from khue.domains.prototypes import patterns
from khue.domains.prototypes.checking import static
from khue.domains.prototypes.checking.finding import codes
from khue.domains.prototypes.tests.tools import page, tool

HEAD = "<h1>Phí chứng thực</h1>"


def found(body, script="", language="vi"):
    return {one.code: one for one in static(page(HEAD + body, script, language), language=language)}


@pytest.mark.parametrize("pattern", patterns.catalogue(), ids=lambda pattern: pattern.key)
def test_patterns_are_clean(pattern):
    for language in ("vi", "en", "fr"):
        assert static(tool(pattern.key, language), language=language) == ()


@pytest.mark.parametrize(
    ("code", "body", "script"),
    [
        ("outside-address", '<img alt="" src="https://example.com/a.png">', ""),
        ("outside-address", '<img alt="" src="//example.com/a.png">', ""),
        ("outside-address", '<link rel="stylesheet" href="a.css">', ""),
        ("outside-address", '<p style="background: url(https://example.com/x)">A</p>', ""),
        ("outside-address", "<iframe title='a' src='a.html'></iframe>", ""),
        ("outside-link", '<a href="https://example.com">A</a>', ""),
        ("network", "", "fetch('/a').then(show)"),
        ("network", "", "const s = new WebSocket('ws:' + host)"),
        ("network", "", "navigator.sendBeacon(u, data)"),
        ("network", "<button onclick='new Image().src = u'>A</button>", ""),
        ("leaving", "", "parent.postMessage(data, '*')"),
        ("leaving", "", "location.href = 'x'"),
        ("leaving", '<meta http-equiv="refresh" content="0">', ""),
        ("device", "", "navigator.geolocation.getCurrentPosition(send)"),
        ("device", "", "navigator.mediaDevices.getUserMedia({ video: true })"),
        ("eval", "", "result = eval(field.value)"),
        ("eval", "", "new Function('return 1')()"),
        ("markup", "", "list.innerHTML += '<li>' + field.value"),
        ("loop", "", "while (true) { count++ }"),
        ("cookie", "", "document.cookie = 'a=1'"),
        ("secret", "", "const api_key = 'abcdef123456'"),
        ("secret", "<p>-----BEGIN PRIVATE KEY-----</p>", ""),
        ("personal-data", "<p>Số căn cước: 048190000123</p>", ""),
        ("contact", "<p>Điện thoại: 0912 345 678</p>", ""),
        ("no-label", '<input id="a">', ""),
        ("no-label", '<k-field type="number"></k-field>', ""),
        ("no-name", "<button></button>", ""),
        ("no-alt", '<img src="data:,">', ""),
        ("mouse-only", '<div onclick="x()">A</div>', ""),
        ("same-id", '<p id="a">A</p><p id="a">B</p>', ""),
        ("table-heads", "<table><tr><td>A</td></tr></table>", ""),
        ("unknown-part", "<k-rocket></k-rocket>", ""),
        ("unknown-name", '<k-field label="Số bản"></k-field><k-calc formula="copies * 2"></k-calc>', ""),
        ("large", "<p>" + "a" * 600_000 + "</p>", ""),
    ],
)
def test_what_is_wrong_is_found(code, body, script):
    assert code in found(body, script)


@pytest.mark.parametrize(
    ("body", "script"),
    [
        ('<k-field label="Số bản"></k-field><k-calc formula="so_ban * 2 + if(so_ban > 3, 1, 0)"></k-calc>', ""),
        ('<label>Số bản <input type="number"></label>', ""),
        ("<p>Xem hướng dẫn tại bộ phận một cửa, không cần fetch gì.</p>", ""),
        ("", "const out = document.querySelector('p'); if (out) out.textContent = 'x'; // fetch('…')"),
        ("", "for (;;) { if (done()) break }"),
        ("", "const top = 3; list.innerHTML = ''"),
    ],
)
def test_what_is_right_is_left_alone(body, script):
    assert found(body, script) == {}


def test_the_secret_itself_is_not_repeated():
    (finding,) = (
        one for one in static(page("", "const password = 'tuyet-mat-2026'"), language="vi") if one.code == "secret"
    )
    assert "tuyet-mat" not in repr(finding)


def test_half_an_answer_is_found():
    codes_found = {one.code for one in static("<h1>Phí</h1><script>let a = 1; function b() {", language="vi")}
    assert "unfinished" in codes_found
    assert "unfinished" in {one.code for one in static('<h1>Phí</h1><k-field label="Số', language="vi")}


def test_ten_megabytes_are_answered_at_once():
    assert "too-large" in {one.code for one in static("<p>" + "a" * 10_000_000, language="vi")}


def test_another_language_than_the_page_says():
    text = "<p>Write the number of copies that you need and the fee for each of the copies is worked out for you.</p>"
    assert "other-language" in found(text)
    assert "other-language" not in found(text, language="en")


def test_an_empty_page_is_found():
    assert "empty" in {one.code for one in static("", language="vi")}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_every_finding_has_words_in_each_language(language):
    from khue.domains.prototypes.checking.finding import Found

    for code in codes():
        said = Found(code, "", "x").said(language)
        assert said.level in {"stop", "warn", "note"}
        assert said.message
        assert said.remedy


def test_the_gravest_comes_first():
    levels = [one.level for one in static(page('<a href="https://a.vn">A</a><input>', "fetch('x')"), language="vi")]
    assert levels == sorted(levels, key=["stop", "warn", "note"].index)
