"""Tools found by code: from the figures, questions and conditions of a description, and its examples."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from khue.domains.prototypes import fitting
from khue.domains.prototypes.actions.calls import Made
from khue.domains.prototypes.patterns import faults, pattern, words
from khue.domains.prototypes.rules import title_of

NONE, FORMULA, GUIDE, ELIGIBILITY = "-", "formula-calculator", "decision-guide", "eligibility-check"
# kinds that are a sum of figures and fields, or nothing that is known
SUMS = {NONE, FORMULA, "fee-calculator", "unit-converter"}


def found(key: str, idea: str, examples: str, language: str) -> Made | None:
    """A tool of this kind, or for a sum of another: None where the model has to read the description."""
    if key == GUIDE:
        steps = fitting.guide(idea, examples)
        return _made(GUIDE, idea, {"steps": steps}, "read:") if steps else None
    if key == ELIGIBILITY:
        told = fitting.conditions(idea, examples, language)
        return _made(ELIGIBILITY, idea, told, "read:") if told else None
    return _of_sum(key, idea, examples, language)


def of_its_words(keys: list[str], idea: str, examples: str, language: str) -> str:
    """That of these kinds of which the description can be read whole; empty where there is none."""
    return next((key for key in (GUIDE, ELIGIBILITY) if key in keys and found(key, idea, examples, language)), "")


def _made(key: str, idea: str, told: Mapping[str, Any], note: str) -> Made | None:
    parameters = {"title": title_of(idea)[:80], **told}
    return None if faults(pattern(key), parameters) else Made({"pattern": key, "parameters": parameters}, [], [note])


def _of_sum(key: str, idea: str, examples: str, language: str) -> Made | None:
    """Where the description has figures that no example shows, a model that reads it knows more."""
    if key not in SUMS:
        return None
    fit = fit_of(idea, examples)
    return summed(idea, examples, language) if fit and (key == NONE or not fit.unused) else None


@lru_cache(maxsize=64)
def fit_of(idea: str, examples: str) -> fitting.Fit | None:
    return fitting.fit(idea, examples) if examples.strip() else None


def summed(idea: str, examples: str, language: str) -> Made | None:
    """Fields and formulas found from the examples by trying; figures that they do not use are named."""
    found = fit_of(idea, examples)
    if found is None:
        return None
    results = [{**one, "label": one["label"] or words.RESULT[language]} for one in found.results]
    parameters = {"title": title_of(idea)[:80], **found.parameters, "results": results}
    if faults(pattern(FORMULA), parameters):
        return None
    notes = [f"formula:{one['label']} = {one['formula']}" for one in results]
    return Made(
        {"pattern": FORMULA, "parameters": parameters}, [], notes + [f"left:{one:g}" for one in found.unused[:3]]
    )
