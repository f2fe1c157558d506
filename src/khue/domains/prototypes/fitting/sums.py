"""A formula of numbers: every leaf used once, joined by + − × ÷, so that it gives what was wanted in every example."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Column = tuple[float, ...]
MOST_LEAVES, MOST_KEPT, FEW = 6, 60, 4
UNUSED = 2.0
# above it nobody would have meant the formula
MOST_COST = 6.5
COSTS = {"+": 1.0, "*": 1.0, "-": 1.5, "/": 2.0, "max": 3.5, "min": 3.5}


@dataclass(frozen=True)
class Leaf:
    """`column`: its value in each example; `near`: names of the leaves beside which a figure stands in the text."""

    text: str
    column: Column
    is_figure: bool = False
    near: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    text: str
    column: Column
    cost: float
    top: str
    figures_only: bool
    names: frozenset[str]
    near: frozenset[str]


def search(
    wanted: Sequence[float], needed: Sequence[Leaf], figures: Sequence[Leaf], tolerance: float, until: float
) -> tuple[Found, tuple[Leaf, ...]] | None:
    """The simplest; a figure of the description that is not used makes it worse. What was used."""
    most = max(0, min(len(figures), MOST_LEAVES - len(needed)))
    best: tuple[float, int, Found, tuple[Leaf, ...]] | None = None
    for size in range(most, -1, -1):
        left_out = UNUSED * (most - size)
        if best and best[0] <= left_out:
            break
        for chosen in combinations(figures, size):
            leaves = [*needed, *chosen]
            for one in _whole(leaves, wanted, tolerance, until) if leaves else ():
                rank = (one.cost + left_out, len(one.text))
                if one.cost <= MOST_COST and (best is None or rank < best[:2]):
                    best = (*rank, one, chosen)
            if time.monotonic() > until:
                return best and best[2:]
    return best and best[2:]


def _whole(leaves: Sequence[Leaf], wanted: Sequence[float], tolerance: float, until: float) -> list[Found]:
    """What is made of all leaves and gives what is wanted."""
    held: dict[int, dict[Column, Found]] = {}
    for at, leaf in enumerate(leaves):
        alone = Found(leaf.text, leaf.column, 0.0, "", leaf.is_figure, frozenset({leaf.text}), leaf.near)
        held[1 << at] = {leaf.column: alone}
    full = (1 << len(leaves)) - 1
    if full == 1:
        return [one for one in held[1].values() if _meets(one, wanted, tolerance)]
    for mask in sorted(range(1, full), key=lambda one: one.bit_count()):
        if mask not in held:
            held[mask] = _best(held, mask)
        if time.monotonic() > until:
            return []
    found = [one for left, right in _splits(held, full) for one in _ending(left, right, wanted, tolerance)]
    if not found and len(leaves) <= FEW:
        found = [one for one in _all(held, full).values() if _meets(one, wanted, tolerance)]
    return found


def _splits(held: Mapping[int, dict[Column, Found]], mask: int) -> Iterator[tuple[dict[Column, Found], ...]]:
    part = (mask - 1) & mask
    while part:
        if part > mask ^ part:
            yield held[part], held[mask ^ part]
        part = (part - 1) & mask


def _all(held: Mapping[int, dict[Column, Found]], mask: int) -> dict[Column, Found]:
    made: dict[Column, Found] = {}
    for ones, others in _splits(held, mask):
        for left in ones.values():
            for right in others.values():
                for one in _joined(left, right):
                    before = made.get(one.column)
                    if before is None or one.cost < before.cost:
                        made[one.column] = one
    return made


def _best(held: Mapping[int, dict[Column, Found]], mask: int) -> dict[Column, Found]:
    kept = sorted(_all(held, mask).values(), key=lambda one: one.cost)[:MOST_KEPT]
    return {one.column: one for one in kept}


def _ending(
    ones: dict[Column, Found], others: dict[Column, Found], wanted: Sequence[float], tolerance: float
) -> Iterator[Found]:
    """The last step is not tried but looked up: what the other side has to be."""
    for here, there in ((ones, others), (others, ones)):
        for left in here.values():
            for sign, other in _missing(left.column, wanted):
                right = there.get(other)
                if right is not None and (sign != "/" or all(right.column)):
                    one = _made(sign, left, right, COSTS[sign])
                    if _meets(one, wanted, tolerance):
                        yield one


def _missing(column: Column, wanted: Sequence[float]) -> Iterator[tuple[str, Column]]:
    pairs = list(zip(column, wanted, strict=True))
    yield "+", tuple(round(want - value, 6) for value, want in pairs)
    yield "-", tuple(round(value - want, 6) for value, want in pairs)
    if all(column):
        yield "*", tuple(round(want / value, 6) for value, want in pairs)
    if all(wanted):
        yield "/", tuple(round(value / want, 6) for value, want in pairs)


def _meets(one: Found, wanted: Sequence[float], tolerance: float) -> bool:
    return all(abs(value - got) <= tolerance for value, got in zip(wanted, one.column, strict=True))


def _joined(left: Found, right: Found) -> Iterator[Found]:
    for sign in ("+", "*", "-", "max", "min"):
        yield _made(sign, left, right, COSTS[sign])
    yield _made("-", right, left, COSTS["-"])
    if all(right.column):
        yield _made("/", left, right, COSTS["/"])
    if all(left.column):
        yield _made("/", right, left, COSTS["/"])


def _made(sign: str, left: Found, right: Found, cost: float) -> Found:
    cost += left.cost + right.cost + _strange(sign, left, right)
    pairs = list(zip(left.column, right.column, strict=True))
    if sign in {"max", "min"}:
        choose = max if sign == "max" else min
        column, text = tuple(choose(pair) for pair in pairs), f"{sign}({left.text}, {right.text})"
    else:
        column = tuple(round(_worked(sign, a, b), 6) for a, b in pairs)
        text = f"{_inside(left, sign, False)} {sign} {_inside(right, sign, True)}"
    return Found(
        text, column, cost, sign, left.figures_only and right.figures_only,
        left.names | right.names, left.near | right.near,
    )  # fmt: skip


def _worked(sign: str, a: float, b: float) -> float:
    return a + b if sign == "+" else a - b if sign == "-" else a * b if sign == "*" else a / b


def _strange(sign: str, left: Found, right: Found) -> float:
    """Nobody adds prices to numbers of copies; a figure belongs to the field that it stands beside."""
    if left.figures_only and right.figures_only:
        return 2.0
    if left.figures_only != right.figures_only:
        figure, other = (left, right) if left.figures_only else (right, left)
        if sign in "-/" and left.figures_only:
            return 1.5
        if sign in "*/":
            return -0.5 if figure.near & other.names else 0.2
        return 0.3
    return 0.4 if sign == "*" else 0.0


def _inside(one: Found, sign: str, is_right: bool) -> str:
    weak = {"+": 1, "-": 1, "*": 2, "/": 2}
    if one.top not in weak:
        return one.text
    mine, around = weak[one.top], weak[sign]
    if mine < around or (mine == around and is_right and sign in "-/"):
        return f"({one.text})"
    return one.text
