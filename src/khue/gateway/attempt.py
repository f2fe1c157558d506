"""One server tried for one call: what it is sent, under which decision, and the entry of that in the ledger."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from khue.gateway import ledger, screening
from khue.gateway.classes import DataClass
from khue.gateway.contract import Caller
from khue.gateway.errors import ClassAboveKey, ClassNotAllowed, GatewayError, ModelRefused
from khue.gateway.providers import health
from khue.gateway.request import Passages, Request
from khue.gateway.routing import Route
from khue.gateway.screening import Screen

log = logging.getLogger(__name__)


Content = TypeVar("Content", Request, Passages)


@dataclass(frozen=True)
class Asked(Generic[Content]):
    """A call before anything is decided. `claimed` is the class that the caller gave."""

    task: ledger.Task
    caller: Caller
    data_class: DataClass
    content: Content
    claimed: DataClass

    def risen(self) -> "Asked[Content]":
        """By what the texts hold. Raises DetectorFailed."""
        return replace(self, data_class=screening.risen(self.data_class, self.content))

    def check_key(self) -> None:
        """Raises ClassAboveKey where a program's key allows less than the texts demand."""
        highest = self.caller.highest_class
        if highest is not None and highest < self.data_class < DataClass.SECRET:
            raise ClassAboveKey

    def refused(self, error: GatewayError) -> None:
        facts: dict[str, str | int] = {"claimed": self.claimed}
        if isinstance(error, ClassNotAllowed):
            denied = error.decision
            facts |= {"decision": denied.decision, "rule": denied.rule, "policy": denied.version, "zone": error.zone}
        ledger.refuse(
            self.task,
            caller=self.caller,
            data_class=self.data_class,
            inputs=self.content.inputs(),
            error=error.code,
            **facts,
        )


class Attempt(Generic[Content]):
    """Written to the ledger as it is made. Raises DetectorFailed, and then nothing is on record yet."""

    def __init__(self, asked: Asked[Content], route: Route) -> None:
        self.provider, self.decision = route.provider, route.decision
        self.screen = Screen(route.decision.decision, asked.caller.conversation_id)
        self.sent: Content = self.screen.hidden(asked.content)
        info = self.provider.info
        more: dict[str, str | int] = {"claimed": asked.claimed} if asked.claimed != asked.data_class else {}
        self.entry = ledger.begin(
            asked.task,
            caller=asked.caller,
            data_class=asked.data_class,
            provider=info.name,
            model=info.model,
            inputs=self.sent.inputs(),
            zone=info.zone,
            decision=route.decision.decision,
            rule=route.decision.rule,
            policy=route.decision.version,
            hidden=self.screen.counts,
            model_digest=info.model_digest,
            **more,
        )

    def failed(self, error: GatewayError) -> None:
        """Marks the server. What it said goes on record unless it repeats what it was sent."""
        health.failed(self.provider, error)
        log.warning("%s: %s", self.provider.info.name, error.code)

    def told(self, error: GatewayError) -> str:
        if not isinstance(error, ModelRefused):
            return error.code
        said = error.said if not _repeats(error.said, self.sent.texts()) else f"{error.status}: (repeats the request)"
        return f"{error.code}: {said}"


def _repeats(said: str, texts: Sequence[str]) -> bool:
    """Whether three words in a row, or a word with a digit, came from the request."""
    words = said.split()
    sent = " ".join(" ".join(texts).split())
    runs = (" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2)))
    numbers = (word for word in words if len(word) > 5 and any(map(str.isdigit, word)))
    return any(part in sent for part in (*runs, *numbers))
