"""How often one visitor may ask: counted, forgotten, and by whom our own proxies saw."""

import pytest
from django.test import RequestFactory

from khue.kernel.crowding import Window, visitor_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(address: str = "192.0.2.1", **headers: str):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_one_visitor_too_often_and_another_not():
    window = Window(2)
    assert [(window.is_full(asked()), window.admits(asked())) for _time in range(3)] == [
        (False, True), (False, True), (True, False)
    ]  # fmt: skip
    assert window.admits(asked("192.0.2.2"))


def test_when_the_minute_is_over_they_are_welcome_again_and_nothing_says_who_was_there():
    clock = Clock()
    window = Window(1, clock=clock)
    window.admits(asked())
    assert not window.admits(asked()) and window.seconds_left == 60
    clock.now = 60.0
    assert window.admits(asked("192.0.2.2")) and len(window._seen) == 1
    assert window.admits(asked())
    assert b"192.0.2" not in repr(vars(window)).encode()


@pytest.mark.parametrize(
    ("proxies", "told", "visitor"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        # what the visitor claims stands before what the proxy saw
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_visitor_is_whom_our_proxies_saw(settings, proxies: int, told: str, visitor: str):
    settings.KHUE_PROXIES = proxies
    assert visitor_of(asked(**{"X-Forwarded-For": told})) == visitor
