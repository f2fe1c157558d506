"""A connection that another thread may cut, so that nobody waits for words that nobody wants."""

import socket
import threading
from contextlib import suppress
from typing import Any


class Line:
    """Holds the socket while a call is on it, and no longer: it may serve another call afterwards."""

    def __init__(self) -> None:
        self.is_cut = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def hold(self, stream: Any) -> None:
        """`stream` is httpcore's network stream."""
        with self._lock:
            self._socket = stream.get_extra_info("socket")
            if self.is_cut:
                self._shut()

    def release(self) -> None:
        with self._lock:
            self._socket = None

    def cut(self) -> None:
        with self._lock:
            self.is_cut = True
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """For httpx: the model's server answers nothing before its first word, so the socket is taken at connecting."""
        if event == "connection.connect_tcp.complete":
            self.hold(info["return_value"])
