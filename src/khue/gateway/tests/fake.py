"""A model server for tests: OpenAI's protocol on a free port, deterministic, with ways to fail.

It stands where the embedded runtime, the embedding server or any other server would; the suite in
`test_contract.py` holds it to the behaviour of the real ones. Fixtures for all tests are in `tests/models.py`:

    def test_something(model_server, embedding_server):
        model_server.answers = ["Lệ phí là 8.000 đồng [1]."]     # one an ask, the last again and again
        model_server.failure = "die"                             # see FAILURES
        assert model_server.requests[-1]["messages"][0]["role"] == "system"

Without `answers` it repeats the last user turn. With `top_logprobs` asked it gives `probabilities`.
Vectors are bags of words: texts that share words are near each other, the prefix does not count.
"""

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Failure = Literal[
    "", "die", "hang", "malformed", "error-in-200", "refuse", "loading", "too-long", "echo", "flood", "giant", "murmur",
    "limitless", "no-completion", "not-a-stream", "html",
]  # fmt: skip
DIMENSIONS = 384
CONTEXT = 4096


class FakeServer:
    """Change its attributes between calls; `requests` holds what was asked. `release` ends a hang."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.probabilities: dict[str, float] = {}
        self.failure: Failure = ""
        self.delay_s = 0.0
        self.context = CONTEXT
        self.prompt_tokens: int | None = None  # what it says that it read, if not the truth
        self.tool_calls: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.release = threading.Event()
        self.most_at_once, self._at_once = 0, set[object]()
        self._counting = threading.Lock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}/v1"

    def reset(self) -> None:
        self.answers, self.probabilities, self.failure, self.delay_s = [], {}, "", 0.0
        self.context, self.prompt_tokens, self.tool_calls = CONTEXT, None, []
        self.requests.clear()
        self.release.clear()
        self.most_at_once, self._at_once = 0, set()

    def stop(self) -> None:
        self.release.set()
        self.http.shutdown()
        self.http.server_close()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """What still hangs from before a reset does not count."""
        mark = object()
        with self._counting:
            self._at_once.add(mark)
            self.most_at_once = max(self.most_at_once, len(self._at_once))
        try:
            yield
        finally:
            with self._counting:
                self._at_once.discard(mark)

    def answer(self, messages: list[dict[str, str]]) -> str:
        if not self.answers:
            return messages[-1]["content"]
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def vector(text: str) -> NDArray[np.float32]:
    """Unit vector of the words; equal words give equal directions."""
    words = re.findall(r"\w+", re.sub(r"^(query|passage): ", "", text).casefold()) or [""]
    total = sum((_direction(word) for word in words), np.zeros(DIMENSIONS, np.float32))
    unit: NDArray[np.float32] = (total / np.linalg.norm(total)).astype(np.float32)
    return unit


def _direction(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)


def pieces(text: str) -> list[str]:
    """As a tokenizer would: a word with the space before it."""
    return re.findall(r"\s*\S+|\s+$", text)


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if fake.failure == "loading":
                return self._json(503, {"error": {"message": "Loading model", "code": 503}})
            known: dict[str, Any] = {
                "/health": {"status": "ok"},
                "/v1/models": {"data": [{"id": "fake"}]},
                "/props": {"default_generation_settings": {"n_ctx": fake.context}},
            }
            self._json(200 if self.path in known else 404, known.get(self.path, {}))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/tokenize":
                return self._json(200, {"tokens": list(range(len(pieces(body["content"]))))})
            fake.requests.append(body | {"_headers": dict(self.headers), "_path": self.path})
            time.sleep(fake.delay_s)
            if fake.failure == "refuse":
                return self._json(401, {"error": {"message": "wrong key"}})
            if fake.failure == "loading":
                return self._json(503, {"error": {"message": "Loading model", "code": 503}})
            if fake.failure == "too-long":
                return self._json(400, {"error": {"type": "exceed_context_size_error", "message": "too long"}})
            if fake.failure == "echo":
                return self._json(400, {"error": {"message": f"cannot take: {json.dumps(body)}"}})
            if fake.failure == "error-in-200":
                return self._json(200, {"error": {"message": "something broke"}})
            if fake.failure == "not-a-stream":
                text = fake.answer(body["messages"])
                choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
                usage = {"prompt_tokens": 9, "completion_tokens": len(pieces(text))}
                return self._json(200, {"model": "fake", "choices": [choice], "usage": usage})
            if fake.failure == "html":
                return self._raw(200, b"<html>Welcome</html>")
            if self.path == "/v1/embeddings":
                return self._embed(body)
            return self._chat(body)

        def _embed(self, body: dict[str, Any]) -> None:
            if fake.failure == "hang":
                fake.release.wait(30)
            if fake.failure == "die":
                return self._drop()
            if fake.failure == "malformed":
                return self._raw(200, b"<html>")
            texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
            if self.headers.get("X-Khue-Whole") and any(len(pieces(text)) > 510 for text in texts):
                return self._json(400, {"error": {"type": "context_length_exceeded", "message": "too long"}})
            data = [{"index": i, "embedding": _encoded(vector(text), body)} for i, text in enumerate(texts)]
            count = sum(len(pieces(text)) + 2 for text in texts)
            self._json(200, {"data": data, "model": "fake", "usage": {"prompt_tokens": count, "total_tokens": count}})

        def _chat(self, body: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                if fake.failure in {"flood", "giant", "murmur"}:
                    return self._without_end(fake.failure)
            except OSError:
                return
            text, logprobs = fake.answer(body["messages"]), None
            if body.get("top_logprobs"):
                odds = fake.probabilities or {text: 1.0}
                text = max(odds, key=odds.__getitem__)
                top = [{"token": word, "logprob": float(np.log(max(p, 1e-9)))} for word, p in odds.items()]
                logprobs = {"content": [{"token": text, "logprob": top[0]["logprob"], "top_logprobs": top}]}
            try:
                with fake.counted():
                    self._stream(body, pieces(text), logprobs)
                self.wfile.write(b"data: [DONE]\n\n")
            except (BrokenPipeError, ConnectionResetError):
                return

        def _without_end(self, failure: str) -> None:
            """As long as somebody listens: pieces, one line, or comments."""
            what = {
                "flood": b'data: {"choices": [{"delta": {"content": "la "}}]}\n\n',
                "giant": b"la",
                "murmur": b": \n",
            }
            self.wfile.write(b"data: " if failure == "giant" else b"")
            while not fake.release.is_set():
                self.wfile.write(what[failure] * (1 if failure == "murmur" else 1000))
                time.sleep(0.01 if failure == "murmur" else 0)

        def _stream(self, body: dict[str, Any], parts: list[str], logprobs: Any) -> None:
            if fake.failure == "no-completion":
                return self._event({"choices": "none"})
            for call in fake.tool_calls:
                self._event({"choices": [{"index": 0, "delta": {"tool_calls": [call]}}]})
            kept = parts if fake.failure == "limitless" else parts[: body.get("max_tokens", 512)]
            for index, piece in enumerate(kept):
                if index == 1 or len(kept) == 1:
                    if fake.failure == "hang":
                        fake.release.wait(30)
                    if fake.failure == "die":
                        return self._drop()
                    if fake.failure == "malformed":
                        self.wfile.write(b"data: {not json\n\n")
                self._event({"choices": [{"index": 0, "delta": {"content": piece}, "logprobs": logprobs}]})
                time.sleep(fake.delay_s)
            finish = "tool_calls" if fake.tool_calls else "stop" if len(kept) == len(parts) else "length"
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
            prompt = fake.prompt_tokens or sum(len(pieces(message["content"])) for message in body["messages"])
            self._event({"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": len(kept)}})

        def _event(self, content: dict[str, Any]) -> None:
            self.wfile.write(b"data: " + json.dumps({"model": "fake", **content}).encode() + b"\n\n")
            self.wfile.flush()

        def _drop(self) -> None:
            self.close_connection = True
            self.connection.shutdown(2)

        def _json(self, status: int, content: dict[str, Any]) -> None:
            self._raw(status, json.dumps(content).encode())

        def _raw(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if content.startswith(b"<") else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler


def _encoded(values: NDArray[np.float32], body: dict[str, Any]) -> Any:
    if body.get("encoding_format") == "base64":
        return base64.b64encode(values.astype("<f4").tobytes()).decode()
    return values.tolist()
