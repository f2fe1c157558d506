import asyncio
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from khue.ui.streaming import frame, sse


def run(coroutine):
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(copy_context().run, asyncio.run, coroutine).result()


async def collected(response):
    return b"".join([piece async for piece in response])


def test_each_line_of_the_data_becomes_a_data_line():
    assert frame("piece", "một\nhai") == "event: piece\ndata: một\ndata: hai\n\n".encode()


@pytest.mark.django_db(transaction=True)
def test_a_stream_holds_no_connection_of_the_request_that_opened_it():
    """Else twenty streams together would have all there are, and none of them could go on."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    sse(iter([("done", "")]))
    assert connection.connection is None


def test_an_event_without_a_name_is_a_plain_message_and_without_data_a_sign_of_life():
    assert (frame("", "{}"), frame("", "")) == (b"data: {}\n\n", b": \n\n")


def test_events_arrive_in_order_and_in_the_language_of_the_caller():
    def events():
        yield "language", translation.get_language()
        yield "done", ""

    async def ask():
        with translation.override("fr"):
            response = sse(events())
        return await collected(response)

    assert run(ask()) == b"event: language\ndata: fr\n\nevent: done\ndata: \n\n"


def test_a_silent_generator_is_covered_by_heartbeats():
    def events():
        time.sleep(0.2)
        yield "late", "1"

    answer = run(collected(sse(events(), heartbeat=0.05)))
    assert answer.startswith(b": \n\n") and answer.endswith(b"event: late\ndata: 1\n\n")


def test_a_failure_of_the_generator_reaches_the_server():
    def events():
        yield "first", "1"
        raise RuntimeError("the model is gone")

    with pytest.raises(RuntimeError, match="the model is gone"):
        run(collected(sse(events())))


def test_a_reader_who_leaves_closes_the_generator():
    closed = threading.Event()

    def events():
        try:
            while True:
                time.sleep(0.01)
                yield "piece", "x"
        finally:
            closed.set()

    async def leave_after_one():
        frames = aiter(sse(events()))
        await anext(frames)
        await frames.aclose()

    run(leave_after_one())
    assert closed.wait(2)


def test_a_waiting_generator_is_woken_by_on_leave():
    woken, closed = threading.Event(), threading.Event()

    def events():
        try:
            yield "first", "1"
            woken.wait(10)
            yield "second", "2"
        finally:
            closed.set()

    async def leave_after_one():
        frames = aiter(sse(events(), on_leave=woken.set))
        await anext(frames)
        await frames.aclose()

    run(leave_after_one())
    assert closed.wait(2)


APPLICATION = """
import os, time, pathlib
import django
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x", DATABASES={}, USE_I18N=True)
django.setup()
from khue.kernel.asgi import Handler
from django.urls import path
from khue.ui.streaming import sse

CLOSED = pathlib.Path(os.environ["CLOSED"])
def numbers():
    try:
        for n in range(10_000):
            yield "piece", str(n)
            time.sleep(0.02)
    finally:
        CLOSED.write_text(str(n))
urlpatterns = [path("", lambda request: sse(numbers()))]
application = Handler()
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connected(port):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5)
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("granian did not start")


def test_under_granian_pieces_arrive_one_by_one_and_leaving_stops_the_work(tmp_path: Path):
    (tmp_path / "streaming_app.py").write_text(APPLICATION)
    closed, port = tmp_path / "closed", free_port()
    source = Path(__file__).resolve().parents[3]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "asginl",
            "--port",
            str(port),
            "--no-log",
            "streaming_app:application",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{source}", "CLOSED": str(closed), "PATH": ""},
    )
    try:
        with connected(port) as reader:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            received = b""
            while b"data: 2" not in received:
                received += reader.recv(4096)
            assert b"data: 50" not in received
        deadline = time.monotonic() + 5
        while not closed.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert closed.exists() and int(closed.read_text()) < 500
    finally:
        server.terminate()
        server.wait(10)
