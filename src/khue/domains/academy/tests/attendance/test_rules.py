from datetime import UTC, datetime, timedelta

from khue.domains.academy.rules import attendance as rules
from khue.domains.academy.rules.attendance import Presence

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SECRET = b"of one session at one place"
LATE = timedelta(minutes=15)


def test_the_code_changes_with_every_window_and_with_the_place():
    codes = {rules.code(SECRET, AT + n * rules.WINDOW) for n in range(500)}
    assert len(codes) > 495
    assert rules.code(b"another place", AT) != rules.code(SECRET, AT)


def test_a_code_is_taken_while_shown_and_a_little_longer():
    shown = rules.code(SECRET, AT)
    assert rules.is_good(SECRET, shown, AT)
    assert rules.is_good(SECRET, shown, AT + 2 * rules.WINDOW)
    assert not rules.is_good(SECRET, shown, AT + 3 * rules.WINDOW)
    assert not rules.is_good(SECRET, shown, AT - rules.WINDOW)


def test_typed_in_small_letters_with_spaces_it_is_the_same():
    shown = rules.code(SECRET, AT)
    assert rules.is_good(SECRET, f" {shown[:3].lower()}-{shown[3:]} ", AT)
    assert not rules.is_good(SECRET, "", AT)
    assert not rules.is_good(SECRET, "Đố ai", AT)


def test_what_a_check_in_means_depends_on_when_it_is():
    start, end = AT, AT + timedelta(hours=2)

    def at(minutes: int) -> Presence | None:
        return rules.presence_at(start, end, start + timedelta(minutes=minutes), late_after=LATE)

    assert [at(m) for m in (-31, -30, 0, 15, 16, 134, 136)] == [
        Presence.HELD, Presence.PRESENT, Presence.PRESENT, Presence.PRESENT, Presence.LATE, Presence.LATE, None
    ]  # fmt: skip
