"""The parent's side: one child for the tables of one question.

with Engine([Source("papi", "/…/papi.parquet")]) as engine:
    result = engine.query("SELECT province, avg(score) FROM papi GROUP BY province")
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from khue.domains.analysis.engine.result import Column, Result
from khue.kernel.child import Child

SECONDS = 20.0
# of address space, and what DuckDB may use of it
MEMORY = 4 * 1024**3
WORKING_MEMORY_MB = 1200
ROWS = 10_000
Fault = Literal["sql", "slow", "heavy", "crashed", "not_reading"]


@dataclass(frozen=True)
class Source:
    """A table by its name in SQL, and the Parquet file that holds it."""

    name: str
    path: str


class QueryFailed(Exception):
    """`detail` is what the database said."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


class Engine:
    """A context manager; used by one thread at a time."""

    def __init__(
        self, sources: Sequence[Source], *, seconds: float = SECONDS, memory: int = MEMORY, threads: int = 2
    ) -> None:
        self.sources = tuple(sources)
        self._seconds = seconds
        self._opening = {
            "sources": [asdict(source) for source in sources],
            "memory_mb": WORKING_MEMORY_MB,
            "threads": threads,
        }
        self._child = Child("khue.domains.analysis.engine.child", str(memory))

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *exc: object) -> None:
        self._child.end()

    def query(self, sql: str, *, rows: int = ROWS, seconds: float | None = None) -> Result:
        """Raises QueryFailed."""
        self._open()
        answer = self._asked({"sql": sql, "rows": rows}, seconds or self._seconds)
        columns = tuple(Column(name, kind) for name, kind in answer["columns"])
        return Result(columns, tuple(map(tuple, answer["rows"])), answer["is_cut"], answer["took_ms"])

    def explain(self, sql: str) -> None:
        """Plans it without running it. Raises QueryFailed."""
        self._open()
        self._asked({"sql": sql, "plan": True, "rows": 1}, self._seconds)

    def _open(self) -> None:
        if not self._child.is_running:
            self._asked(self._opening, self._seconds)

    def _asked(self, request: dict[str, object], seconds: float) -> dict[str, Any]:
        try:
            answer = self._child.ask(request, seconds=seconds)
        except TimeoutError as problem:
            raise QueryFailed("slow") from problem
        except EOFError as problem:
            raise QueryFailed("crashed") from problem
        if "fault" in answer:
            raise QueryFailed(answer["fault"], answer["detail"])
        return answer
