"""One chat call from its entry in the ledger to its reply."""

import math
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any

from django.conf import settings

from khue.gateway import budgets, ledger, running, sizes
from khue.gateway.attempt import Asked, Attempt
from khue.gateway.contract import Caller, Place, Reply
from khue.gateway.energy import Energy, Meter
from khue.gateway.energy import of as energy_of
from khue.gateway.errors import ContextTooLong, GatewayError, ModelRefused
from khue.gateway.providers import health, http, registry, state, turns
from khue.gateway.providers.line import Line
from khue.gateway.queue import tickets
from khue.gateway.queue.tickets import Ticket
from khue.gateway.request import Request, body
from khue.gateway.routing import Route
from khue.kernel.connections import give_back


class Generation:
    """The ChatStream of contract.py. As long as no word has come, a server that fails gives way to the next of the
    routes; each has its own entry in the ledger, for each has seen what was sent."""

    def __init__(self, asked: Asked[Request], routes: Sequence[Route]) -> None:
        self.reply: Reply | None = None
        self._asked, self._routes = asked, list(routes)
        self._line = Line()
        self._ticket: Ticket | None = None
        self._meter: Meter | None = None
        self._reason = ""
        self._reader = threading.get_ident()
        self._next()
        self._pieces = self._run()
        running.add(asked.caller.person_id, self)

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
        provider = self._attempt.provider
        if provider.slots and self._ticket is None:
            try:
                self._ticket = tickets.enter(provider.info.name, provider.slots, _person(self._asked.caller))
            except GatewayError as error:
                self._end(ledger.Outcome.REFUSED, error=error.code)
                raise
        if self._ticket:
            yield from self._ticket.wait()

    def close(self, reason: str = "") -> None:
        """Stops. From another thread than the reader's it cuts the line and the reader ends: at once, if it waits."""
        self._reason = self._reason or reason
        if self._reader != threading.get_ident():
            self._line.cut()
            if self._ticket:
                self._ticket.stop()
            return
        self._pieces.close()
        self._end(ledger.Outcome.CANCELLED)
        running.drop(self._asked.caller.person_id, self)

    def _next(self) -> None:
        """The next server's turn."""
        self._attempt = Attempt(self._asked, self._routes.pop(0))
        self._answer = Answer(self._attempt)
        self._ticket = None

    def _run(self) -> Generator[str, None, None]:
        try:
            while not (yield from self._tried()):
                pass
        except GeneratorExit:
            self._end(ledger.Outcome.CANCELLED)
            raise
        except GatewayError:
            raise
        except BaseException as error:
            self._end(ledger.Outcome.FAILED, error=type(error).__name__)
            raise
        else:
            self._end(ledger.Outcome.CANCELLED if self._line.is_cut else ledger.Outcome.DONE)
        finally:
            running.drop(self._asked.caller.person_id, self)

    def _tried(self) -> Generator[str, None, bool]:
        """Whether it is over: by an answer, or because nobody wants one."""
        for _place in self.wait():
            pass
        self._reader = threading.get_ident()
        try:
            if not self._line.is_cut:
                yield from self._received()
        except GatewayError as error:
            if not self._line.is_cut:
                self._failed(error)
                return False
        return True

    def _failed(self, error: GatewayError) -> None:
        """Goes on to the next server, or raises."""
        self._attempt.failed(error)
        self._end(ledger.Outcome.FAILED, error=self._attempt.told(error))
        if self._answer.has_begun or not self._routes:
            raise error
        try:
            self._next()
        except GatewayError as refusal:
            self._asked.refused(refusal)
            raise

    def _received(self) -> Iterator[str]:
        provider, sent = self._attempt.provider, self._attempt.sent
        with ExitStack() as stack:
            if provider.info.is_local:
                stack.enter_context(turns.generating(registry.generation_lock()))
                self._meter = Meter()
            tokens = sizes.room(provider, sent)
            give_back()
            asked = http.events(
                provider,
                "/chat/completions",
                body(provider.info.model, sent, max_tokens=tokens),
                limits=http.Limits.of(tokens, silence_s=settings.KHUE_MODEL_TIMEOUT_S),
                line=self._line,
            )
            events = stack.enter_context(closing(asked))
            try:
                for event in events:
                    if self._line.is_cut:
                        return
                    yield from self._answer.heard(event)
            except GatewayError:
                yield from self._answer.held()
                raise
        yield from self._answer.chosen()
        yield from self._answer.held()
        health.answered(provider)
        if self._answer.was_cut(sent):
            state.forget_length(provider)
            raise ContextTooLong

    def _end(self, outcome: ledger.Outcome, *, error: str = "") -> None:
        entry, answer = self._attempt.entry, self._answer
        if self._ticket:
            self._ticket.leave(done=outcome == ledger.Outcome.DONE)
        if not entry.is_open:
            return
        entry.model = answer.model
        counts, energy = answer.counts(), self._energy()
        entry.finish(
            outcome,
            output="".join(answer.raw).encode(),
            error=error or self._reason,
            **counts,
            energy_mj=energy.millijoules,
            co2_ug=energy.co2_micrograms,
        )
        if tokens := answer.spent(self._attempt.sent):
            budgets.spend(self._asked.caller, tokens=sum(tokens), energy=energy)
        if outcome != ledger.Outcome.FAILED:
            self.reply = self._reply("cancelled" if outcome == ledger.Outcome.CANCELLED else answer.finish)

    def _energy(self) -> Energy:
        metered, self._meter = self._meter.joules() if self._meter else None, None
        tokens = self._answer.spent(self._attempt.sent)
        if tokens is None:
            return Energy()
        info = self._attempt.provider.info
        return energy_of(info, prompt_tokens=tokens[0], completion_tokens=tokens[1], metered_j=metered)

    def _reply(self, finish: Any) -> Reply:
        attempt, answer, counts = self._attempt, self._answer, self._answer.counts()
        return Reply(
            text="".join(answer.parts),
            model=answer.model,
            provider=attempt.provider.info.name,
            finish_reason=finish,
            prompt_tokens=counts["prompt_tokens"] or 0,
            completion_tokens=counts["completion_tokens"] or 0,
            first_token_ms=attempt.entry.first_token_ms or 0.0,
            total_ms=attempt.entry.total_ms or 0.0,
            ledger_id=attempt.entry.id,
            probabilities=answer.probabilities,
            data_class=self._asked.data_class,
            zone=attempt.provider.info.zone,
            decision=attempt.decision.decision,
            rule=attempt.decision.rule,
            hidden=attempt.screen.counts,
            tool_calls=answer.tool_calls(),
        )


