"""One chat call from its row in the ledger to its reply."""

import math
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from django.conf import settings

from khue.gateway import ledger
from khue.gateway.contract import Caller, Options, Place, Reply, Turn
from khue.gateway.errors import GatewayError, ModelRefused
from khue.gateway.providers import http, registry, turns
from khue.gateway.providers.line import Line
from khue.gateway.queue import tickets
from khue.gateway.queue.tickets import Ticket


class Generation:
    """The ChatStream of contract.py."""

    def __init__(
        self, provider: registry.Provider, said: Sequence[Turn], options: Options, entry: ledger.Entry, caller: Caller
    ) -> None:
        self.provider, self.options, self.entry, self.caller = provider, options, entry, caller
        self.reply: Reply | None = None
        self._body = request_body(provider.info.model, said, options)
        self._parts: list[str] = []
        self._usage: dict[str, int] = {}
        self._finish = "stop"
        self._model = provider.info.model
        self._probabilities: dict[str, float] = {}
        self._line = Line()
        self._ticket: Ticket | None = None
        self._reader = threading.get_ident()
        self._pieces = self._run()

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def __enter__(self) -> "Generation":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def text(self) -> Reply:
        for _ in self._pieces:
            pass
        if self.reply is None:
            raise RuntimeError("this call has failed already")
        return self.reply

    def wait(self) -> Iterator[Place]:
        self._reader = threading.get_ident()
        if self.provider.slots and self._ticket is None:
            try:
                self._ticket = tickets.enter(self.provider.info.name, self.provider.slots, _person(self.caller))
            except GatewayError as error:
                self._end(ledger.Outcome.REFUSED, error=error.code)
                raise
        if self._ticket:
            yield from self._ticket.wait()

    def close(self) -> None:
        """Stops. From another thread than the reader's it cuts the line and the reader ends: at once, if it waits."""
        if self._reader != threading.get_ident():
            self._line.cut()
            if self._ticket:
                self._ticket.stop()
            return
        self._pieces.close()
        self._end(ledger.Outcome.CANCELLED)

    def _run(self) -> Generator[str, None, None]:
        for _place in self.wait():
            pass
        self._reader = threading.get_ident()
        with ExitStack() as stack:
            if self._line.is_cut:
                return self._end(ledger.Outcome.CANCELLED)
            if self.provider.info.is_local:
                stack.enter_context(turns.generating(registry.generation_lock()))
            try:
                yield from self._received()
            except GatewayError as error:
                if self._line.is_cut:
                    return self._end(ledger.Outcome.CANCELLED)
                detail = f"{error.code}: {error.said}" if isinstance(error, ModelRefused) else error.code
                self._end(ledger.Outcome.FAILED, error=detail)
                raise
            except GeneratorExit:
                self._end(ledger.Outcome.CANCELLED)
                raise
            except BaseException as error:
                self._end(ledger.Outcome.FAILED, error=repr(error))
                raise
        self._end(ledger.Outcome.CANCELLED if self._line.is_cut else ledger.Outcome.DONE)

    def _received(self) -> Iterator[str]:
        asked = http.events(
            self.provider, "/chat/completions", self._body, read_s=settings.KHUE_MODEL_TIMEOUT_S, line=self._line
        )
        for event in asked:
            if self._line.is_cut:
                return
            self._model = event.get("model") or self._model
            self._usage = event.get("usage") or self._usage
            for choice in event.get("choices") or []:
                yield from self._piece(choice)
        if self.options.choices and self._probabilities:
            self._parts = [max(self._probabilities, key=self._probabilities.__getitem__)]
            yield self._parts[0]

    def _piece(self, choice: dict[str, Any]) -> Iterator[str]:
        self._finish = "length" if choice.get("finish_reason") == "length" else self._finish
        if self.options.choices and not self._probabilities:
            self._probabilities = probabilities(choice.get("logprobs"), self.options.choices)
        piece = (choice.get("delta") or {}).get("content") or ""
        if not piece:
            return
        self.entry.first_token()
        if self.options.choices:  # the words themselves come from the probabilities
            return
        self._parts.append(piece)
        yield piece

    def _end(self, outcome: ledger.Outcome, *, error: str = "") -> None:
        if self._ticket:
            self._ticket.leave(done=outcome == ledger.Outcome.DONE)
        if not self.entry.is_open:
            return
        text = "".join(self._parts)
        counts = {name: self._usage.get(name) for name in ("prompt_tokens", "completion_tokens")}
        self.entry.model = self._model
        self.entry.finish(outcome, output=text.encode(), error=error, **counts)
        if outcome != ledger.Outcome.FAILED:
            finish = "cancelled" if outcome == ledger.Outcome.CANCELLED else self._finish
            self.reply = Reply(
                text=text,
                model=self._model,
                provider=self.provider.info.name,
                finish_reason=finish,  # type: ignore[arg-type]
                prompt_tokens=counts["prompt_tokens"] or 0,
                completion_tokens=counts["completion_tokens"] or 0,
                first_token_ms=self.entry.first_token_ms or 0.0,
                total_ms=self.entry.total_ms or 0.0,
                ledger_id=self.entry.id,
                probabilities=self._probabilities,
            )


def _person(caller: Caller) -> str:
    """People take turns; what nobody asks for takes turns by organisation."""
    return str(caller.person_id or caller.organisation_id or "installation")


def request_body(model: str, said: Sequence[Turn], options: Options) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": turn.role, "content": turn.content} for turn in said],
        "max_tokens": options.max_tokens,
        "temperature": options.temperature,
        "seed": options.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if options.stop:
        body["stop"] = list(options.stop)
    if options.schema:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": options.schema, "strict": True},
        }
    if options.choices:
        body |= {"max_tokens": 1, "logprobs": True, "top_logprobs": 20}
    return body


def probabilities(logprobs: dict[str, Any] | None, choices: Sequence[str]) -> dict[str, float]:
    """How likely each choice is among the choices, from the likeliest first tokens: a token counts for the choice
    that begins with it, in whatever case."""
    tokens = ((logprobs or {}).get("content") or [{}])[0].get("top_logprobs") or []
    if not tokens:
        return {}
    mass = dict.fromkeys(choices, 0.0)
    for token in tokens:
        word = token["token"].strip().casefold()
        meant = [choice for choice in choices if word and choice.casefold().startswith(word)]
        if len(meant) == 1:
            mass[meant[0]] += math.exp(token["logprob"])
    total = sum(mass.values())
    return {choice: part / total if total else 1 / len(choices) for choice, part in mass.items()}
