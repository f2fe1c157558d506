"""Whether scores made comparable recover a planted order of teams better than plain means: six judges of different
severity, complete and incomplete designs, many seeds."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.results import table, write
from khue.domains.academy.judging.agreement import tau_b
from khue.domains.academy.judging.pairs import from_scores, strengths
from khue.domains.academy.judging.severity import Given, fair

SEEDS = range(int(os.environ.get("KHUE_BENCH_SEEDS", "150")))
TEAMS, JUDGES = 12, 6
MOST, MIDDLE, SPREAD, CHANCE = 20, 12.0, 2.5, 1.5
Sheets = list[Given[int, int]]


@dataclass(frozen=True)
class Design:
    name: str
    # judges that each team meets
    each: int
    # judges keep to one half of the teams; one sees both
    halves: bool = False


DESIGNS = (
    Design("each team by 2 of 6", 2),
    Design("each team by 3 of 6", 3),
    Design("each team by 4 of 6", 4),
    Design("two halls: 3 judges each, one of them in both", 3, halves=True),
    Design("every judge, every team", 6),
)


def play(design: Design, severity: float, seed: int) -> tuple[dict[int, float], Sheets]:
    """Planted worths, and sheets with whole points from 0 to 20."""
    chance = np.random.default_rng(seed)
    worth = chance.normal(MIDDLE, SPREAD, TEAMS)
    lenient = chance.normal(0, severity, JUDGES)
    sheets = [
        Given(team, judge, float(np.clip(round(worth[team] + lenient[judge] + chance.normal(0, CHANCE)), 0, MOST)))
        for team in range(TEAMS)
        for judge in _judges(design, team, chance)
    ]
    return {team: float(value) for team, value in enumerate(worth)}, sheets


def _judges(design: Design, team: int, chance: np.random.Generator) -> Sequence[int]:
    if design.halves:
        # judge 0 walks between the halls
        return (0, 1, 2) if team < TEAMS // 2 else (0, 3, 4)
    return [int(judge) for judge in chance.permutation(JUDGES)[: design.each]]


def _standardised(sheets: Sheets) -> dict[int, float]:
    """The usual remedy: each judge's points less their mean, by their spread."""
    by_judge = {judge: [s.score for s in sheets if s.judge == judge] for judge in {s.judge for s in sheets}}
    found: dict[int, list[float]] = {}
    for sheet in sheets:
        own = np.array(by_judge[sheet.judge])
        found.setdefault(sheet.team, []).append((sheet.score - own.mean()) / max(float(own.std()), 1e-9))
    return {team: float(np.mean(values)) for team, values in found.items()}


ORDERS: dict[str, Callable[[Sheets], dict[int, float]]] = {
    "plain means": lambda sheets: fair(sheets).mean,
    "made comparable": lambda sheets: fair(sheets).worth,
    "z-scores of each judge": _standardised,
    "pairs (Bradley–Terry)": lambda sheets: strengths(from_scores((s.team, s.judge, s.score) for s in sheets)),
}


def run() -> None:
    rows = []
    for design in DESIGNS:
        for severity in (1.0, 2.0, 4.0):
            rows.append(_row(design, severity))
    head = ["design", "severity", *ORDERS, "comparable nearer than means", "farther"]
    write("judging", "Judges of a demo day made comparable", f"{_about()}\n\n{table(head, rows)}")


def _row(design: Design, severity: float) -> list[str]:
    taus: dict[str, list[float]] = {name: [] for name in ORDERS}
    for seed in SEEDS:
        worth, sheets = play(design, severity, seed)
        for name, order in ORDERS.items():
            taus[name].append(tau_b(order(sheets), worth) or 0.0)
    means, comparable = np.array(taus["plain means"]), np.array(taus["made comparable"])
    shares = [f"{(comparable > means).mean():.0%}", f"{(comparable < means).mean():.0%}"]
    return [design.name, f"{severity:g}", *(f"{np.mean(values):.3f}" for values in taus.values()), *shares]


def _about() -> str:
    return (
        f"Kendall's tau-b between a planted order and the one found, the mean of {len(SEEDS)} seeds: {TEAMS} teams "
        f"whose worth has a standard deviation of {SPREAD:g} points, {JUDGES} judges whose severity has the standard "
        f"deviation given, chance of {CHANCE:g} points on each sheet, whole points from 0 to {MOST}. "
        "“Nearer”, “farther”: the share of seeds in which the comparable scores were closer to the planted order than "
        "the plain means, or less close. In the halls the sixth judge is ill. Where every judge sees every team, "
        "severity changes no order, and both agree as they must."
    )


if __name__ == "__main__":
    run()
