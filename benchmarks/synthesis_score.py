"""How much of what was planted in invented reports is found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Truth = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Score:
    """Counts: of figures and of contradictions found and planted; contradictions that nobody planted."""

    figures: int
    planted: int
    contradictions: int
    contradicted: int
    invented: int
    missed: tuple[str, ...]


def score(truth: Truth, found: Mapping[str, Any], verbose: bool = False) -> Score:
    there = values(found["table"])
    planted = [figure for one in truth for figure in one["figures"]]
    missed = [figure for figure in planted if not _stands(figure, there)]
    wanted = {(one["place"], period, between) for one in truth for _, period, between in one["contradictions"]}
    said = [(c["place"], c["period"], c["between"]) for c in found["contradictions"]]
    got = wanted & set(said)
    unplanted = [one for one in said if one not in wanted]
    made = Score(
        len(planted) - len(missed), len(planted), len(got), len(wanted), len(unplanted),
        tuple(str(one) for one in [*missed[:40], *sorted(wanted - got)]),
    )  # fmt: skip
    if verbose:
        print(made.figures, made.planted, made.contradictions, made.contradicted, made.invented)
        for line in made.missed:
            print("missed", line)
        for one in found["contradictions"]:
            if (one["place"], one["period"], one["between"]) not in wanted:
                print(
                    "invented",
                    one["place"],
                    one["indicator"],
                    one["between"],
                    [(f["written"], f["quote"][:120]) for f in one["said"]],
                )
        for row in found["table"]["rows"]:
            print(row["indicator"], row["unit"], row["period"], len(row["cells"]))
    return made


def values(table: Mapping[str, Any]) -> dict[tuple[str, str], list[tuple[str, float]]]:
    """(place, period) → (unit, value) of every cell."""
    held: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for row in table["rows"]:
        for place, figures in row["cells"].items():
            held.setdefault((place, row["period"]), []).extend((one["unit"], one["value"]) for one in figures)
    return held


def _stands(figure: Mapping[str, Any], there: Mapping[tuple[str, str], list[tuple[str, float]]]) -> bool:
    cells = there.get((figure["place"], figure["period"]), [])
    return any(_same(figure, unit, value) for unit, value in cells)


def _same(figure: Mapping[str, Any], unit: str, value: float) -> bool:
    return unit in {figure["unit"], ""} and abs(value - figure["value"]) <= 1e-6 * max(1.0, abs(value))


def sections_of(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (one for section in found["sections"] for one in section["sentences"])
