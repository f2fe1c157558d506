"""A brief put together by ordinary code from findings and from what was chosen among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from khue.domains.analysis.briefing.findings import Finding
from khue.domains.analysis.briefing.instruments import Option, options, strengths
from khue.domains.analysis.briefing.wording import NOTHING, Worded, joined, say, texts

MOST_PROBLEMS = 3
OPTIONS = 3
MOST_REASONS = 2
LEAST_WEIGHT = 0.9


@dataclass(frozen=True)
class Choice:
    """What was chosen, by keys; empty where it is left to the rule. `strength`: that decides for `option`."""

    problem: Sequence[str] = ()
    options: Sequence[str] = ()
    option: str = ""
    strength: str = ""
    reasons: Sequence[str] = ()
    whys: Mapping[str, Worded] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """What there is to choose among, the best first."""

    language: str
    found: tuple[Finding, ...]
    problems: tuple[Finding, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Composed:
    problem: Worded
    evidence: Worded
    options: tuple[Mapping[str, Worded], ...]
    recommendation: Worded


def offer(found: Sequence[Finding], language: str) -> Offer:
    ranked = sorted(found, key=lambda one: -one.weight)
    problems = [one for one in ranked if one.role != "doubt" and one.weight >= LEAST_WEIGHT] or ranked[:1]
    return Offer(language, tuple(found), tuple(problems[: 2 * MOST_PROBLEMS]), tuple(options(found, language)))


def compose(given: Offer, choice: Choice = Choice()) -> Composed:
    problems = _problems(given, choice)
    chosen = chosen_options(given, choice)
    return Composed(
        problem=_problem(problems, given.language),
        evidence=evidence(given.found),
        options=tuple(_option(one, choice, chosen[:at]) for at, one in enumerate(chosen)),
        recommendation=_recommendation(given, choice, chosen, problems),
    )


def evidence(found: Sequence[Finding]) -> Worded:
    """A line for each result, its findings one after the other."""
    steps: dict[str, list[Worded]] = {}
    for one in found:
        steps.setdefault(one.step, []).append(one.text)
    return joined([joined(lines, " ") for lines in steps.values()], "\n")


# Parts --------------------------------------------------------------------------------------------


def _problems(given: Offer, choice: Choice) -> list[Finding]:
    by_key = {one.key: one for one in given.problems}
    picked = [by_key[key] for key in dict.fromkeys(choice.problem) if key in by_key]
    return (picked or _apart(given.problems))[:MOST_PROBLEMS]


def _apart(ranked: Sequence[Finding]) -> list[Finding]:
    """The weightiest, not two that say the same of one indicator."""
    kept: list[Finding] = []
    for one in ranked:
        if all((one.family, one.indicator) != (other.family, other.indicator) for other in kept):
            kept.append(one)
    return kept[:2]


def _problem(problems: Sequence[Finding], language: str) -> Worded:
    if not problems:
        return NOTHING
    after = _after(problems[0], language)
    return joined([*(one.text for one in problems), *([after] if after else [])], " ")


def _after(first: Finding, language: str) -> Worded:
    """What follows from the main one."""
    name = first.family if first.role != "uneven" or first.family == "ahead" else ""
    if name == "effect":
        name = "effect_good" if first.role == "good" else ""
    if name in {"course", "ahead"} and first.role != "bad":
        name = "ahead" if name == "ahead" else ""
    told = texts(language)["after"].get(name, "")
    return say(told, **first.slots) if told else NOTHING


def chosen_options(given: Offer, choice: Choice) -> list[Option]:
    by_id = {one.id: one for one in given.options}
    picked = [by_id[key] for key in dict.fromkeys(choice.options) if key in by_id]
    return [*picked, *(one for one in given.options if one not in picked)][:OPTIONS]


def _option(one: Option, choice: Choice, before: Sequence[Option]) -> Mapping[str, Worded]:
    """Figures that an option before it named already are not named again."""
    made = {part: text for part, text in one.texts.items() if part != "fit"}
    if one.id in choice.whys:
        return {**made, "why": choice.whys[one.id]}
    named = one.because.key in {other.because.key for other in before}
    return {**made, "why": one.texts["fit"]} if named else made


def pairs(chosen: Sequence[Option]) -> list[tuple[str, str]]:
    """(option, a strength that no other has), as they may be chosen; an option without one has ""."""
    return [(one.id, name) for one in chosen for name in strengths(one, chosen) or [""]]


def _recommendation(given: Offer, choice: Choice, chosen: Sequence[Option], problems: Sequence[Finding]) -> Worded:
    if not chosen:
        return NOTHING
    told = texts(given.language)["recommend"]
    best = next((one for one in chosen if one.id == choice.option), chosen[0])
    may = strengths(best, chosen)
    strength = choice.strength if choice.strength in may else next(iter(may), "")
    reasons = _reasons(given, choice, best, problems)
    doubts = [one for one in given.found if one.role == "doubt" and one.step in {reason.step for reason in reasons}]
    other = next((one for one in chosen if one is not best), None)
    lines = [
        say(told["choose"], name=best.texts["name"]),
        _listed(told["reasons"], reasons, given.language),
        Worded(told[strength]) if strength else NOTHING,
        _listed(told["mind"], doubts, given.language) if doubts else NOTHING,
        say(told["first"], first=best.first),
        say(told["then"], other=other.texts["name"]) if other else NOTHING,
    ]
    return joined([one for one in lines if one], " ")


def _listed(told: str, found: Sequence[Finding], language: str) -> Worded:
    return say(told, shorts=joined([one.short for one in found], texts(language)["semicolon"]))


def _reasons(given: Offer, choice: Choice, best: Option, problems: Sequence[Finding]) -> list[Finding]:
    by_key = {one.key: one for one in given.found}
    picked = [by_key[key] for key in choice.reasons if key in by_key]
    found = {one.key: one for one in (best.because, *picked, *problems)}
    return list(found.values())[:MOST_REASONS]
