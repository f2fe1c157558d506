"""Work for later, on PostgreSQL. A job is written in the transaction that asks for it: it exists if that commits.

A domain declares its jobs in `tasks.py` (`@jobs.task(name="knowledge.read")`) and asks for them by name:
`jobs.later("knowledge.read", document=str(document.pk))`. Arguments are JSON.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

P = ParamSpec("P")
R = TypeVar("R")


def task(*, name: str, retries: int = 3) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Registers a job under a name; after an error it is tried again after 4, 16, 64 … seconds."""
    strategy = RetryStrategy(max_attempts=retries, exponential_wait=4)
    decorate: Callable[[Callable[P, R]], Callable[P, R]] = app.task(name=name, retry=strategy, pass_context=False)
    return decorate


def regularly(name: str, *, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a job that workers also begin by themselves, at the times of a cron line; never two that wait."""

    def decorate(act: Callable[[], None]) -> Callable[[], None]:
        def begin(timestamp: int = 0) -> None:
            act()

        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name, lock=name)(begin))
        return act

    return decorate


def later(
    name: str,
    *,
    one_at_a_time: str | None = None,
    once_waiting: str | None = None,
    in_seconds: int | None = None,
    **arguments: Any,
) -> int:
    """Writes a job and returns its number. Jobs with the same `one_at_a_time` never run at once; while one with the
    same `once_waiting` waits, a second raises procrastinate's AlreadyEnqueued. Such a job must not be registered with
    retries: it would come back to wait beside the other."""
    when = {"seconds": in_seconds} if in_seconds else None
    configured = app.configure_task(name, lock=one_at_a_time, queueing_lock=once_waiting, schedule_in=when)
    return int(configured.defer(**arguments))


def work(*, at_once: int, until_empty: bool = False) -> None:
    """Runs jobs in this process, until a signal ends it or, if asked, until none is left."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(concurrency=at_once, wait=not until_empty, listen_notify=not until_empty)


def names() -> set[str]:
    return set(app.tasks)
