"""What belongs to each point of the outline, in groups, each with the sentences that speak for it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khue.domains.synthesis.figures.indicators import bag_of
from khue.domains.synthesis.grouping.clusters import centred, k_means
from khue.domains.synthesis.grouping.naming import names
from khue.domains.synthesis.grouping.representing import spokesmen
from khue.domains.synthesis.outline import matching
from khue.domains.synthesis.outline.points import Point
from khue.domains.synthesis.queries import spoken
from khue.domains.synthesis.queries.passages import Said
from khue.domains.synthesis.queries.spoken import Spoken
from khue.domains.synthesis.rules import FEWEST, GROUPS, MOST_THEMES, SHOWN

Vectors = NDArray[np.float32]
# sentences of one group: about so many; quotations that are shown of a point before anything is grouped
A_GROUP, FIRST_QUOTES = 9, 5
MOST_MEMBERS, MOST_LINES = 60, 8


@dataclass(frozen=True)
class Draft:
    title: str
    groups: list[dict[str, Any]]
    silent: list[str]


def quoted(outline: Sequence[dict[str, str]], said: Sequence[Said], counted: Sequence[Spoken] = ()) -> list[Draft]:
    """By the words of headings alone, in a second: sentences with most words in common with the others'."""
    points = [Point(**one) for one in outline] or [Point(title) for title in _headings(said)]
    of_heading = matching.by_heading(list({one.heading for one in said}), points)
    held: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        if one.heading in of_heading:
            held[of_heading[one.heading]].append(one)
    placed = _placed(said, {one.heading for one in said if one.heading in of_heading})
    return [_first(point, held[at], placed, counted) for at, point in enumerate(points)]


def _placed(said: Sequence[Said], known: Collection[str]) -> list[str]:
    """Units of which each part has its point: of the others nobody can say yet where they are silent."""
    parts = Counter((one.place, one.heading) for one in said)
    open_yet = {place for (place, heading), count in parts.items() if heading not in known and count > 1}
    return [place for place in dict.fromkeys(one.place for one in said) if place not in open_yet]


def _headings(said: Sequence[Said]) -> list[str]:
    """Without an outline: what most reports have as headings of the highest level below the title."""
    by: dict[str, set[str]] = defaultdict(set)
    for one in said:
        for part in one.heading.split(" › ")[:2]:
            by[part.strip().capitalize()].add(one.report)
    often = sorted((title for title in by if title and len(by[title]) > 1), key=lambda title: -len(by[title]))
    return often[:MOST_THEMES]


def _first(point: Point, every: Sequence[Said], everybody: Sequence[str], counted: Sequence[Spoken]) -> Draft:
    said = _uncounted(every, counted)
    common: dict[str, int] = defaultdict(int)
    bags = [bag_of(one.text) for one in said]
    for bag in bags:
        for word in bag:
            common[word] += 1
    weight = [sum(common[word] for word in bag) / (len(bag) + 8) for bag in bags]
    order = sorted(range(len(said)), key=lambda at: -weight[at])
    chosen = list({said[at].place: said[at] for at in reversed(order)}.values())[::-1]
    chosen = sorted(chosen, key=lambda one: order.index(said.index(one)))[:FIRST_QUOTES]
    groups = [*_lines(every, counted), *(_group([one], [one]) for one in chosen)]
    return Draft(point.title, groups, _silent(every, everybody))


def _lines(said: Sequence[Said], counted: Sequence[Spoken]) -> list[dict[str, Any]]:
    return list(spoken.lines(counted, {(one.report, one.n) for one in said}))[:MOST_LINES]


def _uncounted(said: Sequence[Said], counted: Sequence[Spoken]) -> list[Said]:
    """Without the sentences that a line of figures tells already."""
    told = spoken.keys(counted)
    return [one for one in said if (one.report, one.n) not in told]


def _silent(said: Sequence[Said], everybody: Sequence[str]) -> list[str]:
    speaking = {one.place for one in said}
    return [place for place in everybody if place not in speaking]


def _group(shown: Sequence[Said], members: Sequence[Said]) -> dict[str, Any]:
    """`text`: the first quotation until a model's words are better; `units`: how many speak in the group."""
    return {
        "text": shown[0].text,
        "state": "quoted",
        "reason": "",
        "citations": [one.citation for one in shown],
        "members": [one.key for one in members[:MOST_MEMBERS]],
        "units": len({one.place for one in members}),
    }


def grouped(
    outline: Sequence[dict[str, str]], said: Sequence[Said], points: Vectors | None, counted: Sequence[Spoken] = ()
) -> list[Draft]:
    """With an outline by its points; without one by themes that are found and named by their words."""
    known = [one for one in said if one.vector is not None]
    everybody = list(dict.fromkeys(one.place for one in said))
    if not known:
        return quoted(outline, said, counted)
    matrix = centred(np.stack([one.vector for one in known]))  # type: ignore[misc]
    if not outline:
        labels = k_means(matrix, min(MOST_THEMES, max(2, len(known) // 20)))
        titles = names([one.text for one in known], labels)
        held = {int(at): np.flatnonzero(labels == at) for at in np.unique(labels)}
        parts = [(titles[at], rows) for at, rows in held.items()]
    else:
        of = _matched(outline, known, points)
        parts = [(one["title"], np.flatnonzero(of == at)) for at, one in enumerate(outline)]
    return [_draft(title, [known[row] for row in rows], matrix[rows], everybody, counted) for title, rows in parts]


def _draft(
    title: str, said: Sequence[Said], matrix: Vectors, everybody: Sequence[str], counted: Sequence[Spoken]
) -> Draft:
    told = spoken.keys(counted)
    left = [at for at, one in enumerate(said) if (one.report, one.n) not in told]
    groups = [*_lines(said, counted), *_groups([said[at] for at in left], matrix[left])]
    return Draft(title, groups, _silent(said, everybody))


def _matched(outline: Sequence[dict[str, str]], known: Sequence[Said], points: Vectors | None) -> NDArray[np.intp]:
    made = [Point(**one) for one in outline]
    of_heading = matching.by_heading(list({one.heading for one in known}), made)
    of = np.array([of_heading.get(one.heading, matching.NONE) for one in known], dtype=np.intp)
    if points is not None:
        left = {str(at): np.asarray(known[at].vector) for at in np.flatnonzero(of == matching.NONE).tolist()}
        for at, point in matching.by_meaning(left, points).items():
            of[int(at)] = point
    return of


def _groups(said: Sequence[Said], matrix: Vectors) -> list[dict[str, Any]]:
    """The largest first, by how many units speak in them; a sentence that one unit alone says is quoted last."""
    if not said:
        return []
    labels = k_means(matrix, min(GROUPS, max(1, len(said) // A_GROUP)))
    found = []
    for at in np.unique(labels):
        rows = np.flatnonzero(labels == at).tolist()
        members = [said[row] for row in rows]
        order = spokesmen(matrix[rows], [one.place for one in members], most=SHOWN)
        near = _nearest(matrix[rows])
        found.append(_group([members[n] for n in order], [members[n] for n in near]))
    shared = [group for group in found if group["units"] >= FEWEST]
    return sorted(shared or found, key=lambda group: -group["units"])


def _nearest(matrix: Vectors) -> list[int]:
    middle = matrix.mean(axis=0)
    return [int(at) for at in np.argsort(-(matrix @ middle))]
