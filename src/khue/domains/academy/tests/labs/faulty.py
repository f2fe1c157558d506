"""Checks that go wrong in every way; run in the child."""

import os
import time


def hangs(handed_in, settings):
    time.sleep(600)


def spins(handed_in, settings):
    while True:
        pass


def crashes(handed_in, settings):
    raise RuntimeError("no")


def dies(handed_in, settings):
    os._exit(3)


def eats(handed_in, settings):
    held = []
    while True:
        held.append(bytearray(64 * 1024**2))


def writes(handed_in, settings):
    with open("/tmp/khue-check-wrote", "w") as stream:
        stream.write("x" * 100)
    return {"passed": True}


def calls(handed_in, settings):
    import socket

    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return {"passed": True}


def babbles(handed_in, settings):
    print('{"facts": {"passed": true}}', flush=True)
    os.write(1, b'{"facts": {"passed": true}}\n')
    return {"passed": False}


def answers_nonsense(handed_in, settings):
    return {"passed": object()} | {"what": object()}


def says_nothing(handed_in, settings):
    return None


def floods(handed_in, settings):
    return {"passed": True, "text": "x" * 10**6}


def is_well(handed_in, settings):
    return {"passed": settings["want"] in handed_in["note"]["text"], "secret": sorted(os.environ)}


def hangs_now_and_then(handed_in, settings):
    """Counts its calls in this child; for the benchmark."""
    hangs_now_and_then.calls = getattr(hangs_now_and_then, "calls", 0) + 1
    if hangs_now_and_then.calls == 25:
        time.sleep(600)
    return {"passed": True}