class Answer:
    """What one server has said so far: `raw` as it came, `parts` with the identifiers back in their places."""

    def __init__(self, attempt: Attempt[Request]) -> None:
        self.raw: list[str] = []
        self.parts: list[str] = []
        self.finish = "stop"
        self.model = attempt.provider.info.model
        self._chances: dict[str, float] = {}
        self._usage: dict[str, Any] = {}
        self._tools: dict[int, dict[str, Any]] = {}
        self._entry, self._screen = attempt.entry, attempt.screen
        self._choices = attempt.sent.options.choices
        self._restorer = attempt.screen.restorer(within_json=attempt.sent.options.schema is not None)

    @property
    def has_begun(self) -> bool:
        return bool(self.raw or self._tools or self._chances)

    def heard(self, event: dict[str, Any]) -> list[str]:
        """The pieces of text to pass on. Raises ModelRefused for what is no part of an answer."""
        try:
            self.model = str(event.get("model") or self.model)
            self._usage = dict(event.get("usage") or self._usage)
            return [told for choice in event.get("choices") or [] if (told := self._choice(choice))]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise ModelRefused("not a completion") from error

    def held(self) -> Iterator[str]:
        """What was held back because it might have become a pseudonym."""
        if last := self._restorer.end():
            self.parts.append(last)
            yield last

    def chosen(self) -> Iterator[str]:
        """The likeliest of the choices."""
        if self._chances:
            self.raw = [max(self._chances, key=self._chances.__getitem__)]
            self.parts = [self._screen.restored(self.raw[0])]
            yield self.parts[0]

    @property
    def probabilities(self) -> dict[str, float]:
        return {self._screen.restored(choice): chance for choice, chance in self._chances.items()}

    def counts(self) -> dict[str, int | None]:
        found = {name: self._usage.get(name) for name in ("prompt_tokens", "completion_tokens")}
        return {name: count if isinstance(count, int) else None for name, count in found.items()}

    def spent(self, sent: Request) -> tuple[int, int] | None:
        """Tokens read and written; at the least, where the server was stopped before it could say. None: nothing."""
        counts = self.counts()
        if counts["prompt_tokens"] is not None:
            return counts["prompt_tokens"], counts["completion_tokens"] or 0
        if not self.has_begun:
            return None
        return budgets.least_tokens(turn.content for turn in sent.turns), max(len(self.raw), 1)

    def was_cut(self, sent: Request) -> bool:
        """Whether the server read far less than it was sent, by its own count."""
        read = self.counts()["prompt_tokens"] or 0
        return 0 < read < sizes.least_tokens([turn.content for turn in sent.turns])

    def tool_calls(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._screen.restored_call(self._tools[at]) for at in sorted(self._tools))

    def _choice(self, choice: dict[str, Any]) -> str:
        if choice.get("finish_reason") in {"stop", "length", "tool_calls"}:
            self.finish = choice["finish_reason"]
        delta = choice.get("delta") or {}
        for call in delta.get("tool_calls") or []:
            self._entry.first_token()
            _gather(self._tools, call)
        if self._choices and not self._chances:
            self._chances = probabilities(choice.get("logprobs"), self._choices)
        piece = delta.get("content") or ""
        if not piece:
            return ""
        self._entry.first_token()
        if self._choices:  # the words themselves come from the probabilities
            return ""
        told = self._restorer.feed(piece)
        self.raw.append(piece)
        self.parts.append(told)
        return told


def _person(caller: Caller) -> str:
    """People take turns; visitors, whom nobody knows, by conversation; what nobody asks for by organisation."""
    return str(caller.person_id or caller.conversation_id or caller.organisation_id or "installation")


def _gather(calls: dict[int, dict[str, Any]], delta: dict[str, Any]) -> None:
    """The name and the arguments of a tool's call come in pieces."""
    call = calls.setdefault(
        int(delta.get("index") or 0), {"id": "", "type": "function", "function": {"name": "", "arguments": ""}}
    )
    call["id"] = delta.get("id") or call["id"]
    for name, piece in (delta.get("function") or {}).items():
        call["function"][name] = call["function"].get(name, "") + (piece or "")


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
