"""A definition as data and as a file."""

from datetime import datetime

import pytest

from khue.domains.assistants.definition import file
from khue.domains.assistants.definition.hours import Hours, spans
from khue.domains.assistants.definition.shape import Definition, origin
from khue.domains.assistants.rules import LEAST


def test_the_digest_is_that_of_the_content():
    one = Definition.model_validate({"name": {"vi": "Một"}, "purpose": "a"})
    assert one.digest == Definition.model_validate({"purpose": "a", "name": {"vi": "Một"}}).digest
    assert one.digest != Definition.model_validate({"name": {"vi": "Một"}, "purpose": "b"}).digest


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("xa.gov.vn", "https://xa.gov.vn"),
        ("HTTPS://Xa.gov.vn/trang?x=1", "https://xa.gov.vn"),
        ("https://xa.gov.vn:8443", "https://xa.gov.vn:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
    ],
)
def test_a_site_is_named_by_its_origin(text, site):
    assert origin(text) == site


@pytest.mark.parametrize(
    "text", ["http://xa.gov.vn", "*", "https://*.gov.vn", "javascript:alert(1)", "a b", "https://x:y"]
)
def test_what_names_no_one_site_is_refused(text):
    with pytest.raises(ValueError, match="no address"):
        origin(text)


def test_hours_are_tidied_and_asked():
    hours = Hours(mon="13h-16h30, 7:30-11:30")
    assert hours.mon == "07:30-11:30, 13:00-16:30"
    assert hours.is_open(datetime(2026, 3, 2, 8, 0)) and not hours.is_open(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001
    assert hours.next_opening(datetime(2026, 3, 2, 12, 0)) == datetime(2026, 3, 2, 13, 0)  # noqa: DTZ001
    assert Hours().next_opening(datetime(2026, 3, 2)) is None  # noqa: DTZ001


@pytest.mark.parametrize("text", ["sáng", "11:30-7:30", "25:00-26:00"])
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        spans(text)


def shared():
    raw = {"format": "khue-assistant/1", "slug": "ho-tich", "definition": {"name": {"vi": "Hộ tịch"}}}
    return raw | {"questions": [{"question": "Phí?", "answer": "8.000 đồng"}]}


def test_a_file_comes_back_as_it_went():
    one = file.Shared.model_validate(shared())
    assert file.read(file.write(one).encode()) == one


@pytest.mark.parametrize(
    ("octets", "place"),
    [
        (b"\xff\xfe", ""),
        (b"- 1", ""),
        (b"a: [", "line"),
        (b"format: khue-assistant/1\nslug: A B\ndefinition: {name: {vi: x}}", "slug"),
        (b"format: khue-assistant/1\nslug: a\ndefinition: {name: {vi: x}, languages: [de]}", "definition.languages.0"),
        (b"format: khue-assistant/1\nslug: a\ndefinition: {name: {vi: x}, secret: 1}", "definition.secret"),
        (b"x" * 1_100_000, ""),
    ],
)
def test_a_file_with_faults_is_refused_with_their_place(octets, place):
    with pytest.raises(file.UnreadableFile) as refused:
        file.read(octets)
    assert refused.value.faults[0][0].startswith(place)


def test_the_demonstration_s_assistant_is_complete():
    from django.conf import settings

    shared = file.read((settings.CONTENT / "demo" / "assistants" / "thu-tuc-hang-ngay.yaml").read_bytes())
    kinds = [question.kind for question in shared.questions]
    assert all(kinds.count(kind) >= least for kind, least in LEAST.items())
    assert not shared.definition.notice.lacking(shared.definition.languages)
    assert shared.definition.handover.contact.is_reachable
