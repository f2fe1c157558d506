"""A child must not outlive the process that started it."""

import os
import threading
import time


def leave_with(parent: int | None) -> None:
    """Ends this process when its parent is no longer the one that it was told of, even if that died before it could
    look. Without a number it stays: an init system or a container watches it."""
    if parent is not None:
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)
