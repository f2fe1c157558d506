"""The catalogue, a programme's page, reading with the place kept."""

import pytest
from django.urls import reverse

from khue.domains.academy.actions import programmes
from khue.domains.academy.course.course import parse
from khue.domains.academy.course.pages import rendered
from khue.domains.academy.models import Enrolment, Reading
from khue.domains.academy.tests.small import small_programme


@pytest.fixture
def version(cast):
    return small_programme(cast)


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_the_catalogue_shows_a_participant_their_programme(client, cast, version):
    client.force_login(cast.an)
    text = page(client, "academy:programmes").content.decode()
    assert "Chương trình nhỏ" in text and "Bạn đang học" in text


def test_the_catalogue_of_another_organisation_is_empty(client, cast, version):
    client.force_login(cast.hai)
    assert "Chương trình nhỏ" not in page(client, "academy:programmes").content.decode()


def test_an_enrolled_person_keeps_the_version_of_their_cohort(client, cast, version, changed):
    newer = programmes.load(
        parse(changed("programme.yaml", '"1.0"', '"1.1"')), by=None, organisation_id=cast.academy.pk
    ).version
    for person, expected in ((cast.an, version), (cast.binh, newer)):
        client.force_login(person)
        assert reverse("academy:programme", args=[expected.pk]) in page(client, "academy:programmes").content.decode()


def test_whoever_is_not_enrolled_sees_the_description_but_not_the_pages(client, cast, version):
    Enrolment.objects.filter(person=cast.an).update(state="withdrawn")
    client.force_login(cast.an)
    assert page(client, "academy:programme", version.pk).status_code == 200
    assert page(client, "academy:topic", version.pk, "mo-dau").status_code == 403


def test_an_open_programme_is_read_by_everyone_near(client, cast, version):
    version.is_open = True
    version.save()
    client.force_login(cast.dung)
    assert page(client, "academy:topic", version.pk, "mo-dau").status_code == 200
    client.force_login(cast.hai)
    assert page(client, "academy:topic", version.pk, "mo-dau").status_code == 404


def test_a_topic_shows_its_page_objectives_exercises_and_what_is_to_be_confirmed(client, cast, version):
    client.force_login(cast.an)
    text = page(client, "academy:topic", version.pk, "mo-dau").content.decode()
    address = reverse("academy:programme-file", args=[version.pk, "images/mot.svg"])
    for wanted in ('<h2 id="s1">Một</h2>', f'src="{address}"', "Biết bắt đầu", "Nhìn quanh", "Luật A", "cần xác nhận"):
        assert wanted in text


def test_quiz_answers_are_not_in_the_page(client, cast, version):
    client.force_login(cast.an)
    text = page(client, "academy:topic", version.pk, "mo-dau").content.decode()
    assert "Vì." not in text and "Đúng" not in text


def test_the_place_is_kept_and_never_goes_back(client, cast, version):
    client.force_login(cast.an)
    reach = reverse("academy:topic-reach", args=[version.pk, "mo-dau"])
    for section in ("3", "1"):
        client.post(reach, {"section": section})
    assert Reading.objects.get(person=cast.an).section == 3
    assert 'data-section="3"' in page(client, "academy:topic", version.pk, "mo-dau").content.decode()


@pytest.mark.parametrize("section", ["", "-1", "a", "1001", "99999999999999999999"])
def test_a_place_that_cannot_be_is_refused(client, cast, version, section):
    client.force_login(cast.an)
    response = client.post(reverse("academy:topic-reach", args=[version.pk, "mo-dau"]), {"section": section})
    assert response.status_code == 400 and not Reading.objects.exists()


def test_reading_to_the_end_counts_once(client, cast, version):
    client.force_login(cast.an)
    finish = reverse("academy:topic-finish", args=[version.pk, "mo-dau"])
    client.post(finish)
    first = Reading.objects.get().finished_at
    client.post(finish)
    assert Reading.objects.get().finished_at == first
    assert 'class="is-read"' in page(client, "academy:programme", version.pk).content.decode()


def test_a_picture_runs_nothing(client, cast, version):
    client.force_login(cast.an)
    response = client.get(reverse("academy:programme-file", args=[version.pk, "images/mot.svg"]))
    assert response["Content-Type"] == "image/svg+xml"
    assert (
        "sandbox" in response["Content-Security-Policy"] and "default-src 'none'" in response["Content-Security-Policy"]
    )


@pytest.mark.parametrize("path", ["topics/mo-dau/quiz.yaml", "programme.yaml", "images/../programme.yaml"])
def test_files_with_answers_are_not_served(client, cast, version, path):
    client.force_login(cast.an)
    address = reverse("academy:programme-file", args=[version.pk, "images/mot.svg"]).replace("images/mot.svg", path)
    assert client.get(address).status_code == 404


def test_a_page_is_clean_whatever_its_text_says():
    text = (
        "## A <script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)> ![](data:text/html,x)"
    )
    html = rendered("topics/a/vi.md", text, lambda path: f"/f/{path}").html
    assert "<script" not in html and "<img src=x" not in html and 'href="javascript' not in html


def test_the_number_of_queries_does_not_grow_with_programmes(
    client, cast, version, files, django_assert_max_num_queries
):
    client.force_login(cast.an)
    for number in range(5):
        slug = files["programme.yaml"].replace(b"id: nho", f"id: nho-{number}".encode())
        programmes.load(parse(files | {"programme.yaml": slug}), by=None, organisation_id=cast.academy.pk)
    with django_assert_max_num_queries(16):
        page(client, "academy:programmes")
