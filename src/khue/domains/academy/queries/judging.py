"""Reads of a demo day. What judges gave is read here alone, and shown to nobody but the chair before it is revealed."""

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.domains.academy.judging.pairs import Pair
from khue.domains.academy.judging.results import Result, result
from khue.domains.academy.judging.severity import Given
from khue.domains.academy.models import Comparison, Enrolment, Entry, Judge, Recusal, Sheet, Sprint
from khue.domains.academy.permissions.sprints import check_can_see_result
from khue.domains.academy.rules.sprints import conflicts
from khue.domains.people.api import Actor

REASONS = {
    "member": gettext_lazy("the judge is in the team"),
    "agency": gettext_lazy("somebody in the team works at the same agency"),
    "mentor": gettext_lazy("the judge mentors the team"),
}
# that a judge is asked: enough to hold the order together, few enough to be answered
MOST_PAIRS = 6


def rubric(sprint: Sprint) -> dict[str, Any]:
    found: dict[str, Any] = sprint.activity.version.definition["rubrics"][sprint.plan.rubric]
    return found


def most_points(sprint: Sprint) -> int:
    return sum(criterion["levels"][-1]["points"] for criterion in rubric(sprint)["criteria"])


def running_order(sprint: Sprint) -> list[Entry]:
    """Entries that present, as they follow each other."""
    found = sprint.entries.exclude(position=None).select_related("team", "problem").order_by("position")
    return list(found.prefetch_related("mentors"))


def judge_of(actor: Actor, sprint: Sprint) -> Judge | None:
    return sprint.judges.filter(person=actor.person_id).first()


def reasons(judge: Judge, entry: Entry) -> list[str]:
    """Why the judge leaves the team out, in words; empty: they may judge."""
    return left_out([judge], [entry], judge.sprint).get((judge.pk, entry.pk), [])


def left_out(judges: list[Judge], entries: list[Entry], sprint: Sprint) -> dict[tuple[UUID, UUID], list[str]]:
    """(judge, entry) → why; by data (the sprint's `conflicts`) and by what was declared. Three queries."""
    team = defaultdict(list)
    rows = Enrolment.objects.taking_part().filter(team__in=[entry.team_id for entry in entries])
    for team_id, person_id, unit in rows.values_list("team_id", "person_id", "unit"):
        team[team_id].append((person_id, unit))
    mentors = defaultdict(set)
    links = Entry.mentors.through.objects.filter(entry__in=entries)
    for entry_id, person_id in links.values_list("entry_id", "person_id"):
        mentors[entry_id].add(person_id)
    declared = {(row.judge_id, row.entry_id): row.reason
                for row in Recusal.objects.filter(judge__in=judges, entry__in=entries)}  # fmt: skip
    found = {}
    for judge in judges:
        for entry in entries:
            members = team[entry.team_id]
            known = conflicts(
                judge=judge.person_id,
                agency=judge.agency,
                members={person_id for person_id, _unit in members},
                agencies={unit for _person, unit in members},
                mentors=mentors[entry.pk],
                reasons=sprint.plan.conflicts,
            )
            said = [str(REASONS[reason]) for reason in known]
            if (judge.pk, entry.pk) in declared:
                said.append(declared[judge.pk, entry.pk] or _("a conflict of interest was declared"))
            if said:
                found[judge.pk, entry.pk] = said
    return found


@dataclass(frozen=True)
class Desk:
    """What a judge has before them: teams with their own sheets, the teams that they leave out, pairs to answer."""

    judge: Judge
    entries: tuple[tuple[Entry, Sheet | None], ...]
    left_out: tuple[tuple[Entry, list[str]], ...]
    pairs: tuple[tuple[Entry, Entry, Comparison | None], ...]


def desk(judge: Judge, sprint: Sprint) -> Desk:
    entries = running_order(sprint)
    out = left_out([judge], entries, sprint)
    mine = [entry for entry in entries if (judge.pk, entry.pk) not in out]
    sheets = {sheet.entry_id: sheet for sheet in judge.sheets.all()}
    said = {(row.first_id, row.second_id): row for row in judge.comparisons.all()}
    pairs = [tuple(sorted(pair, key=lambda entry: entry.pk)) for pair in _ring(mine, seed=str(judge.pk))]
    return Desk(
        judge,
        tuple((entry, sheets.get(entry.pk)) for entry in mine),
        tuple((entry, out[judge.pk, entry.pk]) for entry in entries if (judge.pk, entry.pk) in out),
        tuple((a, b, said.get((a.pk, b.pk))) for a, b in pairs),
    )


