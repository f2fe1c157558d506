"""What other domains answer under /v1 beside models: an id with a prefix of theirs ("assistant/khai-sinh")."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from khue.domains.people.api import NoMembership, actor_of
from khue.domains.stewardship.models import Key
from khue.domains.stewardship.protocol import replies
from khue.domains.stewardship.protocol.bodies import ChatBody
from khue.domains.stewardship.protocol.errors import ProtocolError
from khue.domains.stewardship.rules import SERVED, Served, Used
from khue.kernel.errors import UserError
from khue.kernel.models import uuid7


def ids(key: Key) -> dict[str, str]:
    """id → who answers for it; none for a key that was given for certain models only."""
    if key.aliases:
        return {}
    try:
        places = sorted(actor_of(key.owner_id).organisations)
    except NoMembership:
        return {}
    return {name: owner for served in SERVED.values() for name, owner in served.ids(places).items()}


def of(name: str, key: Key) -> "Answered | None":
    """None: a model is meant. Raises ProtocolError for an id of this kind that is not open to the key."""
    served = SERVED.get(name.partition("/")[0]) if "/" in name else None
    if served is None:
        return None
    if name not in ids(key):
        raise ProtocolError(404, f"There is no {name} here. See /v1/models.", "model_not_found", param="model")
    return Answered(served, name)


@dataclass(frozen=True)
class Answered:
    served: Served
    name: str

    def whole(self, body: ChatBody) -> dict[str, object]:
        """Raises ProtocolError."""
        try:
            said = list(self.served.answer(self.name, _question(body)))
        except UserError as error:
            raise _refusal(error) from error
        text = "".join(piece for piece in said if isinstance(piece, str))
        return self._completion().whole(text, finish="stop", usage=_usage(said))

    def pieces(self, body: ChatBody) -> Iterator[str]:
        completion, used = self._completion(), Used()
        yield completion.chunk({"role": "assistant", "content": ""})
        try:
            with closing(self.served.answer(self.name, _question(body))) as said:
                for piece in said:
                    if isinstance(piece, Used):
                        used = piece
                    else:
                        yield completion.chunk({"content": piece})
        except (UserError, ProtocolError) as error:
            refused = error if isinstance(error, ProtocolError) else _refusal(error)
            yield replies.line(refused.body)
            return
        yield completion.chunk({}, finish="stop")
        if body.wants_usage:
            yield completion.usage_chunk(_usage([used]))
        yield "[DONE]"

    def _completion(self) -> replies.Completion:
        return replies.Completion(f"chatcmpl-{uuid7().hex}", int(time.time()), self.name)


def _usage(said: Sequence[str | Used]) -> dict[str, int]:
    used = next((one for one in said if isinstance(one, Used)), Used())
    return replies.usage(used.prompt, used.completion)


def _refusal(error: UserError) -> ProtocolError:
    return ProtocolError(400, str(error), "invalid_value", param="messages")


def _question(body: ChatBody) -> str:
    """The last thing that the user said: what came before, and any instruction, is not the caller's to give."""
    said = [message.text for message in body.messages if message.role == "user"]
    if not said:
        raise ProtocolError(400, "messages: a message of the user is missing.", "invalid_value", param="messages")
    return said[-1]
