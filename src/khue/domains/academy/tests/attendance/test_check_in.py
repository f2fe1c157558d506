"""Coming to a session: once per person and device, through sign-in, early, online, on paper, corrected."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import attendance as actions
from khue.domains.academy.actions.attendance import CheckInRefused, Scan
from khue.domains.academy.models import Attendance, AttendanceChange, Enrolment
from khue.domains.academy.queries import attendance as queries
from khue.domains.academy.rules.attendance import Presence, Way
from khue.domains.people.api import actor_of
from khue.kernel.clock import now
from khue.kernel.errors import NotAllowed


def address(session, place, at=None):
    return reverse("academy:scan", args=[session.pk, place.pk, actions.shown_code(session, place, at or now())])


def signed_in(person):
    client = Client()
    client.force_login(person, backend="khue.domains.people.adapters.PasswordBackend")
    return client


def scanned(session, place, at=None):
    return Scan(session.pk, place.pk, at or now(), Way.QR)


def test_scan_and_there(cast, session, place, seat_of_an):
    an = signed_in(cast.an)
    assert an.get(address(session, place)).headers["Location"] == "/learn/here/"
    page = an.post("/learn/here/", follow=True)
    assert page.status_code == 200
    row = Attendance.objects.get()
    assert (row.presence, row.way, row.place, row.enrolment) == (Presence.PRESENT, Way.QR, place, seat_of_an)


def test_a_scan_survives_signing_in_on_the_way(cast, session, place, seat_of_an):
    visitor = Client()
    visitor.get(address(session, place))
    assert "/accounts/login/" in visitor.get("/learn/here/").headers["Location"]
    visitor.post("/accounts/login/", {"login": "an", "password": "hoc-cung-khue"})
    visitor.post("/learn/here/")
    assert Attendance.objects.get().enrolment == seat_of_an


def test_a_code_passed_on_to_an_absent_friend_is_stale(cast, session, place, seat_of_an):
    page = signed_in(cast.an).get(address(session, place, at=now() - timedelta(minutes=2)))
    assert page.status_code == 410
    assert not Attendance.objects.exists()


def test_the_same_form_twice_counts_once(cast, session, place, seat_of_an):
    by = actor_of(cast.an.pk)
    first = actions.check_in(by=by, scanned=scanned(session, place), device="a")
    again = actions.check_in(by=by, scanned=scanned(session, place), device="b")
    assert first.pk == again.pk and Attendance.objects.count() == 1


def test_a_button_pressed_twice_leads_both_times_to_what_is_noted(cast, session, place, seat_of_an):
    an = signed_in(cast.an)
    an.get(address(session, place))
    first, second = an.post("/learn/here/"), an.post("/learn/here/")
    assert first.headers["Location"] == second.headers["Location"] == f"/learn/here/{Attendance.objects.get().pk}/"


def test_one_device_checks_one_person_in(cast, cohort, session, place, seat_of_an):
    Enrolment.objects.create(cohort=cohort, person=cast.binh, place=place)
    actions.check_in(by=actor_of(cast.an.pk), scanned=scanned(session, place), device="one telephone")
    with pytest.raises(CheckInRefused, match="device"):
        actions.check_in(by=actor_of(cast.binh.pk), scanned=scanned(session, place), device="one telephone")
    assert Attendance.objects.count() == 1


def test_typing_the_code_finds_the_place(cast, session, place, seat_of_an):
    code = actions.shown_code(session, place, now())
    signed_in(cast.an).post("/learn/here/", {"session": str(session.pk), "code": code.lower()})
    assert (Attendance.objects.get().way, Attendance.objects.get().place) == (Way.CODE, place)


def test_a_wrong_code_says_what_to_do(cast, session, place, seat_of_an):
    page = signed_in(cast.an).post("/learn/here/", {"session": str(session.pk), "code": "AAAAAA"})
    assert page.status_code == 400 and not Attendance.objects.exists()


def test_an_early_scan_is_held_and_counts_when_the_session_opens(cast, session, place, seat_of_an):
    session.starts_at, session.ends_at = now() + timedelta(hours=2), now() + timedelta(hours=3)
    session.save()
    row = actions.check_in(by=actor_of(cast.an.pk), scanned=scanned(session, place), device="a")
    assert row.presence == Presence.HELD
    assert actions.release_held(session) == 0
    session.starts_at = now() + timedelta(minutes=20)
    session.save()
    assert actions.release_held(session) == 1
    assert Attendance.objects.get().presence == Presence.PRESENT


def test_who_is_not_of_the_cohort_is_refused(cast, session, place):
    with pytest.raises(CheckInRefused, match="roll"):
        actions.check_in(by=actor_of(cast.an.pk), scanned=scanned(session, place), device="a")


def test_the_place_of_another_cohort_is_no_place_of_this_session(cast, session, place, seat_of_an):
    foreign = Scan(session.pk, cast.academy.pk, now(), Way.QR)
    with pytest.raises(CheckInRefused):
        actions.check_in(by=actor_of(cast.an.pk), scanned=foreign, device="a")


def test_online_minutes_add_up_and_two_windows_count_once(cast, session, seat_of_an, monkeypatch):
    clock = [session.starts_at]
    monkeypatch.setattr(actions, "now", lambda: clock[0])
    by = actor_of(cast.an.pk)
    for _minute in range(32):
        actions.pulse(by=by, session=session)
        actions.pulse(by=by, session=session)
        clock[0] += timedelta(minutes=1)
    row = Attendance.objects.get()
    assert row.online_minutes == pytest.approx(31)
    assert row.presence == Presence.PRESENT and row.way == Way.ONLINE


def test_a_pause_online_is_not_counted(cast, session, seat_of_an, monkeypatch):
    clock = [session.starts_at]
    monkeypatch.setattr(actions, "now", lambda: clock[0])
    actions.pulse(by=actor_of(cast.an.pk), session=session)
    clock[0] += timedelta(minutes=20)
    assert actions.pulse(by=actor_of(cast.an.pk), session=session) == 0.0


def test_a_signed_sheet_is_entered_afterwards(cast, session, place, seat_of_an):
    actions.enter_sheet(by=actor_of(cast.chi.pk), session=session, place=place, came={seat_of_an.pk: True})
    assert (Attendance.objects.get().presence, Attendance.objects.get().way) == (Presence.PRESENT, Way.SHEET)


def test_a_sheet_takes_nobody_away_who_was_noted_as_there(cast, session, place, seat_of_an):
    actions.check_in(by=actor_of(cast.an.pk), scanned=scanned(session, place), device="a")
    actions.enter_sheet(by=actor_of(cast.chi.pk), session=session, place=place, came={seat_of_an.pk: False})
    assert Attendance.objects.get().presence == Presence.PRESENT


def test_a_correction_needs_a_reason_and_stays_on_record(cast, session, seat_of_an):
    by = actor_of(cast.chi.pk)
    with pytest.raises(CheckInRefused, match="reason"):
        actions.correct(by=by, session=session, enrolment=seat_of_an, presence=Presence.EXCUSED, reason=" ")
    actions.correct(by=by, session=session, enrolment=seat_of_an, presence=Presence.EXCUSED, reason="Ốm, có giấy")
    change = AttendanceChange.objects.get()
    assert (change.before, change.after, change.reason, change.by) == ("", "excused", "Ốm, có giấy", cast.chi)


def test_the_page_of_a_seat_corrects_it(cast, session, place, seat_of_an):
    chi, address = signed_in(cast.chi), reverse("academy:session-seat", args=[session.pk, seat_of_an.pk])
    assert chi.post(address, {"presence": "excused", "reason": " "}).status_code == 400
    assert chi.post(address, {"presence": "excused", "reason": "Ốm, có giấy"}).status_code == 302
    assert Attendance.objects.get().presence == Presence.EXCUSED
    assert "Ốm, có giấy" in chi.get(address).content.decode()
    assert signed_in(cast.an).get(address).status_code == 403


def test_participants_neither_see_the_code_nor_correct(cast, session, place, seat_of_an):
    an = signed_in(cast.an)
    assert an.get(reverse("academy:session-screen", args=[session.pk, place.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        actions.correct(
            by=actor_of(cast.an.pk), session=session, enrolment=seat_of_an, presence=Presence.PRESENT, reason="tôi"
        )


def test_the_board_counts_by_place_in_a_handful_of_statements(cast, cohort, session, django_assert_max_num_queries):
    places = {place.key: place for place in cohort.places.all()}
    from khue.domains.academy.actions import enrolments

    rows = "\n".join(f"Người {n},n{n}@x.example,{'Trực tuyến' if n % 2 else 'khue-van-hcm'}" for n in range(60))
    enrolments.take(by=None, cohort=cohort, octets=f"Họ và tên,Email,Nơi học\n{rows}".encode(), name="l.csv")
    for enrolment in cohort.enrolments.filter(place=places["online"])[:7]:
        Attendance.objects.create(
            session=session, enrolment=enrolment, place=places["online"], presence="present", way="qr", at=now()
        )
    with django_assert_max_num_queries(4):
        boards = {one.place.key: one for one in queries.board(session) if one.place}
    assert (boards["online"].there, len(boards["online"].seats)) == (7, 30)
    assert (boards["khue-van-hcm"].there, len(boards["khue-van-hcm"].missing)) == (0, 30)
    with django_assert_max_num_queries(1):
        assert queries.head_count(session, places["online"]) == queries.HeadCount(there=7, of=30)


def test_who_comes_to_another_place_is_counted_there(cast, cohort, session, seat_of_an):
    elsewhere = cohort.places.exclude(pk=seat_of_an.place_id).first()
    Attendance.objects.create(
        session=session, enrolment=seat_of_an, place=elsewhere, presence="late", way="qr", at=now()
    )
    assert queries.head_count(session, elsewhere) == queries.HeadCount(there=1, of=1)
    assert queries.head_count(session, seat_of_an.place) == queries.HeadCount(there=0, of=0)


@pytest.mark.django_db(transaction=True)
def test_the_same_check_in_from_many_threads_is_one(cast, session, place, seat_of_an):
    by, scan = actor_of(cast.an.pk), scanned(session, place)

    def once(_n: int) -> object:
        try:
            return actions.check_in(by=by, scanned=scan, device="a").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(once, range(24)))) == 1
    assert Attendance.objects.count() == 1
