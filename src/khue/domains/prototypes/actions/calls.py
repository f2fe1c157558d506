"""One piece of work with a model: its calls, what is seen of it as it comes, what it leaves."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from khue.domains.knowledge import api as knowledge
from khue.domains.prototypes.rules import MOST_ANSWER
from khue.gateway import api as gateway
from khue.gateway.api import Caller, DataClass, Options, Turn

TOOL = "prototype"


@dataclass(frozen=True)
class Shown:
    """The tool as far as it has come; `said` names what came last."""

    html: str
    title: str
    said: str = ""


@dataclass(frozen=True)
class Piece:
    """Code as the model writes it."""

    text: str


@dataclass
class Made:
    """What came of it: a source for a version. `broken`: the answer ended too early, and this is what was there."""

    source: dict[str, Any]
    ledger: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    broken: bool = False


Event = knowledge.Waiting | Shown | Piece
Writing = Generator[Event, None, "Made | None"]


@dataclass
class Ask:
    """One call after another of one piece of work."""

    caller: Caller
    data_class: DataClass
    brake: knowledge.Brake | None = None
    ledger: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    finish: str = ""

    def stream(self, turns: Sequence[Turn], options: Options) -> Generator[Event | str, None, None]:
        """Places in the queue, then pieces of text; `text` and `finish` hold the whole afterwards."""
        self.text, self.finish = "", "cancelled"
        with gateway.chat(turns, caller=self.caller, data_class=self.data_class, options=options) as reply:
            if self.brake:
                self.brake.hold(reply)
            for place in reply.wait():
                yield knowledge.Waiting(place.position, place.of, place.expected_s)
            for piece in reply:
                self.text += piece
                yield piece
                if len(self.text) > MOST_ANSWER:
                    break
        if len(self.text) > MOST_ANSWER:
            self.text, self.finish = self.text[:MOST_ANSWER], "length"
        elif reply.reply:
            self.finish = reply.reply.finish_reason
        if reply.reply:
            self.ledger.append({"id": str(reply.reply.ledger_id), "model": reply.reply.model})


class Stopped(Exception):
    """Whoever asked has gone."""


def go_on(ask: Ask) -> None:
    if ask.finish == "cancelled":
        raise Stopped
