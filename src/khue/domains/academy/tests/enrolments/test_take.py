"""A list becomes enrolments; the same list again changes nothing; a corrected one updates."""

import pytest
from django.conf import settings

from khue.domains.academy.actions import enrolments, teams
from khue.domains.academy.models import Enrolment
from khue.domains.academy.rules.cohorts import EnrolmentState
from khue.domains.people.api import actor_of
from khue.domains.people.models import Membership, Person
from khue.kernel.errors import NotAllowed

HEAD = "Họ và tên,Email,Tỉnh,Đơn vị,Nơi học,Số năm công tác"
AN = "Đỗ Thị Đào,dao@x.example,Huế,Sở Nội vụ,Phân hiệu miền Trung (Huế),7"
BAO = "Hồ Gia Bảo,bao@x.example,Quảng Nam,Sở Tài chính,Trực tuyến,3"
BAD = "Vô Danh,khong-phai,Huế,,,"


def lines(*rows):
    return "\n".join([HEAD, *rows]).encode()


def take(cohort, *rows, by=None):
    return enrolments.take(by=by, cohort=cohort, octets=lines(*rows), name="list.csv")


def test_places_of_a_new_cohort_are_its_sites_and_online(cohort):
    assert [place.key for place in cohort.places.all()] == [
        "khue-van", "khue-van-hcm", "khue-van-mien-trung", "khue-van-tay-nguyen", "online"
    ]  # fmt: skip


def test_looking_changes_nothing(cohort):
    report = enrolments.look(by=None, cohort=cohort, octets=lines(AN, BAD), name="list.csv")
    assert report.counts == {"accepted": 1, "updated": 0, "unchanged": 0, "refused": 1}
    assert cohort.enrolments.count() == 0 and not Person.objects.filter(email="dao@x.example").exists()


def test_right_rows_are_taken_and_wrong_ones_said(cohort, cast):
    report = take(cohort, AN, BAD, BAO)
    assert [(line.row, line.outcome) for line in report.lines] == [(2, "accepted"), (3, "refused"), (4, "accepted")]
    dao = Enrolment.objects.get(person__email="dao@x.example")
    assert (dao.place.key, dao.province, dao.unit, dao.experience) == ("khue-van-mien-trung", "Huế", "Sở Nội vụ", 7)
    assert dao.state == EnrolmentState.INVITED
    assert Membership.objects.get(person=dao.person).organisation.slug == "khue-van-mien-trung"
    bao = Enrolment.objects.get(person__email="bao@x.example")
    assert (bao.place.key, bao.province, bao.province_before) == ("online", "Đà Nẵng", "Quảng Nam")
    assert Membership.objects.get(person=bao.person).organisation == cast.academy


def test_the_same_list_again_changes_nothing(cohort):
    take(cohort, AN, BAO)
    assert take(cohort, AN, BAO).counts == {"accepted": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert cohort.enrolments.count() == 2


def test_a_corrected_list_updates_and_names_who_is_missing(cohort):
    take(cohort, AN, BAO)
    report = take(cohort, AN.replace("Đào", "Đào Hoa").replace(",7", ",8"))
    (line,) = report.lines
    assert (line.outcome, set(line.changed)) == ("updated", {"name", "experience"})
    assert report.missing == ("Hồ Gia Bảo",)
    dao = Enrolment.objects.get(person__email="dao@x.example")
    assert (dao.person.full_name, dao.experience) == ("Đỗ Thị Đào Hoa", 8)


def test_a_list_with_fewer_columns_takes_nothing_away(cohort):
    take(cohort, AN)
    enrolments.take(by=None, cohort=cohort, octets="Họ và tên,Email\nĐỗ Thị Đào,dao@x.example\n".encode(), name="l.csv")
    dao = Enrolment.objects.get(person__email="dao@x.example")
    assert (dao.province, dao.unit, dao.experience) == ("Huế", "Sở Nội vụ", 7)


def test_an_account_that_is_there_is_enrolled_and_not_renamed(cohort, cast):
    take(cohort, f"Tên Khác,{cast.an.email},,,,")
    take(cohort, f"Tên Khác Nữa,{cast.an.email},,,,")
    enrolment = cohort.enrolments.get(person=cast.an)
    assert enrolment.person.full_name == cast.an.full_name
    assert Person.objects.filter(email=cast.an.email).count() == 1


def test_somebody_without_address_is_found_again_by_name_unit_and_province(cohort):
    row = "Lý Tự Do,,Huế,Sở Nội vụ,,5"
    take(cohort, row)
    assert take(cohort, row).counts["unchanged"] == 1


def test_only_those_who_run_cohorts_take_lists(cohort, cast):
    with pytest.raises(NotAllowed):
        take(cohort, AN, by=actor_of(cast.an.pk))
    with pytest.raises(NotAllowed):
        take(cohort, AN, by=actor_of(cast.hai.pk))


def test_a_file_that_is_no_list_is_refused_whole(cohort):
    with pytest.raises(enrolments.ListUnreadable, match="headings"):
        enrolments.take(by=None, cohort=cohort, octets=b"a,b\n1,2\n", name="list.csv")


def test_a_thousand_rows_take_a_handful_of_statements(cohort, django_assert_max_num_queries):
    rows = [f"Người {n},n{n}@x.example,Huế,Sở {n % 9},Trực tuyến,{n % 30}" for n in range(1000)]
    with django_assert_max_num_queries(40):
        take(cohort, *rows)
    assert cohort.enrolments.count() == 1000


def test_teams_hold_everybody_once(cohort):
    take(cohort, *(f"Người {n},n{n}@x.example,Huế,Sở {n % 9},Trực tuyến,{n % 30}" for n in range(13)))
    made = teams.form(by=None, cohort=cohort, size=4)
    assert [team.name for team in made] == ["Nhóm 1", "Nhóm 2", "Nhóm 3"]
    assert cohort.enrolments.filter(team=None).count() == 0
    teams.form(by=None, cohort=cohort, size=6)
    assert cohort.teams.count() == 2


def test_the_list_of_the_demo_is_65_people_of_13_provinces_at_five_places(cohort):
    octets = (settings.CONTENT / "demo" / "participants.csv").read_bytes()
    report = enrolments.take(by=None, cohort=cohort, octets=octets, name="participants.csv")
    assert report.counts == {"accepted": 65, "updated": 0, "unchanged": 0, "refused": 0}
    assert len(set(cohort.enrolments.values_list("province", flat=True))) == 13
    assert len(set(cohort.enrolments.values_list("place", flat=True))) == 5
