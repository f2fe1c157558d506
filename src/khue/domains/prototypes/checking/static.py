"""All static checks of a tool."""

from django.utils.translation import override

from khue.domains.prototypes.checking import access, formulas, safety
from khue.domains.prototypes.checking.finding import Finding
from khue.domains.prototypes.checking.source import Source

ORDER = {"stop": 0, "warn": 1, "note": 2}
MOST = 2_000_000
MOST_OF_ONE = 5


def static(html: str, *, language: str = "vi") -> tuple[Finding, ...]:
    """`language` is that of the findings; the tool's own stands in its <html lang>. The gravest first."""
    source = Source(html[:MOST])
    found = list(access.size(html))
    with override(language):
        found += [*safety.find(source), *formulas.find(source)]
    if len(html) <= MOST:
        found += access.find(source)
    said = list(dict.fromkeys(one.said(language) for one in found))
    kept = [one for at, one in enumerate(said) if sum(other.code == one.code for other in said[:at]) < MOST_OF_ONE]
    return tuple(sorted(kept, key=lambda one: ORDER[one.level]))
