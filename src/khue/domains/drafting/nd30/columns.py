"""How wide each column of a table is: by its longest word, so that no number is broken, and by how much it says."""

from collections.abc import Sequence

# a cell that says more than this is broken into lines anyway
MOST = 40
# next to the words a cell has its inset
INSET = 3


def shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Of the table's width, for each column; together 1."""
    count = max((len(row) for row in rows), default=1)
    columns = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    needs = [_longest_word(cells) + INSET for cells in columns]
    wishes = [max(need, min(MOST, _longest(cells)) + INSET) for need, cells in zip(needs, columns, strict=True)]
    weights = [(need + wish) / 2 for need, wish in zip(needs, wishes, strict=True)]
    return [weight / sum(weights) for weight in weights]


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _longest(cells: Sequence[str]) -> int:
    return max(map(len, cells), default=0)
