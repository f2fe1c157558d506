"""Jobs of assistants."""

from uuid import UUID

from khue.domains.assistants.actions import benches, insights, visits
from khue.kernel import jobs


@jobs.task(name=benches.RUN)
def run(run: str) -> None:
    benches.work(UUID(run))


@jobs.regularly("assistants.rerun", cron="*/15 * * * *")
def rerun() -> None:
    benches.rerun_changed()


@jobs.regularly("assistants.group", cron="41 * * * *")
def group() -> None:
    insights.group_unanswered()


@jobs.regularly("assistants.forget", cron="17 3 * * *")
def forget() -> None:
    visits.forget_old(days=visits.KEPT_DAYS)
