"""The plainest step: a question in SQL."""

from collections.abc import Mapping
from typing import Any

from khue.domains.analysis.stepping.outcome import Outcome, Query


def run(query: Query, parameters: Mapping[str, Any]) -> Outcome:
    sql = parameters["sql"]
    return Outcome(query(sql), sql=sql)
