"""From nothing to a filled cohort, as a coordinator does it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from khue.domains.academy.models import Cohort
from khue.domains.academy.tests.small import small_programme

LIST = "Họ và tên,Email,Tỉnh\nĐỗ Thị Đào,dao@x.example,Huế\nVô Danh,khong-phai,Huế\n".encode()


def test_open_bring_look_take_teams_invite(cast):
    version = small_programme(cast)
    chi = Client()
    chi.force_login(cast.chi, backend="khue.domains.people.adapters.PasswordBackend")
    assert version.names["vi"] in chi.get("/learn/cohorts/new/").text
    given = {"version": version.pk, "organisation": cast.academy.pk, "name": "Khóa thu", "starts_on": "2026-11-23"}
    opened = chi.post("/learn/cohorts/new/", given)
    cohort = Cohort.objects.get(slug="khoa-thu")
    assert opened.headers["Location"] == f"/learn/cohorts/{cohort.pk}/"
    brought = chi.post(f"/learn/cohorts/{cohort.pk}/list/", {"file": SimpleUploadedFile("l.csv", LIST)})
    look = brought.headers["Location"]
    page = chi.get(look).text
    assert "khong-phai" in page and not cohort.enrolments.exists()
    chi.post(f"{look}take/")
    assert [str(enrolment.person) for enrolment in cohort.enrolments.all()] == ["Đỗ Thị Đào"]
    assert chi.get(look).status_code == 302
    chi.post(f"/learn/cohorts/{cohort.pk}/teams/", {"size": 5})
    assert cohort.teams.count() == 1
    slips = chi.post(f"/learn/cohorts/{cohort.pk}/invitations/")
    assert "Đỗ Thị Đào" in slips.text and "<svg" in slips.text
    assert slips.headers["Cache-Control"].startswith("max-age=0")
