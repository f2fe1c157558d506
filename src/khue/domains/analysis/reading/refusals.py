"""Why a file cannot be read as tables, as codes; queries.wording says them in words."""

from typing import Literal

Code = Literal[
    "empty", "binary", "nul", "password", "bomb", "broken", "unknown", "wide", "no_table", "too_slow", "too_heavy",
]  # fmt: skip


class Unreadable(Exception):
    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code: Code = code
        self.detail = detail
