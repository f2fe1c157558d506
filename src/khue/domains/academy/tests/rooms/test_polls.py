"""Quick polls: opened once, answered once, shown when the trainer says so, by place."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from khue.domains.academy.actions import polls, voices
from khue.domains.academy.actions.polls import PollRefused, Step
from khue.domains.academy.models import Poll, PollAnswer
from khue.domains.academy.queries import rooms as queries
from khue.domains.academy.rules.polls import PollKind
from khue.domains.academy.tests.rooms.class_ import seated
from khue.domains.academy.tests.rooms.test_hands import signed_in
from khue.domains.people.api import actor_of
from khue.kernel.errors import NotAllowed


def opened(cast, session, kind=PollKind.SINGLE, options=("Có", "Chưa"), text="Rõ chưa?") -> Poll:
    return polls.open_(
        by=actor_of(cast.chi.pk), session=session, kind=kind, text=text, options=options, form=uuid4()
    )  # fmt: skip


def page(person, session, name="academy:part") -> str:
    return signed_in(person).get(reverse(name, args=[session.pk])).content.decode()


def test_opened_by_one_press_answered_on_the_telephone_shown_when_revealed(cast, session, seat_of_an):
    form = {"form": str(uuid4()), "kind": "single", "text": "Đi tiếp nhé?", "options": "Đồng ý\nChờ chút"}
    signed_in(cast.chi).post(reverse("academy:poll-open", args=[session.pk]), form)
    poll = Poll.objects.get()
    assert "Chờ chút" in page(cast.an, session)
    signed_in(cast.an).post(reverse("academy:poll-answer", args=[poll.pk]), {"given": "1"})
    assert PollAnswer.objects.get().given == [1]
    assert "tally" not in page(cast.an, session) and "tally" not in page(cast.chi, session, "academy:room-wall")
    signed_in(cast.chi).post(reverse("academy:poll-step", args=[poll.pk]), {"act": "reveal"})
    assert "tally" in page(cast.an, session) and "tally" in page(cast.chi, session, "academy:room-wall")


def test_the_same_form_twice_is_one_poll(cast, session):
    form = {"form": str(uuid4()), "kind": "word", "text": "Một từ?"}
    for _time in range(2):
        signed_in(cast.chi).post(reverse("academy:poll-open", args=[session.pk]), form)
    assert Poll.objects.count() == 1


def test_of_two_trainers_the_second_is_told_whose_poll_is_open(cast, session):
    opened(cast, session)
    with pytest.raises(PollRefused, match=str(cast.chi)):
        polls.open_(
            by=actor_of(cast.giang.pk), session=session, kind=PollKind.WORD, text="Khác?", form=uuid4()
        )  # fmt: skip
    assert Poll.objects.count() == 1


def test_a_choice_needs_two_options(cast, session):
    with pytest.raises(PollRefused):
        opened(cast, session, options=("Có",))


def test_one_answer_for_each_person_that_can_be_changed(cast, session, seat_of_an):
    poll = opened(cast, session)
    for given in (["0"], ["1"], ["1"]):
        polls.answer(seat=seat_of_an, poll=poll, given=given)
    assert PollAnswer.objects.get().given == [1]


def test_a_closed_poll_takes_no_answer_and_says_so(cast, session, seat_of_an):
    poll = opened(cast, session)
    polls.step(by=actor_of(cast.chi.pk), poll=poll, step=Step.CLOSE)
    with pytest.raises(PollRefused, match="not taken"):
        polls.answer(seat=seat_of_an, poll=poll, given=["0"])


def test_by_place_where_they_are_and_never_of_one_or_two(cast, cohort, session, place):
    online = cohort.places.get(key="online")
    ha_noi = cohort.places.get(key="khue-van")
    poll = opened(cast, session)
    for where, count in ((place, 5), (online, 4), (ha_noi, 1)):
        for seat in seated(cohort, where, count):
            polls.answer(seat=seat, poll=poll, given=["0"])
    found = queries.latest_poll(session)
    assert found.whole.answers == 10
    assert {str(where): tally.answers for where, tally in found.by_place} == {str(place): 5, "None": 5}


def test_no_answer_names_a_person_and_sealed_none_can_be_found(cast, session, seat_of_an):
    poll = opened(cast, session)
    polls.answer(seat=seat_of_an, poll=poll, given=["0"])
    columns = {field.name for field in PollAnswer._meta.get_fields()}
    assert columns == {"id", "poll", "digest", "place", "given"}
    voices.seal(by=actor_of(cast.chi.pk), session=session)
    poll.refresh_from_db()
    assert PollAnswer.objects.get().digest == "" and poll.closed_at


def test_a_word_taken_off_the_wall_is_counted_nowhere(cast, session, cohort, place, seat_of_an):
    poll = opened(cast, session, kind=PollKind.WORD, options=())
    polls.answer(seat=seat_of_an, poll=poll, given=["Bậy"])
    polls.answer(seat=seated(cohort, place, 1)[0], poll=poll, given=["Hay"])
    polls.step(by=actor_of(cast.chi.pk), poll=poll, step=Step.STRIKE, word="bậy")
    assert [bar.label for bar in queries.latest_poll(session).whole.bars] == ["hay"]


def test_participants_open_and_reveal_nothing(cast, session, seat_of_an):
    poll = opened(cast, session)
    with pytest.raises(NotAllowed):
        polls.step(by=actor_of(cast.an.pk), poll=poll, step=Step.REVEAL)


@pytest.mark.django_db(transaction=True)
def test_sent_many_times_at_once_an_answer_is_one(cast, session, seat_of_an):
    poll = opened(cast, session)

    def send(_n: int) -> None:
        try:
            polls.answer(seat=seat_of_an, poll=poll, given=["0"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(24)))
    assert PollAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_trainers_press_in_the_same_moment_and_one_poll_opens(cast, session):
    def press(name: str) -> str:
        try:
            polls.open_(
                by=actor_of(getattr(cast, name).pk), session=session, kind=PollKind.WORD, text=name, form=uuid4()
            )  # fmt: skip
        except PollRefused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(press, ["chi", "giang"]))
    assert Poll.objects.count() == 1 and sorted(map(bool, said)) == [False, True]
