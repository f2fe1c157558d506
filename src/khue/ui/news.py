"""How much is new at a place of the rooms: a domain counts it, the navigation shows it."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest

# the URL names of places → how many things are new there
Counter = Callable[[HttpRequest], Mapping[str, int]]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Asked once for each page that somebody opens: it should read by an index."""
    if counter not in _counters:
        _counters.append(counter)


def at_places(request: HttpRequest) -> dict[str, int]:
    return {name: count for counter in _counters for name, count in counter(request).items() if count}
