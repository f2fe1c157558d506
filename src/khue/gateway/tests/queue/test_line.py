"""Who is served when: fair by person, nobody starves, the dead free their places. PostgreSQL does the work for real."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from khue.gateway import errors
from khue.gateway.queue import tickets
from khue.gateway.queue.places import Place
from khue.gateway.queue.tickets import Ticket
from khue.kernel import notices

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "model"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(notices, "BEAT_S", 0.2)
    yield
    with connection.cursor() as cursor:
        cursor.execute("truncate gateway_ticket, gateway_line")


def enter(person: str, slots: int = 1) -> Ticket:
    return tickets.enter(LINE, slots, person)


def until(holds: Callable[[], bool], patience_s: float = 8) -> None:
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def served_in_order(waiting: list[Ticket], first: Ticket) -> list[str]:
    """Whose tickets are served as each leaves."""
    order, now = [], first
    while True:
        order.append(now.person)
        now.leave(done=True)
        if not waiting:
            return order
        until(lambda: any(ticket.is_served for ticket in waiting))
        [now] = [ticket for ticket in waiting if ticket.is_served]
        waiting.remove(now)


def test_who_comes_to_a_free_place_is_served_at_once() -> None:
    ticket = enter("An")
    assert ticket.is_served and list(ticket.wait()) == []


def test_people_take_turns_then_first_come() -> None:
    first, *rest = [enter("An") for _ in range(4)]
    rest += [enter("Bình"), enter("Chi"), enter("Bình")]
    assert served_in_order(rest, first) == ["An", "Bình", "Chi", "An", "Bình", "An", "An"]


def test_one_question_each_is_first_come() -> None:
    people = ["An", "Bình", "Chi", "Dũng", "Giang"]
    first, *rest = [enter(person) for person in people]
    assert served_in_order(rest, first) == people


def test_newcomers_cannot_keep_anybody_waiting_for_ever() -> None:
    """An's third question, while at every service somebody new comes."""
    now, *own = [enter("An") for _ in range(3)]
    waiting, order = [enter("Bình"), *own], list[str]()
    for number in range(30):
        now.leave(done=True)
        until(lambda: any(ticket.is_served for ticket in waiting))
        now = next(ticket for ticket in waiting if ticket.is_served)
        waiting.remove(now)
        order.append(now.person)
        waiting.append(enter(f"new {number}"))
    assert order.count("An") == 2
    now.leave()
    for ticket in waiting:
        ticket.leave()


def test_places_are_told_as_they_change_with_the_time_to_wait() -> None:
    first, second, third = enter("An"), enter("Bình"), enter("Chi")
    assert third.place == Place(2, 2, None)
    time.sleep(0.6)
    first.leave(done=True)
    until(lambda: second.is_served)
    until(lambda: third.place is not None and third.place.position == 1)
    assert third.place == Place(1, 1, 1)
    heard: list[Place] = []
    reader = threading.Thread(target=lambda: heard.extend(third.wait()))
    reader.start()
    until(lambda: bool(heard))
    second.leave(done=True)
    reader.join(5)
    assert third.is_served and [place.position for place in heard] == [1]
    third.leave()


def test_who_stops_waiting_makes_room() -> None:
    first, second, third = enter("An"), enter("Bình"), enter("Chi")
    second.leave()
    until(lambda: third.place == Place(1, 1, None))
    first.leave()
    until(lambda: third.is_served)
    third.leave()


def test_a_waiting_reader_is_woken_by_a_stop_from_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "REPEAT_S", 3600.0)
    first, second = enter("An"), enter("Bình")
    threading.Timer(0.1, second.stop).start()
    list(second.wait())
    assert second.is_left and not second.is_served
    second.leave()
    first.leave()


def test_a_forgotten_ticket_frees_its_place() -> None:
    first, second = enter("An"), enter("Bình")
    del first
    until(lambda: second.is_served)
    second.leave()


def test_a_full_queue_refuses_in_words(settings: object) -> None:
    settings.KHUE_QUEUE_LIMIT, settings.KHUE_QUEUE_PER_PERSON = 2, 1  # type: ignore[attr-defined]
    held = [enter("An"), enter("An"), enter("Bình")]
    with pytest.raises(errors.TooManyAtOnce):
        enter("An")
    with pytest.raises(errors.QueueFull, match="2"):
        enter("Chi")
    for ticket in held:
        ticket.leave()
    again = enter("An")
    assert again.is_served
    again.leave()


def test_slots_are_as_many_as_said() -> None:
    held = [enter(person, slots=2) for person in ("An", "Bình", "Chi")]
    assert [ticket.is_served for ticket in held] == [True, True, False]
    for ticket in held:
        ticket.leave()


def test_a_killed_process_frees_its_place() -> None:
    code = (
        "import django, time; django.setup(); from khue.gateway.queue import tickets; "
        f"ticket = tickets.enter({LINE!r}, 1, 'Bình'); print('served', ticket.is_served, flush=True); time.sleep(60)"
    )
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "khue.config.settings",
        "DATABASE_URL": url,
    }
    other = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None and other.stdout.readline() == "served True\n"
        mine = enter("An")
        assert not mine.is_served
    finally:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    until(lambda: mine.is_served)
    mine.leave()


def test_a_listener_whose_connection_breaks_keeps_its_tickets() -> None:
    first, second = enter("An"), enter("Bình")
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = %s",
            [notices.ALIVE],
        )
        cursor.execute("delete from gateway_ticket")
    until(lambda: _tickets() == 2)
    first.leave()
    until(lambda: second.is_served)
    second.leave()
    until(lambda: _tickets() == 0)


def _tickets() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from gateway_ticket")
        return int(cursor.fetchone()[0])
