"""Who may use the processors: generation holds a file lock, background embedding waits for it.

Both at once starve each other on a small machine. A lock on a file is shared by all processes of the machine and is
given back by the kernel when its holder dies, so nothing can stay blocked.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def generating(path: Path) -> Iterator[None]:
    """Held while the embedded model writes; any number of generations may hold it together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_generating(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
