"""The privacy filter's place in a call: classes rise by what the texts hold, and identifiers are hidden if the policy
says so. Whatever goes wrong here, nothing is sent."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from khue.gateway.classes import DataClass
from khue.gateway.errors import GatewayError
from khue.gateway.policy.rules import Ruling
from khue.gateway.privacy import DetectorFailed, Kind, Mask, class_of, inspect
from khue.gateway.request import Passages, Request, deep

Content = TypeVar("Content", Request, Passages)
# with a name they may say who somebody is
ABOUT = frozenset({Kind.BIRTH_DATE, Kind.ADDRESS})


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


def risen(data_class: DataClass, content: Request | Passages) -> DataClass:
    """At least the class that each text demands by itself; turns of one conversation also do so together: a name in
    one and a date of birth in another are about somebody. Raises DetectorFailed."""
    if data_class == DataClass.SECRET:
        return data_class
    with _closed_on_failure("class"):
        texts = content.texts()
        looks = [_known.look(text) for text in texts]
        alone = max([data_class, *(look.data_class for look in looks)])
        kinds = frozenset[str]().union(*(look.kinds for look in looks))
        if alone < DataClass.CONFIDENTIAL and isinstance(content, Request) and kinds >= {Kind.PERSON} and kinds & ABOUT:
            return max(alone, class_of("\n".join(texts)))
        return alone


@dataclass(frozen=True)
class _Look:
    data_class: DataClass
    kinds: frozenset[str]


class _Known:
    """What stood in the texts seen lately, by digest: instructions and history come again with every question."""

    def __init__(self, size: int = 4096) -> None:
        self._size, self._lock = size, threading.Lock()
        self._looks: OrderedDict[bytes, _Look] = OrderedDict()

    def look(self, text: str) -> _Look:
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            known = self._looks.get(key)
        if known is None:
            found = inspect(text)
            known = _Look(found.data_class, frozenset(found.found))
            with self._lock:
                self._looks[key] = known
                while len(self._looks) > self._size:
                    self._looks.popitem(last=False)
        return known

    def forget(self) -> None:
        with self._lock:
            self._looks.clear()


_known = _Known()


def forget() -> None:
    _known.forget()


@contextmanager
def _closed_on_failure(where: str) -> Iterator[None]:
    try:
        yield
    except GatewayError:
        raise
    except Exception as error:
        raise DetectorFailed(where) from error
