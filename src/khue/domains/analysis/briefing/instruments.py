"""Instruments of policy: which of them fit what was found, and how each reads here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from khue.domains.analysis.briefing.findings import Finding
from khue.domains.analysis.briefing.wording import LANGUAGES, TEXTS, Worded, say, texts

PARTS = ("name", "what", "criteria", "gains", "risks")
MOST_OPTIONS = 6
STRENGTHS = ("soonest", "undone", "widest", "surest")


@dataclass(frozen=True)
class Instrument:
    """`fits`: a finding's family and role, as "spread.bad", → how well it answers it. `needs`: families of which one
    must be there, `not_`: of which none may."""

    id: str
    fits: Mapping[str, float]
    strengths: Mapping[str, int]
    told: Mapping[str, Mapping[str, str]]
    needs: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """An instrument for what was found here. `because` is the finding that it answers best."""

    id: str
    fit: float
    because: Finding
    texts: Mapping[str, Worded]
    first: Worded
    strengths: Mapping[str, int]


@cache
def catalogue() -> tuple[Instrument, ...]:
    stored: list[dict[str, Any]] = yaml.safe_load((TEXTS / "instruments.yaml").read_text(encoding="utf-8"))
    return tuple(
        Instrument(
            one["id"], one["fits"], one["strengths"], {language: one[language] for language in LANGUAGES},
            tuple(one.get("needs", ())), tuple(one.get("not", ())),
        )
        for one in stored
    )  # fmt: skip


def options(found: Sequence[Finding], language: str) -> list[Option]:
    """Those that answer something that was found, the most fitting first."""
    families = {one.family for one in found}
    made = (_option(one, found, language) for one in catalogue() if _may(one, families))
    return sorted(filter(None, made), key=lambda one: -one.fit)[:MOST_OPTIONS]


def _may(one: Instrument, families: set[str]) -> bool:
    return not families & set(one.not_) and (not one.needs or bool(families & set(one.needs)))


def _option(one: Instrument, found: Sequence[Finding], language: str) -> Option | None:
    ranked = sorted(((_fit(one, finding), finding) for finding in found), key=lambda pair: -pair[0])
    for fit, finding in ranked:
        if fit <= 0:
            break
        filled = _filled(one, finding, language)
        if filled:
            return Option(one.id, fit, finding, *filled, one.strengths)
    return None


def _fit(one: Instrument, finding: Finding) -> float:
    return one.fits.get(f"{finding.family}.{finding.role}", 0.0) * (1 + finding.weight)


def _filled(one: Instrument, finding: Finding, language: str) -> tuple[dict[str, Worded], Worded] | None:
    """None where the finding does not give a slot."""
    told, common = one.told[language if language in LANGUAGES else "en"], texts(language)["options"]
    try:
        made = {part: say(told[part], **finding.slots).opened for part in PARTS}
        made["why"] = say(common["why"], short=finding.short)
        made["fit"] = say(told["fit"], **finding.slots)
        made["cost"] = say(common["cost"], items=told["items"])
        return made, say(told["first"], **finding.slots)
    except KeyError:
        return None


def strengths(chosen: Option, others: Iterable[Option]) -> list[str]:
    """In what it is better than every other."""
    rest = [one for one in others if one.id != chosen.id]
    return [name for name in STRENGTHS if all(chosen.strengths[name] > one.strengths[name] for one in rest)]
