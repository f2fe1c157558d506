"""What a step gives; plain, because exports carry it along."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from khue.domains.analysis.engine.result import Result

Query = Callable[[str], Result]


@dataclass(frozen=True)
class Outcome:
    """`facts` are figures beside the table, in JSON; `sql` is what it read its data by; `chart` is Vega-Lite without
    data, drawn over the result's rows."""

    result: Result
    facts: dict[str, Any] = field(default_factory=dict)
    sql: str = ""
    chart: dict[str, Any] = field(default_factory=dict)


class Unfit(Exception):
    """The data or the parameters do not allow this: a code, and the values that its wording needs."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
