"""A process that serves multilingual-e5-small by OpenAI's protocol: `/v1/embeddings`, `/health`.

Texts wait in two lanes: those of questions are always taken before those of background batches (header
`X-Khue-Priority: background`), which also wait while the embedded model generates (`--yield-to FILE`).
Only the beginning of a text that is too long counts; with the header `X-Khue-Whole` it is refused instead.
"""

import argparse
import base64
import heapq
import itertools
import json
import socket
import sys
import threading
import time
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.gateway import egress
from khue.gateway.providers import orphan, turns
from khue.gateway.weights.e5 import E5, LENGTH

MODEL = "multilingual-e5-small"
QUESTION, BACKGROUND = 0, 1
STARVED_S = 2.0  # a background text is taken at least this often, however busy the model is
Vector = NDArray[np.float32]


class Lanes:
    """One thread runs the model; questions first, then the short ones of the background."""

    def __init__(self, model: E5, yield_to: Path | None) -> None:
        self.model, self.yield_to = model, yield_to
        self._heap: list[tuple[int, int, int, list[int], Future[Vector]]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._last_background = 0.0
        threading.Thread(target=self._run, daemon=True, name="lanes").start()

    def add(self, lane: int, tokens: list[int]) -> "Future[Vector]":
        future: Future[Vector] = Future()
        with self._changed:
            heapq.heappush(self._heap, (lane, next(self._order), len(tokens), tokens, future))
            self._changed.notify()
        return future

    def _run(self) -> None:
        while True:
            tokens, future = self._take()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self.model.vector(tokens))
            except Exception as error:  # the waiting request answers with it; the lanes go on
                future.set_exception(error)

    def _take(self) -> tuple[list[int], "Future[Vector]"]:
        with self._changed:
            while True:
                if not self._heap:
                    self._changed.wait()
                elif self._heap[0][0] == BACKGROUND and self._must_yield():
                    self._changed.wait(timeout=0.05)
                else:
                    lane, _, _, tokens, future = heapq.heappop(self._heap)
                    if lane == BACKGROUND:
                        self._last_background = time.monotonic()
                    return tokens, future

    def _must_yield(self) -> bool:
        if self.yield_to is None or time.monotonic() - self._last_background > STARVED_S:
            return False
        return turns.is_generating(self.yield_to)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    lanes: Lanes

    def setup(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().setup()

    def do_GET(self) -> None:
        if self.path == "/health":
            self._answer(200, {"status": "ok", "model": MODEL})
        elif self.path == "/v1/models":
            self._answer(200, {"object": "list", "data": [{"id": MODEL, "object": "model"}]})
        else:
            self._answer(404, {"error": {"message": "no such path"}})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path != "/v1/embeddings":
            return self._answer(404, {"error": {"message": "no such path"}})
        try:
            texts, as_base64 = parsed(body)
        except (ValueError, KeyError, TypeError) as error:
            return self._answer(400, {"error": {"message": f"not an embedding request: {error}"}})
        if self.headers.get("X-Khue-Whole") and any(map(self.lanes.model.tokenizer.is_cut, texts)):
            said = f"a text is longer than {LENGTH} tokens"
            return self._answer(400, {"error": {"type": "context_length_exceeded", "message": said}})
        background = self.headers.get("X-Khue-Priority") == "background"
        self._answer(200, self._embedded(texts, BACKGROUND if background else QUESTION, as_base64))

    def _embedded(self, texts: list[str], lane: int, as_base64: bool) -> dict[str, Any]:
        tokens = [self.lanes.model.tokenizer.tokens(text) for text in texts]
        futures = [self.lanes.add(lane, each) for each in tokens]
        data = [
            {"object": "embedding", "index": index, "embedding": encoded(future.result(), as_base64)}
            for index, future in enumerate(futures)
        ]
        count = sum(map(len, tokens))
        usage = {"prompt_tokens": count, "total_tokens": count}
        return {"object": "list", "model": MODEL, "data": data, "usage": usage}

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Texts and their times are nobody's business; the ledger has the calls."""


def parsed(body: bytes) -> tuple[list[str], bool]:
    request = json.loads(body)
    given = request["input"]
    texts = [given] if isinstance(given, str) else list(given)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("input must be a text or a list of texts")
    return texts, request.get("encoding_format") == "base64"


def encoded(vector: Vector, as_base64: bool) -> str | list[float]:
    return base64.b64encode(vector.astype("<f4").tobytes()).decode() if as_base64 else vector.tolist()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves multilingual-e5-small by OpenAI's protocol.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--model", type=Path, required=True, help="the folder that 'khue models pull' made")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--yield-to", type=Path, help="background texts wait while this file is locked")
    parser.add_argument("--parent", type=int, help="the process to end with")
    given = parser.parse_args()
    egress.shut()
    orphan.leave_with(given.parent)
    Handler.lanes = Lanes(E5(given.model, threads=given.threads), given.yield_to)
    sys.stderr.write(f"embeddings: {MODEL} on http://{given.host}:{given.port}\n")
    Server((given.host, given.port), Handler).serve_forever()


if __name__ == "__main__":
    main()
