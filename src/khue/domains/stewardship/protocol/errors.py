"""Refusals in the protocol's own form."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProtocolError(Exception):
    """`kind` is what the protocol calls the type. `retry_after`: seconds; 0 says that trying again is of no use."""

    status: int
    message: str
    code: str
    kind: str = "invalid_request_error"
    param: str | None = None
    retry_after: int | None = None

    @property
    def body(self) -> dict[str, Any]:
        return {"error": {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}}

    @property
    def headers(self) -> dict[str, str]:
        """Official clients try again by themselves unless they are told not to."""
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        if self.retry_after:
            headers["Retry-After"] = str(self.retry_after)
        if self.retry_after is not None and not 0 < self.retry_after <= 120:
            headers["X-Should-Retry"] = "false"
        return headers
