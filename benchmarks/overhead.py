"""What the gateway adds: first word and words a second through `gateway.api` beside the same runtime asked directly,
and whether the beginning that prompts share is read once only."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from uuid import UUID, uuid4

import httpx

from benchmarks import results

SENTENCE = (
    "Người yêu cầu đăng ký khai sinh nộp tờ khai theo mẫu quy định và giấy chứng sinh cho Ủy ban nhân dân cấp xã; "
    "công chức tư pháp kiểm tra hồ sơ, ghi vào sổ hộ tịch và cấp Giấy khai sinh ngay trong ngày làm việc. "
)
NAMES = "Hồ sơ do bà Nguyễn Thị Hồng Nhung nộp, ông Trần Văn Bình tiếp nhận. "
TASK = "Đếm từ một đến một trăm bằng chữ, mỗi số một dòng."
TOKENS = 16
# how many pairs at so many streams; OVERHEAD_QUICK=1: the least that shows that it runs
QUICK = os.environ.get("OVERHEAD_QUICK") == "1"
ROUNDS = {1: 1} if QUICK else {1: 12, 8: 5}
SHARED_ROUNDS = 1 if QUICK else 3
CALLS = 10 if QUICK else 100
NOTES = """
Each figure is the median of pairs asked one after the other, directly (plain httpx) and through `gateway.api`, each
first in turn; every prompt begins anew, so that nothing is known from before. "More" is the median of the pairs' own
ratios of time, with their quartiles. Eight streams: eight callers at once before the runtime's two places; directly
they wait in the runtime, here in the queue. The two rows of "a call of … letters" are against a server that answers
at once: what the gateway does itself (class, policy, ledger; with pseudonyms: hiding and restoring too).

