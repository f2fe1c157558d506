"""What results show, as typed findings: each a right sentence with its figures bound to cells."""

from collections.abc import Iterable, Sequence

from khue.domains.analysis.briefing.findings import answers, effects, forecasts, methods
from khue.domains.analysis.briefing.findings.finding import Finding, Says
from khue.domains.analysis.briefing.seen import Seen

__all__ = ["Finding", "find"]

_OF = {
    "sql": answers.of_answer,
    "statistics.groups": methods.of_groups,
    "statistics.trend": methods.of_trend,
    "statistics.correlation": methods.of_correlation,
    "statistics.composite": methods.of_composite,
    "statistics.inequality": methods.of_inequality,
    "statistics.survey": methods.of_survey,
    "statistics.did": effects.of_comparison,
    "statistics.its": effects.of_series,
    "forecast": forecasts.of_forecast,
}


def find(seen: Sequence[Seen], language: str) -> list[Finding]:
    """In the order of the worksheet; none twice."""
    found: dict[str, Finding] = {}
    for at, one in enumerate(seen, 1):
        for finding in _all(one, at, language):
            found.setdefault(finding.text.text, finding)
    return list(found.values())


def _all(seen: Seen, at: int, language: str) -> Iterable[Finding]:
    read, says = _OF.get(seen.kind), Says(seen, at, language)
    if read is None:
        return []
    return [*read(says), *methods.left_out(says)]
