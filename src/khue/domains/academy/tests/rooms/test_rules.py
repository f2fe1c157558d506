"""Who seems stuck; what a poll takes and shows."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from khue.domains.academy.rules import polls, rooms
from khue.domains.academy.rules.polls import PollKind
from khue.domains.academy.rules.rooms import Guest, Progress, Sign, StepState

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
END = START + timedelta(hours=2)
AN, BINH, CHI = (UUID(int=n) for n in range(3))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def guest(*steps: tuple[str, float | None], came: float = 0, done: tuple[str, ...] = ()) -> Guest:
    """Kinds with the minute of the last movement."""
    return Guest(
        at(came),
        tuple(
            (kind, Progress(StepState.DONE if kind in done else StepState.BEGUN, moved_at=at(moved)))
            if moved is not None
            else (kind, Progress())
            for kind, moved in steps
        ),
    )


def signs(guests: dict[UUID, Guest], minute: float) -> dict[UUID, tuple[str, str]]:
    found = rooms.alarms(guests, starts_at=START, ends_at=END, now=at(minute))
    return {key: (alarm.sign, alarm.kind) for key, alarm in found.items()}


def test_no_answer_for_too_long_while_the_others_go_on():
    guests = {AN: guest(("quiz", 20)), BINH: guest(("quiz", 27)), CHI: guest(("quiz", 29))}
    assert signs(guests, 26.5) == {AN: (Sign.STILL, "quiz")}
    assert signs(guests, 25) == {}


def test_nobody_is_marked_while_the_whole_room_listens():
    guests = {key: guest(("topic", 5)) for key in (AN, BINH, CHI)}
    assert signs(guests, 60) == {}


def test_a_page_is_given_more_time_than_a_quiz():
    moving = {BINH: guest(("topic", 29)), CHI: guest(("topic", 29))}
    assert signs({AN: guest(("topic", 21))} | moving, 30) == {}
    assert signs({AN: guest(("topic", 19))} | moving, 30) == {AN: (Sign.STILL, "topic")}


def test_who_has_begun_nothing_long_after_coming():
    moving = {BINH: guest(("topic", 39)), CHI: guest(("topic", 39))}
    assert signs({AN: guest(("topic", None), came=20)} | moving, 40) == {AN: (Sign.NOT_BEGUN, "")}
    assert signs({AN: guest(("topic", None), came=30)} | moving, 40) == {}


def test_with_everything_done_before_and_after_the_session_nobody_is_stuck():
    moving = {BINH: guest(("quiz", 59)), CHI: guest(("quiz", 59))}
    assert signs({AN: guest(("quiz", 5), done=("quiz",))} | moving, 60) == {}
    assert signs({AN: guest(("quiz", 5))} | moving, 121) == {}


def test_a_movement_at_another_step_counts():
    moving = {BINH: guest(("quiz", 29)), CHI: guest(("quiz", 29))}
    assert signs({AN: guest(("topic", 10), ("quiz", 28))} | moving, 30) == {}


def test_alone_the_time_alone_decides():
    assert signs({AN: guest(("quiz", 0))}, 10) == {AN: (Sign.STILL, "quiz")}


def test_what_was_never_offered_is_no_answer():
    assert polls.read(PollKind.SINGLE, 3, 5, ["2"]) == [2]
    assert polls.read(PollKind.SINGLE, 3, 5, ["3"]) is None
    assert polls.read(PollKind.SINGLE, 3, 5, ["0", "1"]) is None
    assert polls.read(PollKind.MULTIPLE, 3, 5, ["1", "0", "9", "x"]) == [0, 1]
    assert polls.read(PollKind.SCALE, 0, 5, ["6"]) is None
    assert polls.read(PollKind.WORD, 0, 5, ["  Tự   Tin "]) == "tự tin"
    assert polls.read(PollKind.WORD, 0, 5, ["   "]) is None


def test_the_same_word_written_otherwise_is_the_same_word():
    given_ = [polls.word(text) for text in ("Tự tin", "tự  TIN", "Tu\u031b\u0323 tin", "dữ liệu")]
    bars = polls.tally(PollKind.WORD, [], 5, given_).bars
    assert [(bar.label, bar.count) for bar in bars] == [("tự tin", 3), ("dữ liệu", 1)]
    assert [bar.label for bar in polls.tally(PollKind.WORD, [], 5, given_, ["tự tin"]).bars] == ["dữ liệu"]


def test_shares_of_several_choices_are_of_those_who_answered():
    tally = polls.tally(PollKind.MULTIPLE, ["a", "b"], 5, [[0], [0, 1]])
    assert [(bar.count, bar.share) for bar in tally.bars] == [(2, 1.0), (1, 0.5)]
    assert polls.tally(PollKind.SCALE, [], 5, [1, 4]).mean == 2.5


@given(st.dictionaries(st.integers(), st.integers(0, 9), max_size=8))
def test_neither_a_place_nor_the_rest_of_the_whole_is_ever_a_person_or_two(counts):
    elsewhere = polls.together(counts)
    shown = {place: count for place, count in counts.items() if count and place not in elsewhere}
    rest = sum(counts.values()) - sum(shown.values())
    assert all(count >= polls.FEWEST_OF_A_PLACE for count in shown.values())
    assert rest == 0 or rest >= polls.FEWEST_OF_A_PLACE or not shown
