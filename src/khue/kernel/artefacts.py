"""What people make with the tools of the Work room, as a lab reads it.

A tool registers its kinds when the application starts; who reads them knows no tool:

    artefacts.register(Conversations())                      # in the tool's AppConfig.ready
    for kind in artefacts.of_tool("ask"): kind.made_by(person_id)

A kind is named in programmes ("conversation"), so its name and the names of its checks stay.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Made:
    """One thing to choose from. `about` says in a few words how much it is ("3 questions"); `url` opens it."""

    id: UUID
    title: str
    about: str
    changed_at: datetime
    url: str


@dataclass(frozen=True)
class Frozen:
    """A thing as it was at one moment: `body` is JSON and holds all that is shown and checked, so that nothing is read
    from the thing itself afterwards. `ledger`: the calls of models that made it, in their order."""

    title: str
    made_at: datetime
    changed_at: datetime
    body: dict[str, Any]
    data_class: int
    ledger: tuple[dict[str, Any], ...] = ()


class NoSettings(BaseModel):
    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Check:
    """Something about things of a kind that a program can see. `run` names a function, "package.module:function", that
    is called in a process of its own, with neither settings nor database nor network:

        def run(handed_in, settings) -> {"passed": bool, …facts in JSON}

    `handed_in` is {"note": {"text", "language", "identifiers"}, "things": [body, …]}; `settings` are the check's own
    in the programme, as the model dumps them. `tell` words the facts for a person, in the active language."""

    run: str
    label: Promise
    tell: Callable[[Mapping[str, Any]], str]
    settings: type[BaseModel] = NoSettings


class Kind(Protocol):
    """`template` shows a frozen thing; its context is `body`, `title` and `ledger`."""

    name: str
    tool: str
    template: str

    @property
    def label(self) -> Promise: ...

    @property
    def checks(self) -> Mapping[str, Check]: ...

    def made_by(self, person_id: UUID, *, limit: int = 30) -> Sequence[Made]:
        """The person's own things, the latest first."""
        ...

    def frozen(self, person_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Frozen]:
        """Those of them that are there and the person's own."""
        ...


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    clearing: list[Callable[[Collection[UUID]], None]] = field(default_factory=list)


_REGISTRY = _Registry()


def register(kind: Kind) -> None:
    """Called when the application starts."""
    _REGISTRY.kinds[kind.name] = kind


def clears(forget: Callable[[Collection[UUID]], None]) -> None:
    """Called when the application starts: `forget` deletes what a tool holds of organisations, by their ids."""
    _REGISTRY.clearing.append(forget)


def clear(organisation_ids: Collection[UUID]) -> None:
    """What was made with the tools in these organisations goes for good: a rehearsal ends."""
    for forget in _REGISTRY.clearing:
        forget(organisation_ids)


def kind(name: str) -> Kind | None:
    return _REGISTRY.kinds.get(name)


def of_tool(tool: str) -> tuple[Kind, ...]:
    """Empty where the tool is not installed, or makes nothing that could be handed in."""
    return tuple(kind for kind in _REGISTRY.kinds.values() if kind.tool == tool)


# of every lab, whatever its tool
ANY_TOOL = ""


def check(tool: str, name: str, *, also: Sequence[str] = ()) -> tuple[Kind, Check] | None:
    """A check by its name among those of the tool's kinds, of the kinds named besides, and of every lab."""
    named = [kind for kind in map(_REGISTRY.kinds.get, also) if kind]
    for each in (*of_tool(tool), *named, *of_tool(ANY_TOOL)):
        if name in each.checks:
            return each, each.checks[name]
    return None


def check_names(tool: str, *, also: Sequence[str] = ()) -> list[str]:
    named = [kind for kind in map(_REGISTRY.kinds.get, also) if kind]
    return sorted({name for each in (*of_tool(tool), *named, *of_tool(ANY_TOOL)) for name in each.checks})
