"""The guard of this process's connections: to the services of the settings, and to nothing else.

Two walls, neither of which a request can take down. The guard (Python's audit hooks) knows addresses and holds all
Python code; the fence (khue.kernel.fence) is held by the kernel, knows ports, and holds native code and children too.
"""

from khue.gateway.egress.allowed import Allowed, Service, of_settings
from khue.gateway.egress.guard import NotAllowed, close
from khue.kernel.fence import Fence

__all__ = ["Allowed", "NotAllowed", "Service", "fence", "install", "of_settings", "shut"]


def install(*, sources: bool = False) -> None:
    """First thing in a process. What is allowed is read from the settings now and never again; `sources`: those of the
    models' catalogue too."""
    close(of_settings(sources=sources))


def fence() -> None:
    """Once the process starts no part of its own that may do more. Before it has threads: an older kernel's rule about
    ports holds only those that begin later."""
    of_settings().fence.ready()()


def shut() -> None:
    """For a process that is only spoken to: it can open no connection at all."""
    close(Allowed())
    Fence().ready()()