Shared beginning: a second question after the same instruction and passages, in milliseconds to its first word. Under
pseudonyms, in one conversation, what is sent has the same beginning too.
"""


@dataclass(frozen=True)
class Timing:
    first_ms: float
    speed: float
    total_ms: float


Ask = Callable[[str, str], Timing]


def run() -> None:
    from khue.cli.session import session

    rows: list[Sequence[object]] = []
    shared: list[Sequence[object]] = []
    with session(model=True):
        _timed(direct, "", TASK)
        # written after each part: what has been measured is not lost when a later one is stopped
        for part in (_alone, *(partial(_compared, streams) for streams in ROUNDS)):
            rows += part()
            _write(rows, shared)
        shared += _shared_beginning()
        _write(rows, shared)


def _write(rows: Sequence[Sequence[object]], shared: Sequence[Sequence[object]]) -> None:
    for row in (*rows, *shared):
        sys.stderr.write(f"  {' | '.join(map(str, row))}\n")
    body = [results.table(("what", "directly", "through the gateway", "more"), rows)]
    if shared:
        body.append(results.table(("the second question after a shared beginning", "first, ms", "second, ms"), shared))
    if not QUICK:
        results.write("overhead", "What the gateway adds", "\n\n".join([*body, NOTES]))


# Against the runtime -------------------------------------------------------------------------------


def _compared(streams: int) -> list[Sequence[object]]:
    pairs = [_pair(streams, number) for number in range(ROUNDS[streams])]
    said = "1 stream" if streams == 1 else f"{streams} streams"
    return [
        _row(f"{said}: first word, ms", [(a.first_ms, b.first_ms) for a, b in pairs], ".0f"),
        _row(f"{said}: tokens a second of one", [(1 / a.speed, 1 / b.speed) for a, b in pairs], ".2f", invert=True),
        _row(f"{said}: all answered, ms", [(a.total_ms, b.total_ms) for a, b in pairs], ".0f"),
    ]


def _pair(streams: int, number: int) -> tuple[Timing, Timing]:
    order = [direct, gateway] if number % 2 else [gateway, direct]
    found = {ask: _together(ask, streams) for ask in order}
    return found[direct], found[gateway]


def _together(ask: Ask, streams: int) -> Timing:
    """The median of the streams; `total_ms` until the last has ended."""
    began = time.perf_counter()
    with ThreadPoolExecutor(streams) as pool:
        made = list(pool.map(lambda _n: _timed(ask, f"{uuid4()} {SENTENCE}", TASK), range(streams)))
    total = (time.perf_counter() - began) * 1000
    return Timing(statistics.median(t.first_ms for t in made), statistics.median(t.speed for t in made), total)


def _row(
    what: str, pairs: Sequence[tuple[float, float]], shape: str, *, invert: bool = False
) -> tuple[str, str, str, str]:
    """`invert`: times of one token, shown as tokens a second."""
    directly, through = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = [through / directly for directly, through in pairs]
    low, middle, high = statistics.quantiles(ratios * 2 if len(ratios) == 1 else ratios, n=4)
    shown = [format(1 / value if invert else value, shape) for value in (directly, through)]
    return what, *shown, f"{100 * (middle - 1):+.1f}% ({100 * (low - 1):+.1f} to {100 * (high - 1):+.1f})"  # type: ignore[return-value]


def _timed(ask: Ask, beginning: str, question: str) -> Timing:
    from django.db import connection

    try:
        return ask(beginning, question)
    finally:
        connection.close()


def direct(beginning: str, question: str) -> Timing:
    """As any client would."""
    from khue.gateway import api

    url = next(info for info in api.providers() if info.kind == "chat").url
    return _direct(url, beginning, question)


def _direct(url: str, beginning: str, question: str) -> Timing:
    body = {
        "messages": [{"role": "system", "content": beginning}, {"role": "user", "content": question}],
        "max_tokens": TOKENS, "temperature": 0.0, "seed": 1, "stream": True, "stream_options": {"include_usage": True},
    }  # fmt: skip
    began, times, count = time.perf_counter(), [], 0
    with _client().stream("POST", f"{url}/chat/completions", json=body) as response:
        for line in response.iter_lines():
            if line.startswith("data: {"):
                event = json.loads(line.removeprefix("data: "))
                count = (event.get("usage") or {}).get("completion_tokens", count)
                if any(choice["delta"].get("content") for choice in event["choices"]):
                    times.append(time.perf_counter())
    return _timing(began, times, count)


@cache
def _client() -> httpx.Client:
    """Kept, as a good client would."""
    return httpx.Client(timeout=600, trust_env=False, limits=httpx.Limits(keepalive_expiry=2))


def _timing(began: float, times: list[float], tokens: int) -> Timing:
    return Timing((times[0] - began) * 1000, (tokens - 1) / max(times[-1] - times[0], 1e-9), (times[-1] - began) * 1000)


def gateway(beginning: str, question: str, conversation: UUID | None = None) -> Timing:
    from khue.gateway import api

    began = time.perf_counter()
    caller = api.Caller(uuid4(), None, "bench", conversation_id=conversation)
    turns = [api.Turn("system", beginning), api.Turn("user", question)]
    options = api.Options(max_tokens=TOKENS)
    with api.chat(turns, caller=caller, data_class=api.DataClass.INTERNAL, options=options) as stream:
        times = [time.perf_counter() for _piece in stream]
    assert stream.reply is not None
    return _timing(began, times, stream.reply.completion_tokens)


# The gateway alone ---------------------------------------------------------------------------------


def _alone() -> list[Sequence[object]]:
    """Against a server that answers at once, without the runtime's noise."""
    from django.test import override_settings

    from khue.gateway.tests.fake import FakeServer

    server, text = FakeServer(), f"{NAMES}{SENTENCE * 3}"
    server.answers = ["một hai ba bốn năm sáu bảy tám chín mười"]
    rows: list[Sequence[object]] = []
    try:
        for said, zone in (("as it is", "institution"), ("under pseudonyms", "country")):
            with override_settings(KHUE_MODEL_URL=server.url, KHUE_MODEL_NAME="fake", KHUE_MODEL_ZONE=zone):
                pairs = [(_direct(server.url, text, TASK), gateway(text, TASK)) for _ in range(CALLS)][5:]
            directly, through = (statistics.median(t.total_ms for t in side) for side in zip(*pairs, strict=True))
            rows.append((f"a call of {len(text)} letters sent {said}, ms", f"{directly:.1f}", f"{through:.1f}",
                         f"{through - directly:+.1f} ms"))  # fmt: skip
    finally:
        server.stop()
    return rows


# A shared beginning --------------------------------------------------------------------------------


def _shared_beginning() -> list[Sequence[object]]:
    from khue.gateway import api

    url = next(info for info in api.providers() if info.kind == "chat").url
    rows = {"directly": direct, "through the gateway": gateway}
    found = [(said, *_first_and_second(lambda _c, ask=ask: ask)) for said, ask in rows.items()]
    with _in_zone(url, "country"):
        found.append(("through the gateway, under pseudonyms", *_first_and_second(_in_conversation)))
    return [(said, f"{first:.0f}", f"{second:.0f}") for said, first, second in found]


def _in_conversation(conversation: UUID) -> Ask:
    return lambda beginning, question: gateway(beginning, question, conversation)


def _first_and_second(asking: Callable[[UUID], Ask]) -> tuple[float, float]:
    pairs = []
    for _round in range(SHARED_ROUNDS):
        ask, beginning = asking(uuid4()), f"{uuid4()} {NAMES}{SENTENCE * 4}"
        pairs.append((_timed(ask, beginning, TASK).first_ms, _timed(ask, beginning, "Nộp hồ sơ ở đâu?").first_ms))
    first, second = zip(*pairs, strict=True)
    return statistics.median(first), statistics.median(second)


@contextmanager
def _in_zone(url: str, zone: str):  # type: ignore[no-untyped-def]
    """The same runtime as if it stood elsewhere."""
    from django.test import override_settings

    from khue.gateway import api

    model = next(info for info in api.providers() if info.kind == "chat").model
    with override_settings(KHUE_MODEL_URL=url, KHUE_MODEL_NAME=model, KHUE_MODEL_ZONE=zone):
        yield
