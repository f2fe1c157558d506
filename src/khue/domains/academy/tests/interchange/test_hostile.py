"""Files that mean harm, or are not what they say: refused with a reason, quickly, and nothing outside is touched."""

import io
import time
import zipfile

import pytest

from khue.domains.academy.interchange.formats import FORMATS, read
from khue.domains.academy.interchange.paper import Refused

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><quiz><question type="essay"><name><text>&c;</text></name></question>
</quiz>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<quiz><question type="essay"><questiontext><text>&x;</text></questiontext></question></quiz>"""
MANIFEST = b'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources/></manifest>'


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in files.items():
            archive.writestr(name.replace("__", "/"), octets)
    return made.getvalue()


def refusal(octets: bytes, form: str) -> str:
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        read(octets, form, "vi")
    assert time.monotonic() - started < 5
    return refused.value.code


@pytest.mark.parametrize(
    "octets", [LAUGHS, OUTSIDE, LAUGHS.decode().replace('1.0"', '1.0" encoding="UTF-16"').encode("utf-16")]
)
@pytest.mark.parametrize("form", ["moodle", "qti21", "qti3"])
def test_a_document_with_entities_of_its_own(octets, form):
    assert refusal(octets, form) == "doctype"


def test_a_document_type_in_a_package():
    assert refusal(zipped(**{"imsmanifest.xml": LAUGHS}), "qti3") == "doctype"


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/passwd", "a/../../b.xml", "..\\b.xml", "C:\\b.xml"])
def test_a_path_that_climbs_out(name):
    assert refusal(zipped(**{"imsmanifest.xml": MANIFEST, name: b"x"}), "qti21") == "climbs_out"


def test_a_link():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("items/x.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(made.getvalue(), "qti3") == "climbs_out"


def test_a_bomb():
    assert refusal(zipped(**{"imsmanifest.xml": MANIFEST, "big.xml": b"0" * 60_000_000}), "qti3") == "bomb"


def test_an_entry_that_holds_more_than_it_says():
    octets = bytearray(zipped(**{"imsmanifest.xml": b" " * 4000}))
    # the size in the central directory, which is what was counted
    at = octets.rindex(b"PK\x01\x02") + 24
    octets[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(octets), "qti3") in {"bomb", "broken"}


@pytest.mark.parametrize("form", ["moodle", "qti21", "qti3"])
@pytest.mark.parametrize("octets", [b"", b"<quiz>", b"\x00\x01\x02", b"PK\x03\x04broken", b"not xml at all"])
def test_what_is_no_such_file(octets, form):
    assert refusal(octets, form) in {"broken"}


def test_what_is_xml_but_no_qti():
    assert refusal(b"<html/>", "qti21") == "not_qti"
    assert refusal(zipped(**{"readme.txt": b"x"}), "qti21") == "no_manifest"


def test_gift_in_another_encoding():
    assert refusal("::Hà Nội::{T}".encode("utf-16"), "gift") == "broken"


@pytest.mark.parametrize("form", FORMATS)
def test_too_large(form):
    assert refusal(b"<" * 20_000_001, form) == "too_large"


def test_deep_nesting_is_refused_not_followed():
    assert refusal(b"<quiz>" + b"<question>" * 5000 + b"</question>" * 5000 + b"</quiz>", "moodle") == "broken"


def test_scripts_do_not_survive():
    octets = b"""<quiz><question type="essay"><name><text>x</text></name><questiontext format="html"><text>
    <![CDATA[<p onclick="steal()">Hello <script>steal()</script><a href="javascript:steal()">you</a></p>]]></text>
    </questiontext></question></quiz>"""
    prompt = read(octets, "moodle", "en").paper.items[0].prompt["en"]
    assert "<" not in prompt and "javascript:" not in prompt and "onclick" not in prompt and "steal" not in prompt
