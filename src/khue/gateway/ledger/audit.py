"""One entry after the other: its own hash, its link to the one before, the tree over all."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from khue.gateway.ledger.merkle import BLOCK, EMPTY, Frontier, fold
from khue.gateway.ledger.notes import Checkpoint
from khue.gateway.ledger.problems import Problems

SIZE = 1 << BLOCK
NUMBER = re.compile(r'\{"#":(\d+),')
# hashes of subtrees that are asked for at once
AHEAD = 1024

Subtrees = Callable[[int, int, int], dict[int, bytes]]


@dataclass(frozen=True)
class Held:
    """A checkpoint to compare with: kept here, or given by those who hold it."""

    checkpoint: Checkpoint
    is_given: bool


@dataclass(frozen=True)
class Link:
    """A row as the next ones look back at it."""

    number: int
    chain: bytes

    def leads_to(self, leaf: bytes, chain: bytes) -> bool:
        return hashlib.sha256(self.chain + leaf).digest() == chain


class Audit:
    """Rows are read in the order of their places; each says itself which number it is."""

    def __init__(self, held: Sequence[Held], subtrees: Subtrees) -> None:
        self.entries = self.place = 0
        self.problems = Problems()
        self.order = Order(self.problems)
        self.blocks = Blocks(self.problems, held, subtrees)

    def read(self, place: int, payload: str, leaf: bytes, chain: bytes) -> None:
        self.entries += 1
        self.place = place
        found = hashlib.sha256(b"\0" + payload.encode()).digest()
        is_sound = self.order.read(place, payload, found, leaf, chain)
        self.blocks.read(place, found, is_sound)

    def finish(self, covered: int) -> None:
        self.order.finish()
        self.blocks.finish()
        known = max([covered, *(each.checkpoint.size for each in self.blocks.held)])
        if known > self.place:
            self.problems.say("truncated", self.place + 1, known)


class Order:
    """Whether each row is what was written, and stands after the one that it was written after."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        start = Link(0, bytes(32))
        # the last row, the one before it, and the one with the highest number so far
        self.previous = self.before = self.highest = start
        self.missing: list[tuple[int, int]] = []
        self.first_out_of_place: int | None = None

    def read(self, place: int, payload: str, found: bytes, leaf: bytes, chain: bytes) -> bool:
        expected = self.highest.number + 1
        named = NUMBER.match(payload)
        number = int(named[1]) if named and found == leaf else max(expected, place)
        count = len(self.problems)
        if number > expected:
            self.missing.append((expected, number - 1))
        if found != leaf:
            self.problems.say("changed", place)
        elif number < expected:
            self._earlier(place, number, found, chain)
        elif number == expected and not self._follows(found, chain):
            self.problems.say("changed", number)
        if number != place and self.first_out_of_place is None:
            self.first_out_of_place = number
        self.before, self.previous = self.previous, Link(number, chain)
        if number >= self.highest.number:
            self.highest = self.previous
        return number == place and len(self.problems) == count

    def finish(self) -> None:
        for first, last in sorted(self.missing):
            self.problems.say("removed", first, last)
        if self.first_out_of_place and not self.problems:
            self.problems.say("reordered", self.first_out_of_place)

    def _follows(self, found: bytes, chain: bytes) -> bool:
        return self.previous.leads_to(found, chain) or self.highest.leads_to(found, chain)

    def _earlier(self, place: int, number: int, found: bytes, chain: bytes) -> None:
        """A number that was passed already."""
        if number == self.previous.number and self.before.leads_to(found, chain):
            self.problems.unsay("changed", number)
            return self.problems.say("inserted", place - 1)
        for gap in self.missing:
            if gap[0] <= number <= gap[1]:
                self.missing.remove(gap)
                parts = (gap[0], number - 1), (number + 1, gap[1])
                self.missing += [part for part in parts if part[0] <= part[1]]
                return self.problems.say("reordered", number)
        return self.problems.say("inserted", place)


class Blocks:
    """The tree, by blocks of 256 entries: stored hashes narrow down what a checkpoint finds."""

    def __init__(self, problems: Problems, held: Sequence[Held], subtrees: Subtrees) -> None:
        self.problems, self.held, self._ask = problems, held, subtrees
        self.block = self.compared = 0
        self.leaves: list[bytes] = []
        self.is_whole = self.is_sound = self.is_known = True
        self.tree = Frontier()
        self.stored: dict[int, bytes] = {}
        self.suspects: list[tuple[int, int]] = []
        self.agreed = 0
        self.has_disagreed = False

    def read(self, place: int, leaf: bytes, is_sound: bool) -> None:
        while place > (self.block + 1) * SIZE:
            self._close()
        self.is_whole &= place == self.block * SIZE + len(self.leaves) + 1
        self.is_sound &= is_sound
        self.leaves.append(leaf)

    def finish(self) -> None:
        if len(self.leaves) == SIZE:
            self._close()
        self._compare(len(self.leaves))

    def _close(self) -> None:
        is_whole = self.is_whole and len(self.leaves) == SIZE
        stored = self._stored()
        node = fold(self.leaves) if is_whole else stored
        if not is_whole or not self.is_sound or node != stored:
            self._suspect(is_named=not is_whole or not self.is_sound)
        self._compare(SIZE)
        if node is None:
            self.is_known = False
        else:
            self._check_above(self.tree.add(node, BLOCK))
        self.block, self.leaves = self.block + 1, []
        self.is_whole = self.is_sound = True

    def _suspect(self, *, is_named: bool) -> None:
        first, last = self.block * SIZE + 1, (self.block + 1) * SIZE
        self.suspects = [*self.suspects[-9:], (first, last)]
        if not is_named:
            self.problems.say("subtree", first, last)

    def _check_above(self, completed: Sequence[tuple[int, bytes]]) -> None:
        for level, node in completed:
            position = (self.block * SIZE) >> level
            if level % BLOCK == 0 and self._ask(level, position, 1).get(position) != node and not self.suspects:
                self.problems.say("subtree", (position << level) + 1, (position + 1) << level)

    def _compare(self, upto: int) -> None:
        """With the checkpoints that end in this block."""
        start = self.block * SIZE
        tree, added = Frontier(self.tree.subtrees), 0
        while self.compared < len(self.held):
            each = self.held[self.compared]
            count = each.checkpoint.size - start
            if count > upto:
                return
            self.compared += 1
            if self.is_known and self.is_whole and len(self.leaves) >= count:
                for leaf in self.leaves[added:count]:
                    tree.add(leaf)
                added = max(added, count)
                self._answer(each, tree.root())
            else:
                self._answer(each, None)

    def _answer(self, each: Held, root: bytes | None) -> None:
        size = each.checkpoint.size
        if each.checkpoint.root == (root if size else EMPTY):
            self.agreed = max(self.agreed, size)
        elif each.is_given or not self.has_disagreed:
            self.has_disagreed = True
            whose = "the given checkpoint" if each.is_given else "the checkpoint that is kept here"
            self.problems.say("checkpoint", self.agreed + 1, size, f"{whose} over {size} entries{self._narrowed(size)}")

    def _narrowed(self, size: int) -> str:
        places = [f"{first} to {last}" for first, last in self.suspects if self.agreed < last and first <= size]
        return f"; look at {', '.join(places)}" if places else ""

    def _stored(self) -> bytes | None:
        if self.block % AHEAD == 0 or self.block not in self.stored:
            self.stored = self._ask(BLOCK, self.block, AHEAD)
        return self.stored.get(self.block)
