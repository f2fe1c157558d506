"""Until when an answer counts: by the server's clock alone."""

from datetime import datetime, timedelta


def due(started: datetime, *, limit_s: int, closes: datetime | None) -> datetime | None:
    """When the attempt ends: after its limit, and never after the quiz closes; None: no limit."""
    ends = [started + timedelta(seconds=limit_s)] if limit_s else []
    ends += [closes] if closes else []
    return min(ends, default=None)


def is_in_time(arrived: datetime, due: datetime | None, *, grace_s: int) -> bool:
    """The grace is for answers given in time on a line that dropped."""
    return due is None or arrived <= due + timedelta(seconds=grace_s)
