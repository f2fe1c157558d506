"""Kinds of steps: a function over tables by which a result comes about, and how it is told.

A kind's function is plain: `run(query, parameters) -> Outcome`, where `query(sql)` gives a Result. It is named, not
held ("khue.domains.analysis.statistics.trend:run"), because the same function runs here and, copied with the modules of
its package that it needs, in an exported ZIP where there is no Khuê. It raises Unfit for what it cannot do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.utils.functional import Promise

from khue.domains.analysis.engine import Result
from khue.domains.analysis.stepping.outcome import Outcome, Query, Unfit

__all__ = ["Kind", "Outcome", "Query", "Unfit", "kind", "kinds", "register", "run"]


@dataclass(frozen=True)
class Kind:
    """`tell(result, facts)` reads it in the active language, a few sentences with the warning that belongs to it;
    `explain(code, values)` words an Unfit. `template` shows a step of the kind; its context is `step`, `table` and
    `facts`. `modules` are what goes into an export beside the function's own; `needs` are the distributions that
    those import ("statsmodels>=0.14")."""

    name: str
    label: Promise
    run: str
    tell: Callable[[Result, Mapping[str, Any]], str]
    explain: Callable[[str, Mapping[str, Any]], str] = lambda code, values: code
    template: str = "analysis/steps/_table.html"
    modules: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)


_REGISTRY = _Registry()


def register(kind: Kind) -> None:
    """Called when the application starts."""
    _REGISTRY.kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """Raises KeyError."""
    return _REGISTRY.kinds[name]


def kinds() -> tuple[Kind, ...]:
    return tuple(_REGISTRY.kinds.values())


def run(kind: Kind, query: Query, parameters: Mapping[str, Any]) -> Outcome:
    module, _, name = kind.run.partition(":")
    function: Callable[[Query, Mapping[str, Any]], Outcome] = getattr(import_module(module), name)
    return function(query, parameters)
