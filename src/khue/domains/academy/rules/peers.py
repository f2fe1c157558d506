"""Who looks at whose work. Nobody waits on anybody: whoever has handed in and comes to review takes what was looked at
the least, one at a time; what a silent person holds is given to others after a while, and after the last day nobody is
asked any more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Person = TypeVar("Person")
Work = TypeVar("Work")
# beyond their share, for what lacks a reviewer because somebody stayed silent
EXTRA = 1


@dataclass(frozen=True)
class Review(Generic[Person, Work]):
    """One that was taken: done, or held for the reviewer until `held_until`. Later it may still be done, but others
    are given the work too."""

    reviewer: Person
    work: Work
    is_done: bool
    held_until: datetime

    def counts(self, now: datetime) -> bool:
        return self.is_done or self.held_until > now


def next_work(
    person: Person,
    works: Mapping[Work, Person],
    reviews: Collection[Review[Person, Work]],
    *,
    each: int,
    now: datetime,
) -> Work | None:
    """What this person looks at next: first what they hold and have not done; None when their share is done, or there
    is nothing (yet) that they have not seen. `works`: those that may still be reviewed → who made them, the earliest
    first. Only who made one of them, or has reviewed before, is asked."""
    mine = [review for review in reviews if review.reviewer == person]
    for review in mine:
        if not review.is_done and review.work in works:
            return review.work
    if person not in works.values() and not mine:
        return None
    load = {work: sum(review.work == work and review.counts(now) for review in reviews) for work in works}
    seen = {review.work for review in mine}
    free = [work for work in works if works[work] != person and work not in seen]
    done = sum(review.is_done for review in mine)
    if done >= each:
        free = [work for work in free if load[work] < each] if done < each + EXTRA else []
    return min(free, key=lambda work: load[work], default=None)
