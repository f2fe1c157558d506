"""Who came first is served first, and a fault gives the turn on."""

import threading
import time

import pytest

from khue.kernel.turns import Turns


def come(turns: Turns, name: str, served: list[str]) -> threading.Thread:
    """A thread that stands in line when this returns."""

    def work() -> None:
        with turns.taken():
            served.append(name)

    before = turns.waiting
    thread = threading.Thread(target=work)
    thread.start()
    while turns.waiting == before:
        time.sleep(0.001)
    return thread


def test_in_the_order_in_which_they_came() -> None:
    turns, served = Turns(1), []
    with turns.taken():
        threads = [come(turns, name, served) for name in ("An", "Bình", "Chi", "Dũng")]
        assert served == []
    for thread in threads:
        thread.join(5)
    assert served == ["An", "Bình", "Chi", "Dũng"]


def test_so_many_at_once_and_after_a_fault_still_so_many() -> None:
    turns = Turns(2)
    with pytest.raises(ValueError, match="wrong"), turns.taken():
        raise ValueError("wrong")
    with turns.taken(), turns.taken():
        served: list[str] = []
        third = come(turns, "Chi", served)
        assert served == []
    third.join(5)
    assert served == ["Chi"] and turns.waiting == 0
