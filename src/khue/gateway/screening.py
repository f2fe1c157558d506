"""The privacy filter's place in a call: classes rise by what the texts hold, and identifiers are hidden if the policy
says so. Whatever goes wrong here, nothing is sent."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.errors import GatewayError
from khue.gateway.policy.rules import Ruling
from khue.gateway.privacy import DetectorFailed, Mask, class_of
from khue.gateway.request import Passages, Request, deep

Content = TypeVar("Content", Request, Passages)


class Restorer(Protocol):
    """What puts identifiers back into a stream; a piece may be held back until it is known whether it is one."""

    def feed(self, piece: str) -> str: ...
    def end(self) -> str: ...


class Screen:
    """Between a caller and one server: transparent, or with pseudonyms for identifiers. Raises DetectorFailed."""

    def __init__(self, ruling: Ruling, conversation_id: UUID | None) -> None:
        with _closed_on_failure("vault"):
            self._mask = Mask.open(conversation_id) if ruling == Ruling.PSEUDONYMISE else None

    def hidden(self, content: Content) -> Content:
        """Every field; the pseudonyms are kept before anything is sent."""
        if self._mask is None:
            return content
        with _closed_on_failure("mask"):
            hidden = content.mapped(self._mask.hide)
            self._mask.save()
        return hidden

    @property
    def counts(self) -> dict[str, int]:
        return dict(self._mask.counts) if self._mask else {}

    def restored(self, text: str) -> str:
        return self._mask.restore(text) if self._mask else text

    def restored_call(self, call: dict[str, Any]) -> dict[str, Any]:
        """Of a tool, whose arguments are JSON within a string."""
        if self._mask is None:
            return call
        restored: dict[str, Any] = deep(call, self.restored)
        within = self.restorer(within_json=True)
        restored["function"]["arguments"] = within.feed(call["function"]["arguments"]) + within.end()
        return restored

    def restorer(self, *, within_json: bool = False) -> Restorer:
        return self._mask.restorer(within_json=within_json) if self._mask else _Nothing()


class _Nothing:
    """For a transparent screen."""

    def feed(self, piece: str) -> str:
        return piece

    def end(self) -> str:
        return ""


def risen(data_class: DataClass, texts: Sequence[str]) -> DataClass:
    """At least the class that each text demands by itself. Raises DetectorFailed."""
    if data_class == DataClass.SECRET:
        return data_class
    with _closed_on_failure("class"):
        return max([data_class, *map(class_of, texts)])


@contextmanager
def _closed_on_failure(where: str) -> Iterator[None]:
    try:
        yield
    except GatewayError:
        raise
    except Exception as error:
        raise DetectorFailed(where) from error
