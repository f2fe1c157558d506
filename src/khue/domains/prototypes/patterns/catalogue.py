"""All patterns: what each is stands in data/, what it builds in the modules named here."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import yaml

from khue.domains.prototypes.patterns import fees, gatherings, guidance, registers
from khue.domains.prototypes.patterns.schema import schema
from khue.domains.prototypes.patterns.shape import Built, Parameters, Pattern

DATA = Path(__file__).resolve().parent / "data"
# in the order of a gallery
MAKERS: dict[str, Callable[[Parameters, str], Built]] = {
    "fee-calculator": fees.fee,
    "tiered-fee": fees.tiered,
    "formula-calculator": fees.formula,
    "unit-converter": fees.converter,
    "receipt-printer": fees.receipt,
    "intake-form": registers.intake,
    "document-checklist": guidance.checklist,
    "letter-template": guidance.letter,
    "visitor-register": registers.visitors,
    "dossier-tracker": registers.dossiers,
    "petition-log": registers.petitions,
    "task-tracker": registers.tasks,
    "budget-tracker": registers.budget,
    "inventory": registers.stock,
    "deadline-calculator": guidance.deadline,
    "eligibility-check": guidance.eligibility,
    "decision-guide": guidance.guide,
    "complaint-triage": guidance.triage,
    "scoring-sheet": fees.scoring,
    "faq-lookup": guidance.lookup,
    "appointment-slips": gatherings.slips,
    "queue-display": gatherings.queue,
    "room-booking": registers.rooms,
    "meeting-agenda": gatherings.agenda,
    "roster": gatherings.roster,
    "attendance": guidance.attendance,
    "poll-tally": gatherings.poll,
    "survey": gatherings.survey,
    "csv-dashboard": gatherings.dashboard,
}


class UnknownPattern(LookupError):
    """No pattern of this key."""


@cache
def catalogue() -> tuple[Pattern, ...]:
    return tuple(_pattern(key, make) for key, make in MAKERS.items())


def pattern(key: str) -> Pattern:
    for one in catalogue():
        if one.key == key:
            return one
    raise UnknownPattern(key)


def _pattern(key: str, make: Callable[[Parameters, str], Built]) -> Pattern:
    told = yaml.safe_load((DATA / f"{key}.yaml").read_text(encoding="utf-8"))
    examples = {language: tuple(texts) for language, texts in told.pop("examples").items()}
    return Pattern(key=key, make=make, schema=schema(told.pop("parameters")), examples=examples, **told)