def _ring(entries: list[Entry], *, seed: str) -> list[tuple[Entry, Entry]]:
    """Neighbours in a circle whose order differs from judge to judge, so that together they reach every team."""
    mixed = sorted(entries, key=lambda entry: entry.pk)
    random.Random(seed).shuffle(mixed)  # noqa: S311 -- no secret
    if len(mixed) < 3:
        return [(mixed[0], mixed[1])] if len(mixed) == 2 else []
    return list(zip(mixed, [*mixed[1:], mixed[0]], strict=True))[:MOST_PAIRS]


@dataclass(frozen=True)
class JudgeProgress:
    """How many sheets are complete, of how many; what is on them is not said."""

    judge: Judge
    done: int
    of: int
    left_out: tuple[tuple[Entry, list[str]], ...]


@dataclass(frozen=True)
class Progress:
    judges: tuple[JudgeProgress, ...]
    # entry → complete sheets, of how many
    entries: dict[UUID, tuple[int, int]]

    @property
    def done(self) -> int:
        return sum(judge.done for judge in self.judges)

    @property
    def of(self) -> int:
        return sum(judge.of for judge in self.judges)


def progress(sprint: Sprint) -> Progress:
    entries = running_order(sprint)
    judges = list(sprint.judges.select_related("person", "place"))
    out = left_out(judges, entries, sprint)
    complete = {(sheet.judge_id, sheet.entry_id) for sheet in _complete(sprint)}
    rows = []
    for judge in judges:
        wanted = {entry.pk for entry in entries if (judge.pk, entry.pk) not in out}
        done = sum((judge.pk, entry_id) in complete for entry_id in wanted)
        leaves = tuple((entry, out[judge.pk, entry.pk]) for entry in entries if (judge.pk, entry.pk) in out)
        rows.append(JudgeProgress(judge, done, len(wanted), leaves))
    by_entry = {
        entry.pk: (
            sum((judge.pk, entry.pk) in complete for judge in judges),
            sum((judge.pk, entry.pk) not in out for judge in judges),
        )
        for entry in entries
    }
    return Progress(tuple(rows), by_entry)


def _complete(sprint: Sprint) -> list[Sheet]:
    """Sheets with every criterion, of teams that present, by judges whom nothing keeps from judging them now."""
    wanted = {criterion["key"] for criterion in rubric(sprint)["criteria"]}
    found = Sheet.objects.filter(judge__sprint=sprint).exclude(entry__position=None).select_related("judge", "entry")
    sheets = [sheet for sheet in found if wanted <= sheet.points.keys()]
    judges, entries = {s.judge_id: s.judge for s in sheets}, {s.entry_id: s.entry for s in sheets}
    out = left_out(list(judges.values()), list(entries.values()), sprint)
    return [sheet for sheet in sheets if (sheet.judge_id, sheet.entry_id) not in out]


def computed(sprint: Sprint) -> Result[UUID, UUID] | None:
    """From what is given now; None without a complete sheet. Not for pages: `result_for` is."""
    sheets = [Given(s.entry_id, s.judge_id, float(sum(s.points.values()))) for s in _complete(sprint)]
    if not sheets:
        return None
    known = {sheet.team for sheet in sheets}
    pairs = [
        Pair(row.first_id, row.second_id, 0.5 if row.better_id is None else float(row.better_id == row.first_id))
        for row in Comparison.objects.filter(judge__sprint=sprint)
        if {row.first_id, row.second_id} <= known
    ]
    return result(sheets, pairs)


def as_json(found: Result[UUID, UUID], sprint: Sprint) -> dict[str, Any]:
    """As it is shown, and kept once it is revealed: names as they are now."""
    entries = {entry.pk: entry for entry in sprint.entries.select_related("team", "problem")}
    judges = {judge.pk: str(judge.person) for judge in sprint.judges.select_related("person")}
    names = {key: entry.team.name for key, entry in entries.items()}
    return {
        "most": most_points(sprint),
        "lines": [
            {
                "entry": str(line.team),
                "team": names[line.team],
                "problem": problem.names if (problem := entries[line.team].problem) else {},
                "place": line.place,
                "score": line.score,
                "mean": round(line.mean, 2),
                "sheets": line.sheets,
                "ties": line.ties,
                "close": [names[other] for other in line.close],
                "pair_place": line.pair_place,
            }
            for line in found.lines
        ],
        "judges": [{"name": judges[key], "leniency": round(value, 2)} for key, value in found.leniency.items()],
        "is_connected": found.is_connected,
        "agreement": None if found.agreement is None else round(found.agreement, 2),
        "asked": found.asked,
        "against": [[names[a], names[b]] for a, b in found.against],
    }


def result_for(by: Actor | None, sprint: Sprint) -> dict[str, Any]:
    """What was revealed; before that what the chair sees grow. Empty: nothing is given yet. Raises NotAllowed for
    everybody else, whatever their role."""
    check_can_see_result(by, sprint)
    if sprint.revealed_at:
        shown: dict[str, Any] = sprint.result
        return shown
    found = computed(sprint)
    return as_json(found, sprint) if found else {}
