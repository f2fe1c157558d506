"""A synthesis in the making, stage by stage. Whatever is done is stored at once: a process that was killed goes on
where it was, and people see what there is."""

import time
from collections.abc import Callable
from uuid import UUID

from django.db.models import F

from khue.domains.knowledge.api import Sandbox
from khue.domains.synthesis.actions import embedding, merging, reading
from khue.domains.synthesis.models import Report, ReportState, Section, Synthesis
from khue.domains.synthesis.queries import found as queries
from khue.domains.synthesis.queries.passages import Said, said_in
from khue.domains.synthesis.queries.sections import Draft, grouped, quoted
from khue.domains.synthesis.rules import OVER, Stage
from khue.kernel.errors import UserError

WORK = "synthesis.work"
# in `progress`: its reports were changed; whoever works on it begins again
ANEW = "anew"
Told = Callable[[str, int, int], None]


class Stopped(Exception):
    """Somebody wants no more of it, or wants it of other reports."""


def work(synthesis_id: UUID, *, told: Told = lambda stage, done, of: None) -> Synthesis:
    """`told` hears of each step: its stage, how many are done, of how many."""
    found = Synthesis.objects.filter(pk=synthesis_id).first()
    if found is None or found.is_over:
        return found or Synthesis(pk=synthesis_id)
    try:
        while _goes_anew(found, told):
            _clear(found)
            found = Synthesis.objects.get(pk=synthesis_id)
    except UserError as refusal:
        Synthesis.objects.filter(pk=found.pk).update(stage=Stage.FAILED, error=str(refusal))
    return Synthesis.objects.get(pk=synthesis_id)


def _goes_anew(synthesis: Synthesis, told: Told) -> bool:
    """Worked on until it is done or stopped; True where its reports were changed meanwhile."""
    try:
        Worker(synthesis, told).run()
    except Stopped:
        running = Synthesis.objects.filter(pk=synthesis.pk).exclude(stage__in=OVER)
        return running.filter(progress__has_key=ANEW).exists()
    return False


def _clear(synthesis: Synthesis) -> None:
    """What was made of other reports than there are now."""
    synthesis.sections.all().delete()
    Synthesis.objects.filter(pk=synthesis.pk).update(found={}, timings={}, progress={})


class Worker:
    def __init__(self, synthesis: Synthesis, told: Told) -> None:
        self.synthesis, self.told = synthesis, told
        # what an earlier process has spent counts too
        self.began = time.monotonic() - max(synthesis.timings.values(), default=0.0)

    def run(self) -> None:
        self._read()
        self._compare()
        self._group()
        self._merge()
        self._stage(Stage.DONE, 1, 1)
        self._time("done")

    def _stage(self, stage: Stage, done: int, of: int) -> None:
        """Also finds out whether anybody still wants it."""
        kept = {"stage": stage, "progress": {"done": done, "of": of}}
        wanted = Synthesis.objects.filter(pk=self.synthesis.pk).exclude(stage__in=OVER)
        if not wanted.exclude(progress__has_key=ANEW).update(**kept):
            raise Stopped
        self.told(stage, done, of)

    def _time(self, name: str) -> None:
        timings = Synthesis.objects.values_list("timings", flat=True).get(pk=self.synthesis.pk)
        kept = {name: round(time.monotonic() - self.began, 1), **timings}
        Synthesis.objects.filter(pk=self.synthesis.pk).update(timings=kept)

    def _read(self) -> None:
        waiting = list(self.synthesis.reports.filter(state=ReportState.WAITING))
        there = self.synthesis.reports.count()
        with Sandbox() as sandbox:
            for at, report in enumerate(waiting, there - len(waiting)):
                self._stage(Stage.READING, at, there)
                reading.read(report, sandbox)
        self._time("read")

    def _compare(self) -> None:
        """Tables and quotations, by ordinary code alone: the first that people see."""
        if self.synthesis.sections.exists():
            return
        self._stage(Stage.GROUPING, 0, 1)
        reports = list(self.synthesis.reports.filter(state=ReportState.READ).defer("vectors"))
        found = queries.compared(self.synthesis, reports)
        Synthesis.objects.filter(pk=self.synthesis.pk).update(found=found)
        self._keep(quoted(self.synthesis.outline, said_in(reports), found["spoken"]))
        self._time("first")

    def _group(self) -> None:
        """By meaning, once: what is merged afterwards stays. Where no server gives embeddings, what the words found
        stays."""
        if "grouped" in self.synthesis.timings:
            return
        reports = list(self.synthesis.reports.filter(state=ReportState.READ))
        for at, report in enumerate(reports):
            self._stage(Stage.GROUPING, at, len(reports))
            if not report.embedded and not embedding.embed(self.synthesis, report):
                return
        counted = Synthesis.objects.values_list("found", flat=True).get(pk=self.synthesis.pk).get("spoken", [])
        made = grouped(self.synthesis.outline, self._said(reports), embedding.points(self.synthesis), counted)
        self._keep(made)
        self._time("grouped")

    def _said(self, reports: list[Report]) -> list[Said]:
        return said_in(reports, vectors=True)

    def _keep(self, drafts: list[Draft]) -> None:
        """The sections as they are known now."""
        for at, draft in enumerate(drafts):
            facts = {"title": draft.title, "groups": draft.groups, "silent": draft.silent}
            Section.objects.update_or_create(synthesis=self.synthesis, position=at, defaults=facts)
        self.synthesis.sections.filter(position__gte=len(drafts)).delete()

    def _merge(self) -> None:
        sections = list(self.synthesis.sections.all())
        to_do = [(section, at) for section in sections for at in merging.mergeable(section)]
        done = sum(len(section.groups) for section in sections if section.is_merged)
        writer = merging.Writer(self.synthesis)
        for number, (section, at) in enumerate(to_do):
            self._stage(Stage.MERGING, done + number, done + len(to_do))
            if not writer.merge(section, at):
                break
        self.synthesis.sections.update(is_merged=True, updated_at=F("updated_at"))
