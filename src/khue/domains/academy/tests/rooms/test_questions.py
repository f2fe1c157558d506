"""Questions without a name: who asked is stored nowhere; one vote and a few questions for each person all the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.serializers import serialize
from django.db import connection
from django.test import Client
from django.urls import reverse

from khue.domains.academy.actions import questions, voices
from khue.domains.academy.actions.questions import Judgement, QuestionRefused
from khue.domains.academy.actions.voices import RoomSealed
from khue.domains.academy.models import PollAnswer, Question, Room, Vote
from khue.domains.academy.queries import rooms as queries
from khue.domains.academy.rules.rooms import QUESTIONS, STRETCH
from khue.domains.academy.tests.rooms.class_ import seated
from khue.domains.academy.tests.rooms.test_hands import signed_in
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed


@pytest.fixture
def question(session, seat_of_an) -> Question:
    return questions.ask(seat=seat_of_an, session=session, text="Dữ liệu có ra khỏi cơ quan không?")


def listed(session, seat=None):
    room = Room.objects.filter(pk=session.pk).first()
    return [(one.question.text, one.votes, one.is_mine) for one in queries.questions(session, room, seat=seat)]


def test_nothing_that_is_stored_names_who_asked(cast, session, seat_of_an, question):
    rows = serialize("json", [question, Room.objects.get()])
    for sign in (cast.an.pk, cast.an.pk.hex, cast.an.full_name, cast.an.email, seat_of_an.pk, seat_of_an.pk.hex):
        assert str(sign) not in rows
    columns = {field.name for field in Question._meta.get_fields()}
    assert columns == {
        "id", "session", "position", "text", "answered_at", "hidden_at", "hidden_because", "judged_by", "kept_votes",
        "votes",
    }  # fmt: skip


def test_two_questions_of_one_person_look_no_more_alike_than_those_of_two(session, place, cohort, seat_of_an):
    """The count of who asked is one row without order, which says no more than how many have asked."""
    other = seated(cohort, place, 1)[0]
    for seat, text in ((seat_of_an, "Một?"), (other, "Hai?"), (seat_of_an, "Ba?")):
        questions.ask(seat=seat, session=session, text=text)
    asked = Room.objects.get().asked
    assert sorted(asked.values()) == [1, 2] and list(asked) == sorted(asked)


def test_no_more_than_a_few_in_a_stretch_of_time(session, seat_of_an, monkeypatch):
    for number in range(QUESTIONS):
        questions.ask(seat=seat_of_an, session=session, text=f"Câu {number}?")
    with pytest.raises(QuestionRefused):
        questions.ask(seat=seat_of_an, session=session, text="Thêm một câu?")
    later = questions.now() + STRETCH
    monkeypatch.setattr(questions, "now", lambda: later)
    questions.ask(seat=seat_of_an, session=session, text="Thêm một câu?")
    assert Question.objects.count() == QUESTIONS + 1
    assert list(Room.objects.get().asked.values()) == [1]


def test_the_same_form_twice_is_one_question(cast, session, seat_of_an):
    for _time in range(2):
        form = {"text": "  Bao giờ nghỉ?\n"}
        answer = signed_in(cast.an).post(reverse("academy:question-ask", args=[session.pk]), form)
        assert answer.status_code == 302
    assert [one.text for one in Question.objects.all()] == ["Bao giờ nghỉ?"]


def test_one_vote_for_each_person_given_and_taken_back(session, cohort, place, seat_of_an, question):
    other = seated(cohort, place, 1)[0]
    for _time in range(3):
        questions.vote(seat=seat_of_an, question=question, wants=True)
    questions.vote(seat=other, question=question, wants=True)
    assert listed(session, seat_of_an) == [(question.text, 2, True)]
    questions.vote(seat=other, question=question, wants=False)
    assert listed(session, other) == [(question.text, 1, False)]


def test_the_most_wanted_come_first_and_the_answered_last(cast, session, cohort, place, seat_of_an, question):
    second = questions.ask(seat=seat_of_an, session=session, text="Hai?")
    third = questions.ask(seat=seat_of_an, session=session, text="Ba?")
    questions.vote(seat=seat_of_an, question=third, wants=True)
    questions.judge(by=actor_of(cast.chi.pk), question=question, judgement=Judgement.ANSWERED)
    assert [text for text, _votes, _mine in listed(session)] == [third.text, second.text, question.text]


def test_hiding_needs_a_reason_and_takes_it_from_participants(cast, session, seat_of_an, question):
    by = actor_of(cast.chi.pk)
    with pytest.raises(QuestionRefused, match="why"):
        questions.judge(by=by, question=question, judgement=Judgement.HIDDEN, because="  ")
    questions.judge(by=by, question=question, judgement=Judgement.HIDDEN, because="Nêu tên người khác")
    assert listed(session, seat_of_an) == []
    assert question.text not in signed_in(cast.an).get(reverse("academy:part", args=[session.pk])).content.decode()
    vote = signed_in(cast.an).post(reverse("academy:question-vote", args=[question.pk]))
    assert vote.status_code == 404
    assert "Nêu tên người khác" in signed_in(cast.chi).get(reverse("academy:room", args=[session.pk])).content.decode()
    questions.judge(by=by, question=question, judgement=Judgement.OPEN)
    assert len(listed(session)) == 1


def test_participants_judge_no_question(cast, question):
    with pytest.raises(NotAllowed):
        questions.judge(by=actor_of(cast.an.pk), question=question, judgement=Judgement.ANSWERED)


def test_sealed_nobody_can_find_out_who_voted_and_the_count_stays(cast, session, seat_of_an, question):
    questions.vote(seat=seat_of_an, question=question, wants=True)
    voices.seal(by=actor_of(cast.chi.pk), session=session)
    room = Room.objects.get()
    assert (bytes(room.salt), room.asked, Vote.objects.count()) == (b"", {}, 0)
    assert listed(session, seat_of_an) == [(question.text, 1, False)]
    with pytest.raises(RoomSealed):
        questions.ask(seat=seat_of_an, session=session, text="Còn một câu?")
    with pytest.raises(RoomSealed):
        questions.vote(seat=seat_of_an, question=question, wants=True)
    assert signed_in(cast.an).get(reverse("academy:part", args=[session.pk])).status_code == 200


def test_it_is_sealed_by_itself_half_an_hour_after_the_session(session, question):
    assert voices.seal_due() == 0
    session.starts_at, session.ends_at = session.starts_at - timedelta(hours=3), session.ends_at - timedelta(hours=3)
    session.save()
    assert voices.seal_due() == 1
    assert Room.objects.get().sealed_at and voices.seal_due() == 0


def test_another_session_knows_nothing_of_a_digest(session, seat_of_an, question):
    first = voices.digest(Room.objects.get(), "vote", question.pk, seat_of_an.pk)
    other = Room(session=session, salt=b"another")
    assert voices.digest(other, "vote", question.pk, seat_of_an.pk) != first
    assert voices.digest(Room.objects.get(), "poll", question.pk, seat_of_an.pk) != first


def test_who_does_not_take_part_neither_asks_nor_votes(cast, session, seat_of_an, question):
    chi = signed_in(cast.chi)
    assert chi.post(reverse("academy:question-ask", args=[session.pk]), {"text": "Tôi?"}).status_code == 404
    seat_of_an.state = "withdrawn"
    seat_of_an.save()
    assert signed_in(cast.an).post(reverse("academy:question-vote", args=[question.pk])).status_code == 404
    assert Vote.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_a_vote_is_one(session, seat_of_an, question):
    def press(_n: int) -> None:
        try:
            questions.vote(seat=seat_of_an, question=question, wants=True)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(24)))
    assert Vote.objects.count() == 1 and PollAnswer.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_everything_is_sent_at_once(session, seat_of_an):
    def ask(number: int) -> None:
        try:
            questions.ask(seat=seat_of_an, session=session, text=f"Câu {number}?")
        except QuestionRefused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(16)))
    assert Question.objects.count() == QUESTIONS


def test_without_a_session_in_the_browser_nothing_is_taken(session, question, db):
    answer = Client().post(reverse("academy:question-vote", args=[question.pk]))
    assert answer.status_code == 302 and "/accounts/login/" in answer.headers["Location"]
