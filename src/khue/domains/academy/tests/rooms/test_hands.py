"""Raising a hand, and trainers who answer it."""

import pytest
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import hands
from khue.domains.academy.actions.hands import HandRefused
from khue.domains.academy.models import Hand
from khue.domains.academy.queries import rooms as queries
from khue.domains.academy.tests.labs import work
from khue.domains.academy.tests.sprints import sprint
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed


def signed_in(person):
    client = Client()
    client.force_login(person, backend="khue.domains.people.adapters.PasswordBackend")
    return client


@pytest.fixture
def lab(cohort):
    return cohort.version.activities.get(kind="lab")


@pytest.fixture
def hand(cast, cohort, session, seat_of_an, lab) -> Hand:
    return hands.put_up(by=actor_of(cast.an.pk), cohort_id=cohort.pk, activity=lab, line="Không mở được công cụ")


def test_from_the_page_where_it_sticks(cast, cohort, session, seat_of_an, lab):
    page = reverse("academy:brief", args=[cohort.version_id, lab.key])
    form = {"at": f"activity:{lab.pk}", "line": "Không mở được", "next": page}
    assert signed_in(cast.an).post(reverse("academy:hand-raise"), form).headers["Location"] == page
    hand = Hand.objects.get()
    assert (hand.enrolment.person, hand.activity, hand.topic, hand.line) == (
        cast.an, lab, lab.topic, "Không mở được"
    )  # fmt: skip


def test_from_the_room_with_the_step_where_it_sticks(cast, cohort, session, seat_of_an, lab):
    client, page = signed_in(cast.an), reverse("academy:part", args=[session.pk])
    text = client.get(page).content.decode()
    assert f'<option value="activity:{lab.pk}"' in text and '<option value="session"' in text
    client.post(reverse("academy:hand-raise"), {"at": f"activity:{lab.pk}", "session": session.pk, "next": page})
    assert Hand.objects.get().activity == lab


def test_what_somebody_has_begun_is_proposed_as_the_step(cast, cohort, session, seat_of_an):
    topic = cohort.version.topics.get()
    client, page = signed_in(cast.an), reverse("academy:part", args=[session.pk])
    client.post(reverse("academy:topic-reach", args=[cohort.version_id, topic.key]), {"section": "1"})
    assert f'<option value="topic:{topic.pk}" selected' in client.get(page).content.decode()


def test_the_trainer_sees_it_at_once_with_where_and_what(cast, session, hand):
    text = signed_in(cast.chi).get(reverse("academy:room", args=[session.pk])).content.decode()
    assert "Không mở được công cụ" in text and str(cast.an) in text and hand.where in text


def test_neither_name_nor_line_stands_on_the_wall(cast, session, hand):
    text = signed_in(cast.chi).get(reverse("academy:room-wall", args=[session.pk])).content.decode()
    assert "Không mở được" not in text and str(cast.an) not in text


def test_raised_again_it_is_the_same_hand_at_the_new_place(cast, cohort, hand):
    topic = cohort.version.topics.get()
    again = hands.put_up(by=actor_of(cast.an.pk), cohort_id=cohort.pk, topic=topic, line="Vẫn kẹt")
    assert again.pk == hand.pk and Hand.objects.count() == 1
    assert (Hand.objects.get().activity, Hand.objects.get().line) == (None, "Vẫn kẹt")


def test_of_two_trainers_one_goes(cast, hand):
    hands.take(by=actor_of(cast.chi.pk), hand=hand)
    with pytest.raises(HandRefused, match=str(cast.chi)):
        hands.take(by=actor_of(cast.giang.pk), hand=Hand.objects.get())
    hands.take(by=actor_of(cast.chi.pk), hand=Hand.objects.get())
    assert Hand.objects.get().taken_by == cast.chi


def test_the_first_answer_stays_when_two_trainers_answer(cast, hand):
    other = Hand.objects.get()
    hands.settle(by=actor_of(cast.chi.pk), hand=hand, note="Đã cấp quyền")
    with pytest.raises(HandRefused, match=str(cast.chi)):
        hands.settle(by=actor_of(cast.giang.pk), hand=other, note="Khác")
    hands.settle(by=actor_of(cast.chi.pk), hand=hand, note="lần nữa")
    assert Hand.objects.get().note == "Đã cấp quyền"


def test_the_person_reads_what_the_trainer_said(cast, session, seat_of_an, hand):
    hands.settle(by=actor_of(cast.chi.pk), hand=hand, note="Hãy tải lại trang")
    text = signed_in(cast.an).get(reverse("academy:part", args=[session.pk])).content.decode()
    assert "Hãy tải lại trang" in text and str(cast.chi) in text


def test_put_down_by_the_person_and_twice_is_once(cast, hand):
    for _time in range(2):
        assert signed_in(cast.an).post(reverse("academy:hand-down", args=[hand.pk])).status_code == 302
    hand.refresh_from_db()
    assert hand.settled_at and hand.settled_by is None
    assert not Hand.objects.up().exists()


def test_participants_answer_nobodys_hand(cast, hand):
    with pytest.raises(NotAllowed):
        hands.settle(by=actor_of(cast.an.pk), hand=hand)


def test_the_hand_of_somebody_withdrawn_meanwhile_is_gone_and_they_raise_none(cast, cohort, session, seat_of_an, hand):
    seat_of_an.state = "withdrawn"
    seat_of_an.save()
    assert queries.attention(session).hands == ()
    with pytest.raises(HandRefused):
        hands.put_up(by=actor_of(cast.an.pk), cohort_id=cohort.pk)
    assert signed_in(cast.an).get(reverse("academy:part", args=[session.pk])).status_code == 404


def test_outside_sessions_a_hand_waits_for_the_next_screen(cast, cohort, session, seat_of_an, lab):
    session.starts_at, session.ends_at = session.starts_at.replace(year=2031), session.ends_at.replace(year=2031)
    session.save()
    hand = hands.put_up(by=actor_of(cast.an.pk), cohort_id=cohort.pk, activity=lab)
    assert hand.session is None
    assert queries.attention(session).hands == (hand,)


def test_it_does_not_lead_away_to_another_site(cast, cohort, session, seat_of_an):
    topic = cohort.version.topics.get()
    for bad in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        form = {"at": f"topic:{topic.pk}", "next": bad}
        assert signed_in(cast.an).post(reverse("academy:hand-raise"), form).headers["Location"] == "/learn/days/"


@pytest.mark.parametrize("page", ["lab", "submission", "stage"])
def test_a_hand_is_raised_where_the_work_is(cast, page):
    if page == "stage":
        there = sprint.handed_in(cast)
        address, activity_id = f"/learn/entries/{there.pk}/stages/hieu/", there.sprint.activity_id
    else:
        work_of_an = work.waiting(cast)
        activity_id = work_of_an.activity_id
        address = (
            f"/learn/submissions/{work_of_an.pk}/" if page == "submission" else f"/learn/activities/{activity_id}/"
        )
    client = signed_in(cast.an)
    assert f'value="activity:{activity_id}"' in client.get(address).content.decode()
    raised = {"at": f"activity:{activity_id}", "line": "Bước hai", "next": address}
    assert client.post("/learn/hands/", raised)["Location"] == address
    hand = Hand.objects.get()
    assert (hand.activity_id, hand.enrolment.person) == (activity_id, cast.an)
    assert f"/learn/hands/{hand.pk}/down/" in client.get(address).content.decode()
